package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents keep their word: programs compile and print what is said, scripts and linked files are there. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class ReadmeIT {
    private static final Path REPOSITORY = Path.of(System.getProperty("coppice.repository", ".."))
            .toAbsolutePath()
            .normalize();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern PUBLIC_CLASS = Pattern.compile("(?m)^public class (\\w+)");
    private static final Pattern SCRIPT = Pattern.compile("\\bscripts/[\\w.-]*\\w");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ABSOLUTE = Pattern.compile("[a-z]+:.*");

    @TempDir
    Path temporary;

    private static String read(Path document) throws IOException {
        return Files.readString(document);
    }

    /** The fenced blocks of one language, put together. */
    private static String blocks(String markdown, String language) {
        StringBuilder together = new StringBuilder();
        for (Matcher block = BLOCK.matcher(markdown); block.find(); )
            if (block.group(1).equals(language)) together.append(block.group(2));
        return together.toString();
    }

    /** A section is what stands between two headings; its Java blocks are one program, its text block the output. */
    private static String sectionWith(String publicClass) throws IOException {
        for (String section : read(REPOSITORY.resolve("README.md")).split("(?m)^## ", -1)) {
            Matcher declared = PUBLIC_CLASS.matcher(blocks(section, "java"));
            if (declared.find() && declared.group(1).equals(publicClass)) return section;
        }
        throw new AssertionError("no section of README.md has this program: class=" + publicClass);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Primes", "Tour", "Pages"})
    void theProgramsCompileAndPrintWhatTheReadmeSays(String name) throws Exception {
        String section = sectionWith(name);
        Path source = Files.writeString(temporary.resolve(name + ".java"), blocks(section, "java"));
        Path classes = Files.createDirectory(temporary.resolve("classes"));
        compile(source, classes);

        String classPath = classes + File.pathSeparator + System.getProperty("java.class.path");
        Program program = Program.start(temporary, List.of(), classPath, name);
        assertThat(program.exitCode()).as("err=%s", program.err()).isZero();
        assertThat(program.out())
                .containsExactlyElementsOf(blocks(section, "text").lines().toList());
    }

    private static void compile(Path source, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        List<String> options = List.of("--release", "17", "-Xlint:all,-options,-processing,-path", "-proc:none");
        List<String> places = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        var files = compiler.getStandardFileManager(null, null, null);
        boolean compiled = compiler.getTask(
                        problems,
                        files,
                        null,
                        Stream.of(options, places).flatMap(List::stream).toList(),
                        null,
                        files.getJavaFileObjects(source))
                .call();
        assertThat(compiled).as("%s", problems).isTrue();
        assertThat(problems.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyScriptThatIsNamedCanBeRun(Path document) throws IOException {
        for (Matcher named = SCRIPT.matcher(read(document)); named.find(); ) {
            Path script = REPOSITORY.resolve(named.group());
            if (!script.toString().endsWith(".sh")) assertThat(script).isExecutable(); // .sh: sourced by the others
            assertThat(script).isRegularFile();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyRelativeLinkLeadsSomewhere(Path document) throws IOException {
        String prose = BLOCK.matcher(read(document)).replaceAll("");
        for (Matcher link = LINK.matcher(prose); link.find(); ) {
            String target = link.group(1).replaceFirst("#.*", "");
            if (target.isEmpty() || ABSOLUTE.matcher(target).matches()) continue;
            assertThat(document.resolveSibling(target))
                    .as("%s in %s", target, document)
                    .exists();
        }
    }

    @Test
    void theReadmeIsAmongTheDocuments() throws IOException {
        assertThat(documents()).contains(REPOSITORY.resolve("README.md"));
    }

    /** Those at the root and below docs. */
    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> atTheRoot = Files.list(REPOSITORY);
                Stream<Path> below = Files.walk(REPOSITORY.resolve("docs"))) {
            Stream.concat(atTheRoot, below)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .forEach(documents::add);
        }
        return documents;
    }
}
