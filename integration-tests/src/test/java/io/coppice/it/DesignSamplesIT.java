package io.coppice.it;

import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.*;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The API as its users write it: these lines must compile, and do what is said. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class DesignSamplesIT {
    static final List<Long> PRIMES = List.of(
            112272535095293L,
            112582705942171L,
            112272535095293L,
            115280095190773L,
            115797848077099L,
            1099726899285419L);

    @Test
    void theSeedExample() {
        List<String> printed = new ArrayList<>();
        try (var pool = new ProcessPoolExecutor()) {
            var results = pool.map(Calls::isPrime, PRIMES);
            for (long n : PRIMES) printed.add("%d is prime: %s".formatted(n, results.next()));
        }
        assertThat(printed)
                .containsExactly(
                        "112272535095293 is prime: true",
                        "112582705942171 is prime: true",
                        "112272535095293 is prime: true",
                        "115280095190773 is prime: true",
                        "115797848077099 is prime: true",
                        "1099726899285419 is prime: false");
    }

    @Test
    void submitAndFuture() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Integer> f = pool.submit(() -> 6 * 7);
            Future<Long> g = pool.submit(Math::multiplyExact, 6L, 7L);
            assertThat(f.result()).isEqualTo(42);
            assertThat(g.result(ofSeconds(30))).isEqualTo(42L);
            assertThat(f.exception()).isNull();
            assertThat(f.cancel()).isFalse();
            assertThat(f.isCancelled()).isFalse();
            assertThat(f.isRunning()).isFalse();
            assertThat(f.isDone()).isTrue();
            List<String> log = new ArrayList<>();
            f.addDoneCallback(done -> log.add(done.toString()));
            assertThat(log.get(0)).matches("<Future at 0x[0-9a-f]+ state=finished returned Integer>");
            CompletableFuture<Integer> completable = f.toCompletableFuture();
            assertThat(completable.get()).isEqualTo(42);
            assertThat(f.get()).isEqualTo(42);
            assertThat(f.get(1, SECONDS)).isEqualTo(42);
            assertThat(f.cancel(true)).isFalse();
            java.util.concurrent.Future<Integer> jdk = f;
            assertThat(jdk.get(1, TimeUnit.SECONDS)).isEqualTo(42);
        }
    }

    static int doubled(int n) {
        return 2 * n;
    }

    @Test
    void mapWithItsOptions() throws Exception {
        List<Integer> items = List.of(1, 2, 3);
        try (var pool = new ProcessPoolExecutor(1)) {
            Fn1<Integer, Integer> fn = DesignSamplesIT::doubled;
            Results<Integer> results = pool.map(
                    fn, items, MapOptions.chunksize(100).timeout(ofSeconds(60)).buffersize(10_000));
            assertThat(ExecutorContract.list(results)).containsExactly(2, 4, 6);
            assertThat(ExecutorContract.list(pool.map((a, b) -> a + b, items, items)))
                    .containsExactly(2, 4, 6);
            assertThat(ExecutorContract.list(pool.map(fn, items, MapOptions.autoChunksize())))
                    .containsExactly(2, 4, 6);
            int sum = 0;
            try (var r = pool.map(fn, items)) {
                for (Outcome<Integer> o : r.outcomes()) sum += o.result();
            }
            assertThat(sum).isEqualTo(12);
        }
    }

    @Test
    void moduleFunctions() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) futures.add(pool.submit(DesignSamplesIT::doubled, i));
            DoneAndNotDone<Integer> all = Futures.wait(futures);
            assertThat(all.done()).hasSize(3);
            assertThat(Futures.wait(futures, ofSeconds(1), ReturnWhen.FIRST_EXCEPTION)
                            .notDone())
                    .isEmpty();
            int sum = 0;
            for (Future<Integer> done : Futures.asCompleted(futures, ofSeconds(10))) sum += done.result();
            assertThat(sum).isEqualTo(6);
        }
    }

    @Test
    void buildersAndShutdowns() throws Exception {
        var threads = ThreadPoolExecutor.builder()
                .maxWorkers(8)
                .threadNamePrefix("io")
                .initializer(() -> {})
                .build();
        try (threads) {
            assertThat(threads.submit(() -> Thread.currentThread().getName()).result())
                    .isEqualTo("io_0");
        }
        try (var eight = new ThreadPoolExecutor(8)) {
            assertThat(eight.submit(() -> 1).result()).isEqualTo(1);
        }
        Path path = Path.of(System.getProperty("java.home"));
        var pool = ProcessPoolExecutor.builder()
                .maxWorkers(4)
                .initializer(() -> System.setProperty("initialized", "yes"))
                .maxTasksPerChild(1000)
                .context(WorkerContext.spawn()
                        .jvmOptions("-Xmx512m")
                        .environment(Map.of("K", "v"))
                        .javaHome(path)
                        .directory(Path.of(".").toAbsolutePath())
                        .output(Output.INHERIT))
                .build();
        assertThat(pool.submit(() -> System.getProperty("initialized") + System.getenv("K"))
                        .result())
                .isEqualTo("yesv");
        pool.shutdown(true, true);
        assertThat(pool.isTerminated()).isTrue();
        assertThatThrownBy(() -> ThreadPoolExecutor.builder().maxWorkers(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTwoWaysToEndAllWorkersAtOnce() {
        var terminated = new ProcessPoolExecutor(1);
        Future<Integer> f = terminated.submit(() -> 1);
        terminated.terminateWorkers();
        terminated.close();
        assertThat(f.isDone()).isTrue();
        var killed = new ProcessPoolExecutor(1);
        killed.killWorkers();
        assertThatThrownBy(() -> killed.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        killed.close();
        assertThat(killed.isTerminated()).isTrue();
    }

    @Test
    void anExecutorIsAnExecutorService() throws Exception {
        try (Executor pool = new ProcessPoolExecutor(1)) {
            java.util.concurrent.ExecutorService service = pool;
            Task<Integer> task = () -> 1;
            assertThat(service.submit(task).get()).isEqualTo(1);
            assertThat(service.invokeAll(List.of(task, task))).hasSize(2);
            assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> 1, pool))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("call cannot be sent to a worker")
                    .hasMessageContaining("toCompletableFuture()");
        }
        try (Executor threads = new ThreadPoolExecutor(1)) {
            assertThat(CompletableFuture.supplyAsync(() -> 1, threads).get()).isEqualTo(1);
        }
    }
}
