package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.ProcessPoolExecutor;
import java.io.RandomAccessFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Class loaders that are unusual, broken or stuck, and resources that are: each costs what asks for it, and no more. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class CodeTroubleIT {
    private static final String TALKS = """
            package acme;
            public class Talks implements io.coppice.Fn1<Object, Object> {
                public Object apply(Object name) throws Exception {
                    return Says.what();
                }
            }
            """;
    private static final String SAYS = "package acme; class Says { static String what() { return \"VERSION\"; } }";

    private static final String READS = """
            package acme;
            public class Reads implements io.coppice.Fn1<Object, Object> {
                public Object apply(Object name) throws Exception {
                    java.net.URL url = getClass().getClassLoader().getResource((String) name);
                    if (url == null) return "none";
                    url = new java.net.URL(url, ((String) name).replaceFirst(".*/", "").replace("first", "second"));
                    try (var in = url.openStream()) {
                        return new String(in.readAllBytes());
                    } catch (java.io.IOException unreadable) {
                        return unreadable.getMessage();
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    /** As plugin hosts and servlet containers make them: only classes, not resources, are looked for here first. */
    private static final class ChildFirst extends URLClassLoader {
        ChildFirst(URL folder, ClassLoader parent) {
            super(new URL[] {folder}, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) return loaded;
                try {
                    return name.startsWith("acme.") ? findClass(name) : super.loadClass(name, resolve);
                } catch (ClassNotFoundException notHere) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }

    @Test
    void theClassOfALoaderIsSentAndNotTheOneOfItsParent() throws Exception {
        Path of = Files.createDirectories(folder.resolve("parent"));
        Path own = Files.createDirectories(folder.resolve("own"));
        try (var parent = Plugin.of(of, Map.of("acme.Talks", TALKS, "acme.Says", SAYS.replace("VERSION", "parent")));
                var unused = Plugin.of(own, Map.of("acme.Talks", TALKS, "acme.Says", SAYS.replace("VERSION", "own")));
                var childFirst = new ChildFirst(own.toUri().toURL(), parent);
                var pool = new ProcessPoolExecutor(1)) {
            assertThat(unused.getURLs()).hasSize(1);
            var function =
                    childFirst.loadClass("acme.Talks").getDeclaredConstructor().newInstance();
            assertThat(pool.submit(Calls::applied, function, 0).result()).isEqualTo("own");
            assertThat(pool.submit(parent.function("acme.Talks"), 0).result()).isEqualTo("parent");
        }
    }

    /** Does something else instead of loading {@code acme.Says}. */
    private static class Strange extends URLClassLoader {
        private final Runnable instead;

        Strange(Path folder, Runnable instead) throws Exception {
            super(new URL[] {folder.toUri().toURL()}, CodeTroubleIT.class.getClassLoader());
            this.instead = instead;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals("acme.Says")) instead.run();
            return super.findClass(name);
        }

        Object talks() throws Exception {
            return loadClass("acme.Talks").getDeclaredConstructor().newInstance();
        }
    }

    private void compile() throws Exception {
        Plugin.of(folder, Map.of("acme.Talks", TALKS, "acme.Says", SAYS)).close();
    }

    @Test
    void aLoaderThatThrowsAnErrorFailsTheCallThatNeedsIt() throws Exception {
        compile();
        Runnable error = () -> {
            throw new AssertionError("on purpose");
        };
        try (var strange = new Strange(folder, error);
                var pool = new ProcessPoolExecutor(1)) {
            assertThatThrownBy(() ->
                            pool.submit(Calls::applied, strange.talks(), 0).result())
                    .isInstanceOf(NoClassDefFoundError.class);
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
        }
    }

    @Test
    void loadersThatAreStuckHoldUpNeitherOtherCallsNorTheEnd() throws Exception {
        compile();
        CountDownLatch open = new CountDownLatch(1);
        Runnable stuck = () -> {
            try {
                open.await();
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        };
        try (var first = new Strange(folder, stuck);
                var second = new Strange(folder, stuck);
                var third = new Strange(folder, stuck);
                var pool = new ProcessPoolExecutor(5)) {
            List<Future<Object>> stuckCalls = List.of(
                    pool.submit(Calls::applied, first.talks(), 0),
                    pool.submit(Calls::applied, second.talks(), 0),
                    pool.submit(Calls::applied, third.talks(), 0));
            await().atMost(Delays.LONG).until(() -> stuckCalls.stream().allMatch(Future::isRunning));
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
            pool.killWorkers();
            pool.close();
            assertThat(stuckCalls).allMatch(Future::isDone);
        } finally {
            open.countDown();
        }
    }

    @Test
    void aNameThatIsTooLongIsNowhere() throws Exception {
        try (var plugin = Plugin.of(folder, Map.of("acme.Reads", READS));
                var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(plugin.function("acme.Reads"), "x".repeat(100_000))
                            .result())
                    .isEqualTo("none");
        }
    }

    @Test
    void aResourceThatIsTooLargeFailsWhoReadsIt() throws Exception {
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            large.setLength((64L << 20) + 1); // sparse
        }
        try (var plugin = Plugin.of(folder, Map.of("acme.Reads", READS));
                var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(plugin.function("acme.Reads"), "large").result())
                    .asString()
                    .contains("resource is too large to be fetched from the parent", "large", "limitBytes=67108864");
        }
    }

    @Test
    void aUrlBesideAResourceLeadsToTheResourceBeside() throws Exception {
        Files.createDirectories(folder.resolve("deep"));
        Files.writeString(folder.resolve("deep/first.txt"), "one");
        Files.writeString(folder.resolve("deep/second.txt"), "two");
        try (var plugin = Plugin.of(folder, Map.of("acme.Reads", READS));
                var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(plugin.function("acme.Reads"), "deep/first.txt")
                            .result())
                    .isEqualTo("two");
        }
    }

    @Test
    void theLoaderOfAnArgumentStaysWhileItsCallDoes() throws Exception {
        Latch begun = Latch.in(folder, "begun");
        Latch release = Latch.in(folder, "release");
        try (var pool = new ProcessPoolExecutor(1)) {
            pool.submit(Calls::pidWhen, begun, release);
            Future<String> queued = pool.submit(Calls::shown, page("a"));
            begun.await();
            System.gc();
            release.open();
            assertThat(queued.result()).isEqualTo("Page[number=3, text=three]");
            Future<Object> notRead = pool.submit(Calls::echo, page("b"));
            Futures.wait(List.of(notRead));
            System.gc();
            assertThat(notRead.result()).hasToString("Page[number=3, text=three]");
        }
    }

    /** Whose loader nobody here holds. */
    private Object page(String version) throws Exception {
        return Plugin.ofJobs(folder, version)
                .loadClass("acme.Job$Page")
                .getDeclaredConstructor(int.class, String.class)
                .newInstance(3, "three");
    }
}
