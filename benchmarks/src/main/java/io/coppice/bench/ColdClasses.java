package io.coppice.bench;

import io.coppice.Fn1;
import io.coppice.ProcessPoolExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A worker's start to its first result, where the function needs so many classes: from the copied class path, fetched
 * from the parent one by one, and pushed to a later worker. In alternation; prints medians and ratios.
 *
 * <p>{@code ColdClasses make <jar> <classes>} makes the classes; then run with that jar on the class path:
 * {@code ColdClasses run <jar> <rounds>}.
 */
public final class ColdClasses {
    private ColdClasses() {}

    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[1]);
        if (args[0].equals("make")) make(jar, Integer.parseInt(args[2]));
        else run(jar, Integer.parseInt(args[2]));
    }

    private static void run(Path jar, int rounds) throws Exception {
        double[] classPath = new double[rounds];
        double[] fetched = new double[rounds];
        double[] pushed = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            classPath[round] = millis(ColdClasses.class.getClassLoader());
            try (URLClassLoader plugin =
                    new URLClassLoader(new java.net.URL[] {jar.toUri().toURL()}, new WithoutTheClasses())) {
                double[] both = twice(plugin);
                fetched[round] = both[0];
                pushed[round] = both[1];
            }
        }
        double plain = median(classPath);
        System.out.printf("class path  %6.0f ms%n", plain);
        System.out.printf("fetched     %6.0f ms  %.2f x%n", median(fetched), median(fetched) / plain);
        System.out.printf("pushed      %6.0f ms  %.2f x%n", median(pushed), median(pushed) / plain);
    }

    /** Sees all but what is in the jar. */
    private static final class WithoutTheClasses extends ClassLoader {
        WithoutTheClasses() {
            super(ColdClasses.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("cold.")) throw new ClassNotFoundException(name);
            return super.loadClass(name, resolve);
        }

        @Override
        public java.net.@Nullable URL getResource(String name) {
            return name.startsWith("cold/") ? null : super.getResource(name);
        }
    }

    private static double millis(ClassLoader loader) throws Exception {
        try (ProcessPoolExecutor pool = new ProcessPoolExecutor(1)) {
            return millis(pool, loader);
        }
    }

    /** In a new pool; and again in a new worker of the same pool. */
    private static double[] twice(ClassLoader loader) throws Exception {
        try (ProcessPoolExecutor pool =
                ProcessPoolExecutor.builder().maxWorkers(1).maxTasksPerChild(1).build()) {
            return new double[] {millis(pool, loader), millis(pool, loader)};
        }
    }

    @SuppressWarnings("unchecked")
    private static double millis(ProcessPoolExecutor pool, ClassLoader loader) throws Exception {
        Fn1<Integer, Integer> all = (Fn1<Integer, Integer>)
                loader.loadClass("cold.All").getDeclaredConstructor().newInstance();
        long start = System.nanoTime();
        pool.submit(all, 1).result();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    // ---- the classes ----

    private static void make(Path jar, int count) throws IOException {
        Path folder = Files.createDirectory(jar.resolveSibling("cold-classes")); // whose the jar is, deletes it
        List<Path> sources = new ArrayList<>();
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < count; i++) {
            calls.append("sum += new C").append(i).append("(i).value(\"a\");\n");
            sources.add(Files.writeString(folder.resolve("C" + i + ".java"), """
                    package cold;
                    public class C%d extends Base implements Comparable<C%1$d> {
                        private final String name; private final java.util.Map<String, Integer> values = new java.util.HashMap<>();
                        public C%1$d(int i) { super(i); name = "c" + i; }
                        @Override public int value(String key) { values.put(key, number()); return values.get(key) + name.length(); }
                        @Override public int compareTo(C%1$d other) { return name.compareTo(other.name); }
                        @Override public String toString() { return name + values; }
                    }
                    """.formatted(i)));
        }
        sources.add(Files.writeString(folder.resolve("Base.java"), """
                package cold;
                public abstract class Base {
                    private final int number; Base(int number) { this.number = number; }
                    int number() { return number; } public abstract int value(String key);
                }
                """));
        sources.add(Files.writeString(folder.resolve("All.java"), """
                package cold;
                public class All implements io.coppice.Fn1<Integer, Integer> {
                    public Integer apply(Integer i) { int sum = 0; %s return sum; }
                }
                """.formatted(calls)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        List<String> options = List.of("--release", "17", "-d", folder.toString());
        if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(sources.toArray(Path[]::new)))
                .call()) throw new IOException("not compiled");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream classes = new JarOutputStream(out);
                Stream<Path> compiled = Files.list(folder.resolve("cold"))) {
            for (Path each : (Iterable<Path>) compiled.sorted()::iterator) {
                classes.putNextEntry(new JarEntry("cold/" + each.getFileName()));
                classes.write(Files.readAllBytes(each));
            }
        }
    }
}
