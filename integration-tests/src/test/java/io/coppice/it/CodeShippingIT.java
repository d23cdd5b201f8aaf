package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Classes that are not on the class path reach the workers from the class loader that has them in the parent. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class CodeShippingIT {
    @TempDir
    Path folder;

    private Plugin plugin(String version) throws Exception {
        return Plugin.ofJobs(folder, version);
    }

    @Test
    void aFunctionOfAPluginRunsAndItsClassesComeBack() throws Exception {
        try (var plugin = plugin("a");
                var pool = new ProcessPoolExecutor(1)) {
            Object page = pool.submit(plugin.function("acme.Job"), 3).result();
            assertThat(page.getClass().getClassLoader()).isSameAs(plugin);
            assertThat(page).hasToString("Page[number=3, text=a 3]");
            assertThat(pool.submit(plugin.function("acme.Job"), page).result()).isEqualTo("a 3");
        }
    }

    @Test
    void anExceptionOfAPluginComesBackAsItIs() throws Exception {
        try (var plugin = plugin("a");
                var pool = new ProcessPoolExecutor(1)) {
            Future<Object> future = pool.submit(plugin.function("acme.Job"), -1);
            assertThat(future.exception().getClass()).isSameAs(plugin.loadClass("acme.Job$Unreadable"));
            assertThat(future.exception()).hasMessage("page -1").hasFieldOrProperty("page");
        }
    }

    @Test
    void pluginsWithTheSameClassNamesAreKeptApart() throws Exception {
        try (var first = plugin("a");
                var second = plugin("b");
                var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(first.function("acme.Job"), 1).result()).hasToString("Page[number=1, text=a 1]");
            assertThat(pool.submit(second.function("acme.Job"), 1).result()).hasToString("Page[number=1, text=b 1]");
            assertThat(pool.submit(first.function("acme.Job"), 2).result()).hasToString("Page[number=2, text=a 2]");
            Object foreign = pool.submit(second.function("acme.Job"), 5).result();
            // It is no Page of the first plugin's: there as here.
            assertThat(catchThrowable(pool.submit(first.function("acme.Job"), foreign)::result))
                    .isInstanceOf(ClassCastException.class);
        }
    }

    @Test
    void aPluginThatUsesAnotherFindsItsClassesThere() throws Exception {
        Path user = Files.createDirectories(folder.resolve("user"));
        try (var used = plugin("a");
                var plugin = Plugin.of(user, used, Map.of("acme2.Caller", """
                        package acme2;
                        public class Caller implements io.coppice.Fn1<Object, Object> {
                            public Object apply(Object number) throws Exception {
                                acme.Job.Page page = (acme.Job.Page) new acme.Job().apply(number);
                                return new Object[] {page, page.getClass().getClassLoader() == getClass().getClassLoader()};
                            }
                        }
                        """));
                var pool = new ProcessPoolExecutor(1)) {
            Object[] result =
                    (Object[]) pool.submit(plugin.function("acme2.Caller"), 4).result();
            assertThat(result[0].getClass().getClassLoader()).isSameAs(used);
            assertThat(result[1]).isEqualTo(false);
        }
    }

    @Test
    void aClassIsFetchedOnceForAllWorkersOfAPool() throws Exception {
        try (var plugin = plugin("a");
                var pool = ProcessPoolExecutor.builder()
                        .maxWorkers(1)
                        .maxTasksPerChild(1)
                        .build()) {
            pool.submit(plugin.function("acme.Job"), 1).result();
            long first = plugin.timesAsked("acme.Helper");
            assertThat(first).isPositive();
            for (int i = 0; i < 3; i++)
                pool.submit(plugin.function("acme.Job"), i).result();
            assertThat(plugin.timesAsked("acme.Helper")).isEqualTo(first);
        }
    }

    private static final String LOOKS_UP = """
            package acme;
            public class LooksUp implements io.coppice.Fn1<Object, Object> {
                public Object apply(Object name) {
                    try {
                        return Class.forName((String) name).getName();
                    } catch (ClassNotFoundException none) {
                        return none.getMessage();
                    }
                }
            }
            """;

    @Test
    void aClassThatIsNowhereIsAskedForOnce() throws Exception {
        try (var plugin = Plugin.of(folder, Map.of("acme.LooksUp", LOOKS_UP));
                var pool = new ProcessPoolExecutor(1)) {
            try (LoggedEvents events = LoggedEvents.ofAllLevels()) {
                for (int i = 0; i < 3; i++)
                    assertThat(pool.submit(plugin.function("acme.LooksUp"), "acme.Nowhere")
                                    .result())
                            .asString()
                            .contains("acme.Nowhere")
                            .contains("neither in the worker nor in its parent");
                assertThat(events.startingWith("asked for by a worker: CLASS acme.Nowhere"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void resourcesAndServicesAreFoundAsInTheParent() throws Exception {
        Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(folder.resolve("acme-text.txt"), "from the plugin");
        Files.writeString(folder.resolve("META-INF/services/java.util.function.Supplier"), "acme.Service\n");
        try (var plugin = Plugin.of(folder, Map.of("acme.Service", """
                                package acme;
                                public class Service implements java.util.function.Supplier<String> {
                                    public String get() { return "served"; }
                                }
                                """, "acme.Reads", """
                                package acme;
                                public class Reads implements io.coppice.Fn1<Object, Object> {
                                    public Object apply(Object name) throws Exception {
                                        try (var in = getClass().getClassLoader().getResourceAsStream((String) name)) {
                                            if (in == null) return "none";
                                            var services = java.util.ServiceLoader.load(java.util.function.Supplier.class);
                                            return new String(in.readAllBytes()) + ", " + services.iterator().next().get();
                                        }
                                    }
                                }
                                """));
                var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(plugin.function("acme.Reads"), "acme-text.txt")
                            .result())
                    .isEqualTo("from the plugin, served");
            assertThat(pool.submit(plugin.function("acme.Reads"), "acme-no-text.txt")
                            .result())
                    .isEqualTo("none");
            // What the JDK has, both sides have.
            assertThat(ServiceLoader.load(Supplier.class, plugin)).hasSize(1);
        }
    }

    @Test
    void threadsThatAFunctionStartsFetchClassesToo() throws Exception {
        Map<String, String> sources = new java.util.HashMap<>();
        sources.put("acme.Threads", """
                package acme;
                public class Threads implements io.coppice.Fn1<Object, Object> {
                    public Object apply(Object count) throws Exception {
                        var pool = java.util.concurrent.Executors.newFixedThreadPool(8);
                        try {
                            var futures = new java.util.ArrayList<java.util.concurrent.Future<Integer>>();
                            for (int i = 0; i < (Integer) count; i++) {
                                String name = "acme.Part" + i;
                                futures.add(pool.submit(() -> (Integer) Class.forName(name)
                                        .getMethod("get").invoke(null)));
                            }
                            int sum = 0;
                            for (var each : futures) sum += each.get();
                            return sum;
                        } finally {
                            pool.shutdown();
                        }
                    }
                }
                """);
        for (int i = 0; i < 40; i++)
            sources.put(
                    "acme.Part" + i,
                    "package acme; public class Part" + i + " { public static Integer get() { return Other" + i % 5
                            + ".N; } }");
        for (int i = 0; i < 5; i++)
            sources.put("acme.Other" + i, "package acme; class Other" + i + " { static Integer N = " + i + "; }");
        try (var plugin = Plugin.of(folder, sources);
                var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(plugin.function("acme.Threads"), 40).result())
                    .isEqualTo(80);
        }
    }

    @Test
    void anInterruptThatComesDuringAFetchIsNotLost() throws Exception {
        String source = """
                package acme;
                public class Interrupted implements io.coppice.Fn1<Object, Object> {
                    public Object apply(Object ignored) throws Exception {
                        Thread.currentThread().interrupt();
                        Object text = Late.text();
                        return Thread.interrupted() ? text : "lost";
                    }
                }
                """;
        try (var plugin = Plugin.of(
                        folder,
                        Map.of(
                                "acme.Interrupted",
                                source,
                                "acme.Late",
                                "package acme; class Late { static String text() { return \"kept\"; } }"));
                var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(plugin.function("acme.Interrupted"), 0).result())
                    .isEqualTo("kept");
        }
    }

    @Test
    void nothingIsFetchedWhereTheClassPathHasAll() throws Exception {
        try (LoggedEvents events = LoggedEvents.ofAllLevels();
                var pool = new ProcessPoolExecutor(2)) {
            List<Integer> results = new ArrayList<>();
            pool.map(Calls::increment, IntStream.range(0, 100).boxed().toList()).forEachRemaining(results::add);
            assertThat(results).hasSize(100);
            pool.submit(() -> {
                        for (Runnable none : ServiceLoader.load(Runnable.class)) none.run();
                        assertThat(CodeShippingIT.class.getResource("no-such-resource"))
                                .isNull();
                        return Objects.requireNonNull(Thread.currentThread().getContextClassLoader())
                                .getName();
                    })
                    .result();
            assertThat(events.startingWith("asked for by a worker")).isEmpty();
        }
    }
}
