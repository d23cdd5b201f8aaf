package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.loader.tools.LoaderImplementation;

/**
 * {@code java -jar app.jar}, where the application, its libraries and Coppice itself are inside of the one jar and come
 * out of Spring Boot's class loader: nothing of it is on any class path that a worker could be given.
 */
@Timeout(180)
@ExtendWith(NothingLeftBehind.class)
class SpringBootJarIT {
    @TempDir
    Path temporary;

    /** With the loader of Spring Boot 3, and with that of Spring Boot 2. */
    @ParameterizedTest
    @EnumSource(LoaderImplementation.class)
    void anApplicationInAnExecutableJarRunsItsCallsInWorkers(LoaderImplementation loader) throws Exception {
        Path jar = new SpringBootJar(temporary).make(loader);
        Path files = Files.createDirectory(temporary.resolve("files"));
        Program program =
                Program.start(temporary, List.of("-Djava.io.tmpdir=" + files), "nothing", "-jar", jar.toString());
        assertThat(program.exitCode()).as("%s %s", program.out(), program.err()).isZero();
        assertThat(program.out())
                .containsExactly(
                        "lambda: 42",
                        "method reference: APPLE!",
                        "map: A!B!",
                        "record: Point[x=13, y=14]",
                        "captured record: Point[x=4, y=5]",
                        "object of a library: ann[apple]",
                        "lambda as result: 11",
                        "exception: lost at 3",
                        "class of Spring: Apple",
                        "resource: a red apple",
                        "services: good morning ann, hello ann",
                        "opened by the manifest: true",
                        "folder of our jars: lib");
        assertThat(program.err()).allMatch(line -> line.startsWith("SLF4J")); // that there is no logger
        assertThat(files).isEmptyDirectory();
    }
}
