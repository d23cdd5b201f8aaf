package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.coppice.Fn1;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.ProcessPoolExecutor;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
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
public class CodeShippingIT {
    private static final String JOB = """
            package acme;
            public class Job implements io.coppice.Fn1<Object, Object> {
                public record Page(int number, String text) {}
                public static class Unreadable extends RuntimeException {
                    public final Page page;
                    public Unreadable(Page page) { super("page " + page.number()); this.page = page; }
                }
                public Object apply(Object number) {
                    if (number.equals(-1)) throw new Unreadable(new Page(-1, "none"));
                    if (number instanceof Page page) return page.text();
                    return new Page((Integer) number, Helper.text((Integer) number));
                }
            }
            """;
    private static final String HELPER = """
            package acme;
            class Helper {
                static String text(int number) { return "VERSION " + number; }
            }
            """;

    @TempDir
    Path folder;

    private Plugin plugin(String version) throws Exception {
        Path classes = Files.createDirectories(folder.resolve(version));
        return Plugin.of(classes, Map.of("acme.Job", JOB, "acme.Helper", HELPER.replace("VERSION", version)));
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

    @Test
    void aFutureHoldsTheClassesOfItsResult() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Object> future = notRead(pool);
            System.gc();
            assertThat(future.result()).hasToString("Page[number=3, text=a 3]");
        }
    }

    private Future<Object> notRead(ProcessPoolExecutor pool) throws Exception {
        try (var plugin = plugin("a")) {
            Future<Object> future = pool.submit(plugin.function("acme.Job"), 3);
            Futures.wait(List.of(future));
            return future;
        }
    }

    /** In a worker: the loader of the function that ran last. */
    static WeakReference<ClassLoader> lastLoader = new WeakReference<>(null);

    @Test
    void aWorkerLetsGoOfAPluginThatIsGoneFromTheParent() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Garbage.awaitCollected(remembered(pool));
            await().atMost(Delays.LONG)
                    .until(() -> pool.submit(() -> {
                                System.gc();
                                return lastLoader.get() == null;
                            })
                            .result());
        }
    }

    private WeakReference<ClassLoader> remembered(ProcessPoolExecutor pool) throws Exception {
        String source = """
                package acme;
                public class Remembers implements io.coppice.Fn1<Object, Object> {
                    public record Answer(Object value) {}
                    public Object apply(Object value) {
                        io.coppice.it.CodeShippingIT.remember(getClass().getClassLoader());
                        return new Answer(value);
                    }
                }
                """;
        try (var plugin = Plugin.of(folder, Map.of("acme.Remembers", source))) {
            assertThat(pool.submit(plugin.function("acme.Remembers"), 1).result())
                    .hasToString("Answer[value=1]");
            assertThat(pool.submit(() -> lastLoader.get() == null).result()).isFalse();
            return new WeakReference<>(plugin);
        }
    }

    public static void remember(ClassLoader loader) {
        lastLoader = new WeakReference<>(loader);
    }

    // ---- what cannot be ----

    @Test
    void aClassWhoseLoaderKeepsItsBytesToItselfIsRefused() throws Exception {
        byte[] bytes;
        try (var plugin = plugin("a")) {
            bytes = plugin.getResourceAsStream("acme/Helper.class").readAllBytes();
        }
        ClassLoader secretive = new ClassLoader(CodeShippingIT.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.equals("acme.Helper")) throw new ClassNotFoundException(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        var constructor = secretive.loadClass("acme.Helper").getDeclaredConstructor();
        constructor.setAccessible(true);
        Object helper = constructor.newInstance();
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThatThrownBy(() -> pool.submit(Calls::echo, helper))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("argument 1")
                    .hasMessageContaining(
                            "acme.Helper, a class made at run time, whose bytes its class loader does not");
        }
    }

    /** Made hidden by the test. */
    static final class ToBeHidden {
        int value = 3;
    }

    @Test
    void anObjectOfAHiddenClassIsRefused() throws Exception {
        byte[] bytes = CodeShippingIT.class
                .getResourceAsStream("CodeShippingIT$ToBeHidden.class")
                .readAllBytes();
        Object hidden = MethodHandles.lookup()
                .defineHiddenClass(bytes, true)
                .lookupClass()
                .getDeclaredConstructor()
                .newInstance();
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThatThrownBy(() -> pool.submit(Calls::echo, hidden))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("argument 1")
                    .hasMessageContaining("hidden class");
        }
    }

    @Test
    void aResultWhoseClassTheWorkerMadeItselfIsToldClearly() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Fn1<String, Object> function = folder -> {
                Path place = Files.createDirectories(Path.of(folder));
                return Plugin.of(place, Map.of("acme.Own", "package acme; public class Own { }"))
                        .instance("acme.Own");
            };
            assertThat(catchThrowable(pool.submit(function, folder.toString())::result))
                    .hasMessageContaining("result of a call cannot be sent back")
                    .hasMessageContaining("acme.Own")
                    .hasMessageContaining("of a class loader that only the worker has");
        }
    }
}
