package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code java Foo.java}: the classes of the file are in the memory of that JVM, and nowhere else. */
@Tag("jdk")
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class SourceLaunchIT {
    @TempDir
    Path temporary;

    /** Runs a source file as a program, and gives what it prints. */
    private List<String> run(Path source) throws Exception {
        Program program = Program.start(temporary, List.of(), JShellTool.classPath(), source.toString());
        assertThat(program.exitCode())
                .as("out=%s, err=%s", program.out(), program.err())
                .isZero();
        return program.out();
    }

    private Path write(String name, String source) throws Exception {
        return Files.writeString(temporary.resolve(name), source);
    }

    @Test
    void lambdasMethodsAndStaticInitializersOfTheFileAreThere() throws Exception {
        assertThat(run(write("Functions.java", """
                import io.coppice.*;
                import java.util.List;

                public class Functions {
                    static final int BASE = Integer.parseInt("100");

                    static int square(int n) { return n * n; }

                    public static void main(String[] args) throws Exception {
                        int captured = args.length + 7;
                        try (var pool = new ProcessPoolExecutor(1)) {
                            System.out.println(pool.submit(() -> captured + BASE).result());
                            System.out.println(pool.submit(Functions::square, 9).result());
                            for (int n : pool.map((Integer n) -> square(n) + 1, List.of(1, 2, 3))) System.out.println(n);
                        }
                    }
                }
                """))).containsExactly("107", "81", "2", "5", "10");
    }

    @Test
    void typesOfTheFileAreArgumentsAndResults() throws Exception {
        assertThat(run(write("Types.java", """
                import io.coppice.*;
                import java.util.*;

                public class Types {
                    record Point(int x, int y) { Point swapped() { return new Point(y, x); } }
                    enum Season { WINTER, SUMMER { @Override boolean warm() { return true; } }; boolean warm() { return false; } }
                    static class Tree { String name = "ash"; List<Tree> saplings = new ArrayList<>(); }
                    static class Full extends Exception { final int limit; Full(int limit) { super("full"); this.limit = limit; } }

                    static Tree grown(Tree tree) { tree.saplings.add(new Tree()); return tree; }
                    static int fill(int n) throws Full { throw new Full(n); }

                    public static void main(String[] args) throws Exception {
                        try (var pool = new ProcessPoolExecutor(2)) {
                            System.out.println(pool.submit(Point::swapped, new Point(1, 2)).result().equals(new Point(2, 1)));
                            System.out.println(pool.submit((Season s) -> s, Season.SUMMER).result() == Season.SUMMER);
                            System.out.println(pool.submit(() -> EnumSet.allOf(Season.class)).result());
                            System.out.println(pool.submit(Types::grown, new Tree()).result().saplings.get(0).name);
                            System.out.println(pool.submit(() -> new Outside(3)).result());
                            try {
                                pool.submit(Types::fill, 4).result();
                            } catch (Full full) {
                                System.out.println(full.limit);
                            }
                        }
                    }
                }

                record Outside(int n) {}
                """)))
                .containsExactly("true", "true", "[WINTER, SUMMER]", "ash", "Outside[n=3]", "4");
    }

    /** What the README says about classes that were never compiled to files. */
    @Test
    void everyWorkerAndTheInitializerHaveTheClasses() throws Exception {
        assertThat(run(write("Workers.java", """
                import io.coppice.*;
                import java.util.*;

                public class Workers {
                    static String set = "unset";

                    public static void main(String[] args) throws Exception {
                        try (var pool = ProcessPoolExecutor.builder()
                                .maxWorkers(2).maxTasksPerChild(1).initializer(() -> set = "set").build()) {
                            Set<String> seen = new TreeSet<>();
                            for (String s : pool.map((Integer i) -> set + i % 2, List.of(1, 2, 3, 4))) seen.add(s);
                            System.out.println(seen + " " + set);
                        }
                    }
                }
                """))).containsExactly("[set0, set1] unset");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void aProgramOfSeveralFilesIsSent() throws Exception {
        Files.createDirectory(temporary.resolve("work"));
        write(
                "work/Leaf.java",
                "package work; public record Leaf(int n) { public Leaf next() { return new Leaf(n + 1); } }");
        Path main = write("Program.java", """
                import io.coppice.*;
                import work.Leaf;

                public class Program {
                    public static void main(String[] args) throws Exception {
                        try (var pool = new ProcessPoolExecutor(1)) {
                            System.out.println(pool.submit(Leaf::next, new Leaf(1)).result());
                            System.out.println(pool.submit(() -> Other.twice(4)).result());
                        }
                    }
                }
                """);
        write("Other.java", "class Other { static int twice(int n) { return 2 * n; } }");
        assertThat(run(main)).containsExactly("Leaf[n=2]", "8");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void aCompactSourceFileIsSent() throws Exception {
        assertThat(run(write("compact.java", """
                import io.coppice.*;

                record Leaf(int n) {}

                int twice(int n) { return 2 * n; }

                static int square(int n) { return n * n; }

                void main() throws Exception {
                    try (var pool = new ProcessPoolExecutor(1)) {
                        IO.println(pool.submit(() -> square(3)).result());
                        IO.println(pool.submit(() -> new Leaf(square(2))).result());
                        IO.println(pool.submit(() -> twice(4)).result());
                    }
                }
                """))).containsExactly("9", "Leaf[n=4]", "8");
    }
}
