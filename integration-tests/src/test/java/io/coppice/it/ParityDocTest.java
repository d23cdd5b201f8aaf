package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.coppice.ProcessPoolExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/python-parity.md names is there, and nothing public is left out. */
class ParityDocTest {
    private static final Path REPOSITORY = Path.of(System.getProperty("coppice.repository", ".."))
            .toAbsolutePath()
            .normalize();
    private static final Path DOCUMENT = REPOSITORY.resolve("docs/python-parity.md");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern MEMBER =
            Pattern.compile("\\b((?:[A-Z]\\w*\\.)*[A-Z]\\w*)\\.([a-z]\\w*|[A-Z_]{2,})\\b");
    private static final Pattern DECIDED = Pattern.compile("(?m)^\\| (D[1-6]) \\|.*$");
    private static final Pattern TEST = Pattern.compile("\\b(\\w+(?:Test|IT))\\.(\\w+)\\b");

    /** By the name that a document uses: {@code Future}, {@code Future.Snapshot}. */
    private static final Map<String, JavaClass> PUBLIC_TYPES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.coppice").stream()
                    .filter(type -> type.getPackageName().equals("io.coppice"))
                    .filter(ParityDocTest::isPublic)
                    .collect(Collectors.toMap(ParityDocTest::nameOf, type -> type));

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ParityDocTest::isPublic).orElse(true);
    }

    private static String nameOf(JavaClass type) {
        return type.getName().substring("io.coppice.".length()).replace('$', '.');
    }

    private static List<String> code(String text) {
        return CODE.matcher(text).results().map(span -> span.group(1)).toList();
    }

    @Test
    void everyPublicTypeIsMentioned() throws IOException {
        String spans = String.join("\n", code(Files.readString(DOCUMENT)));
        List<String> missing = PUBLIC_TYPES.keySet().stream()
                .filter(name -> !Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                        .matcher(spans)
                        .find())
                .sorted()
                .toList();
        assertThat(PUBLIC_TYPES).containsKeys("Executor", "Future", "Future.Snapshot");
        assertThat(missing).isEmpty();
    }

    /** In the column that says what is ours; that before it names Python's. */
    @Test
    void everyMemberThatIsCalledOursExists() throws IOException {
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (String row : Files.readAllLines(DOCUMENT)) {
            String[] cells = row.split("(?<!\\\\)\\|");
            if (!row.startsWith("|") || cells.length < 4 || DECIDED.matcher(row).matches()) continue;
            for (String span : code(cells[2])) {
                for (Matcher member = MEMBER.matcher(span); member.find(); ) {
                    JavaClass type = PUBLIC_TYPES.get(member.group(1));
                    if (type == null) continue; // the JDK's
                    named++;
                    if (!hasMember(type, member.group(2))) unknown.add(member.group());
                }
            }
        }
        assertThat(named).isGreaterThan(30);
        assertThat(unknown).isEmpty();
    }

    private static boolean hasMember(JavaClass type, String name) {
        return type.getAllMembers().stream()
                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaMember::getName)
                .anyMatch(name::equals);
    }

    @Test
    void everyDecidedDifferenceHasATestThatExists() throws IOException {
        Map<String, String> rows = DECIDED.matcher(Files.readString(DOCUMENT))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group()));
        assertThat(rows).containsOnlyKeys("D1", "D2", "D3", "D4", "D5", "D6");
        String sources = testSources();
        rows.forEach((id, row) -> {
            List<String> tests = code(row).stream()
                    .flatMap(span -> TEST.matcher(span).results().map(test -> test.group()))
                    .toList();
            assertThat(tests).as("tests of %s", id).isNotEmpty();
            for (String test : tests)
                assertThat(sources.contains("\n" + test + "\n"))
                        .as("%s: %s", id, test)
                        .isTrue();
        });
    }

    @Test
    @Tag("P01")
    void aProcessPoolMayHaveMoreThan61Workers() {
        try (var pool = ProcessPoolExecutor.builder().maxWorkers(62).build()) {
            assertThat(pool.isShutdown()).isFalse(); // starts none before the first call
        }
    }

    /** The test methods of all modules, a line of {@code Class.method} each. */
    private static String testSources() throws IOException {
        Pattern method = Pattern.compile("(?m)^    void (\\w+)\\(");
        StringBuilder names = new StringBuilder("\n");
        for (Path module : filesIn(REPOSITORY, 1)) {
            Path tests = module.resolve("src/test/java");
            if (!Files.isDirectory(tests)) continue;
            for (Path file : filesIn(tests, Integer.MAX_VALUE)) {
                if (!file.toString().endsWith(".java")) continue;
                String type = file.getFileName().toString().replace(".java", "");
                for (Matcher found = method.matcher(Files.readString(file)); found.find(); )
                    names.append(type).append('.').append(found.group(1)).append('\n');
            }
        }
        return names.toString();
    }

    private static List<Path> filesIn(Path folder, int depth) throws IOException {
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.toList();
        }
    }
}
