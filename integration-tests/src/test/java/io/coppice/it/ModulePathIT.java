package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program of two modules that open no package, run on the module path: what is a module in the parent is one in its
 * workers. The program is src/test/resources/module-path; each line it prints is one rule.
 */
@Tag("jdk")
@Timeout(180)
@ExtendWith(NothingLeftBehind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModulePathIT {
    private static final Path SOURCES =
            Path.of(System.getProperty("coppice.repository"), "integration-tests/src/test/resources/module-path");
    private static final String MAIN = "com.acme.app.Main";

    @TempDir
    static Path temporary;

    private Path modules;
    private Map<String, String> lines;

    @BeforeAll
    void runTheProgram() throws Exception {
        modules = temporary.resolve("modules");
        compile(
                List.of(
                        "-p",
                        coppice(),
                        "--module-source-path",
                        SOURCES.toString(),
                        "-m",
                        "com.acme.app,com.acme.words"),
                modules);
        copyResource(modules.resolve("com.acme.app"));
        lines = run(List.of("-p", coppice() + File.pathSeparator + modules), "", "-m", "com.acme.app/" + MAIN);
    }

    @Test
    void lambdasAndMethodReferencesTravelOutOfAPackageThatIsNotOpen() {
        assertThat(lines)
                .containsEntry("lambda", "42")
                .containsEntry("method reference", "APPLE!")
                .containsEntry("map", "A!B!")
                .containsEntry("lambda as result", "11")
                .containsEntry("captured lambda", "7");
    }

    @Test
    void serializableValuesTravelOutOfAPackageThatIsNotOpen() {
        assertThat(lines)
                .containsEntry("record", "Point[x=11, y=12]")
                .containsEntry("captured record", "Point[x=4, y=5]")
                .containsEntry("object", "ann[Point[x=3, y=4]]")
                .containsEntry("exception", "Point[x=3, y=4]");
    }

    @Test
    void otherValuesOfSuchAPackageAreRefusedWithTheWayOut() {
        assertThat(lines.get("closed argument"))
                .startsWith("java.lang.IllegalArgumentException: call cannot be sent to a worker: argument 1 ")
                .contains("com.acme.app.Closed", "Serializable", "opens com.acme.app");
        assertThat(lines.get("closed result"))
                .startsWith("java.io.NotSerializableException: result of a call cannot be sent back: ")
                .contains("com.acme.app.Closed", "Serializable", "opens com.acme.app");
    }

    @Test
    void servicesThatModulesProvideAreFoundInAWorker() {
        assertThat(lines).containsEntry("services", "good morning ann, hello ann");
    }

    @Test
    void resourcesOfAModuleAreFoundInAWorker() {
        assertThat(lines).containsEntry("resource", "a green apple");
    }

    @Test
    void modulesKeepTheirNamesAndTheirWallsInAWorker() {
        assertThat(lines)
                .containsEntry("modules", "module com.acme.app, module com.acme.words, io.coppice")
                .containsEntry("encapsulated", "closed");
    }

    @Test
    void modulesAreModulesTooWhereCoppiceAndTheProgramAreOnTheClassPath() throws Exception {
        Path program = compiledForTheClassPath("class-path");
        Map<String, String> mixed = run(
                List.of("-p", words(), "--add-modules", "com.acme.words"),
                coppice() + File.pathSeparator + program,
                MAIN);
        assertMixed(mixed, "null");
    }

    @Test
    void theProgramMayBeOnTheClassPathWhereCoppiceIsAModule() throws Exception {
        Path program = compiledForTheClassPath("program");
        Map<String, String> mixed = run(
                List.of("-p", coppice() + File.pathSeparator + words(), "--add-modules", "io.coppice,com.acme.words"),
                program.toString(),
                MAIN);
        assertMixed(mixed, "io.coppice");
    }

    private static void assertMixed(Map<String, String> lines, String coppice) {
        assertThat(lines)
                .containsEntry("lambda", "42")
                .containsEntry("object", "ann[Point[x=3, y=4]]")
                .containsEntry("closed result", "closed 7") // nothing is closed on the class path
                .containsEntry("services", "good morning ann, hello ann")
                .containsEntry("resource", "a green apple");
        assertThat(lines.get("modules")).startsWith("unnamed module").endsWith("module com.acme.words, " + coppice);
    }

    // ---- the program ----

    private Path compiledForTheClassPath(String name) throws Exception {
        Path classes = temporary.resolve(name);
        Path folder = SOURCES.resolve("com.acme.app/com/acme/app");
        List<String> arguments = new ArrayList<>(List.of("-cp", coppice() + File.pathSeparator + words()));
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        compile(arguments, classes);
        copyResource(classes);
        return classes;
    }

    private static void copyResource(Path root) throws IOException {
        String file = "com/acme/app/apple.txt";
        Files.copy(SOURCES.resolve("com.acme.app").resolve(file), root.resolve(file));
    }

    private static void compile(List<String> options, Path classes) {
        List<String> arguments = new ArrayList<>(List.of("-Xlint:none", "--release", "17", "-d", classes.toString()));
        arguments.addAll(options);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).isZero();
    }

    private Map<String, String> run(List<String> options, String classPath, String main, String... arguments)
            throws Exception {
        Program program = Program.start(temporary, options, classPath, main, arguments);
        assertThat(program.exitCode()).as("%s", program.err()).isZero();
        assertThat(program.err()).allMatch(line -> line.startsWith("SLF4J")); // that there is no logger
        Map<String, String> lines = new HashMap<>();
        for (String line : program.out()) {
            int colon = line.indexOf(": ");
            lines.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return lines;
    }

    private String words() {
        return modules.resolve("com.acme.words").toString();
    }

    /** Coppice and what it needs, of all that these tests have on their class path. */
    private static String coppice() {
        List<String> needed = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(
                        ".*/(wire-protocol|worker-launcher|executor-api)/target/.*|.*/(kryo5|netty|slf4j-api)-[^/]*"))
                .toList();
        return String.join(File.pathSeparator, needed);
    }
}
