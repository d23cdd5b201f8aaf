package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.ProcessPoolExecutor;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Class loaders of the parent live no longer, here and in the workers, than somebody uses their classes. */
@Tag("jdk")
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
public class CodeLifetimeIT {
    @TempDir
    Path folder;

    private Plugin plugin(String version) throws Exception {
        return Plugin.ofJobs(folder, version);
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
                        io.coppice.it.CodeLifetimeIT.remember(getClass().getClassLoader());
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
}
