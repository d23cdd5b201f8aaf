package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.BrokenExecutor;
import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import io.coppice.RemoteTraceback;
import io.coppice.WorkerContext;
import java.io.Externalizable;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a caller sees when a worker, a value or an initializer fails. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class DeathIT {
    @TempDir
    Path temporary;

    // ---- abrupt death ----

    @Test
    void aDeadWorkerFailsEveryFutureWithABrokenProcessPoolOfItsOwn() throws Exception {
        Latch release = Latch.in(temporary, "release");
        Latch victimRuns = Latch.in(temporary, "victim");
        Latch bystanderRuns = Latch.in(temporary, "bystander");
        try (var pool = new ProcessPoolExecutor(2)) {
            Future<Long> victim = pool.submit(Calls::pidWhen, victimRuns, release);
            Future<Long> bystander = pool.submit(Calls::pidWhen, bystanderRuns, release);
            List<Future<Integer>> pending = new ArrayList<>();
            for (int i = 0; i < 5; i++) pending.add(pool.submit(Calls::increment, i));
            victimRuns.await();
            bystanderRuns.await();
            long pid = Long.parseLong(victimRuns.words().get(0));
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            List<Future<?>> all = new ArrayList<>(List.of(victim, bystander));
            all.addAll(pending);
            Set<Throwable> failures = new HashSet<>();
            for (Future<?> each : all) failures.add(each.exception());
            assertThat(failures).hasSize(all.size()).hasOnlyElementsOfType(BrokenProcessPool.class);

            assertThat(victim.exception())
                    .hasMessageStartingWith("worker died while running a call: worker=")
                    .hasMessageContaining("pid=" + pid)
                    .hasMessageContaining("call=1 (io.coppice.it.Calls::pidWhen)")
                    .hasMessageContaining("exit=137 (SIGKILL)")
                    .hasMessageContaining("make a new pool");
            assertThat(bystander.exception()).hasMessageContaining("call=2 (io.coppice.it.Calls::pidWhen) was running");
            assertThat(pending.get(0).exception())
                    .hasMessageContaining("call=3 (io.coppice.it.Calls::increment) had not started");

            assertThatThrownBy(() -> pool.submit(Calls::pid))
                    .isInstanceOf(BrokenProcessPool.class)
                    .isInstanceOf(BrokenExecutor.class)
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("pid=" + pid);
            assertThatThrownBy(() -> pool.map(Calls::increment, List.of(1))).isInstanceOf(BrokenProcessPool.class);
            assertThat(pool.isShutdown()).isTrue();
            assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue(); // without a shutdown: a broken pool ends by itself
        }
    }

    @Test
    void exitInACallIsADeathWithItsExitCode() {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(() -> {
                        System.exit(3);
                        return 1;
                    })::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("exit=3,");
        }
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(Calls::halt, 99)::result)).hasMessageContaining("exit=99,");
        }
        try (var pool = new ProcessPoolExecutor(1)) {
            // Even a clean exit: nobody asked for it.
            assertThat(catchThrowable(pool.submit(Calls::halt, 0)::result)).hasMessageContaining("exit=0,");
        }
    }

    @Test
    void aWorkerThatDiesIdleBreaksThePool() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            long pid = pool.submit(Calls::pid).result();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThatThrownBy(() -> pool.submit(Calls::pid))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("worker died while waiting for calls");
        }
    }

    @Test
    void aDeathWithLargeArgumentsInFlightHangsNothing() throws Exception {
        byte[] large = new byte[16 << 20];
        try (var pool = new ProcessPoolExecutor(2)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 10; i++)
                futures.add(pool.submit((byte[] bytes, Integer n) -> n == 1 ? Calls.halt(9) : bytes.length, large, i));
            int broken = 0;
            for (Future<Integer> each : Futures.asCompleted(futures, Delays.LONG))
                if (each.exception() instanceof BrokenProcessPool) broken++;
                else assertThat(each.result()).isEqualTo(large.length);
            assertThat(broken).isBetween(1, 10);
        }
    }

    @Test
    void aDeathInTheMiddleOfAMapFailsItOnceAndForAll() {
        try (var pool = new ProcessPoolExecutor(2)) {
            var results = pool.map(
                    (Integer n) -> n == 70 ? Calls.halt(1) : n,
                    () -> java.util.stream.IntStream.range(0, 1000).iterator(),
                    MapOptions.chunksize(7).buffersize(10));
            List<Integer> got = new ArrayList<>();
            assertThatThrownBy(() -> results.forEachRemaining(got::add))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("chunk of 7");
            assertThat(got).hasSizeLessThanOrEqualTo(70);
            for (int i = 0; i < got.size(); i++) assertThat(got.get(i)).isEqualTo(i);
        }
    }

    @Test
    void shutdownWhileAWorkerDiesReturns() {
        Latch started = Latch.in(temporary, "started");
        Future<Integer> dying;
        try (var pool = new ProcessPoolExecutor(1)) {
            dying = pool.submit(() -> {
                started.open();
                return Calls.halt(7);
            });
            started.await();
        }
        assertThat(catchThrowable(dying::result)).isInstanceOf(BrokenProcessPool.class);
    }

    @Test
    void aWorkerThatCannotStartBreaksThePoolAndSaysWhy() {
        var badOption = WorkerContext.spawn().jvmOptions("-XX:NoSuchOption").output(io.coppice.Output.DISCARD);
        try (var pool = ProcessPoolExecutor.builder().context(badOption).build()) {
            assertThat(catchThrowable(pool.submit(Calls::pid)::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("worker died while starting")
                    .hasMessageContaining("exit=1,");
        }
        var noJava = WorkerContext.spawn().javaHome(temporary);
        try (var pool = ProcessPoolExecutor.builder().context(noJava).build()) {
            assertThat(catchThrowable(pool.submit(Calls::pid)::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("worker could not be started")
                    .hasMessageContaining(temporary.toString())
                    .hasRootCauseInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void aDeathIsToldWithItsExitCodeWhileUserCodeBlocksTheCommonPool() {
        Latch release = Latch.in(temporary, "release");
        int threads = ForkJoinPool.commonPool().getParallelism() + 2;
        List<CompletableFuture<Void>> blocking = new ArrayList<>();
        for (int i = 0; i < threads; i++)
            blocking.add(CompletableFuture.runAsync(release::await, ForkJoinPool.commonPool()));
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(Calls::halt, 99)::result)).hasMessageContaining("exit=99,");
        }
        var pool = new ProcessPoolExecutor(1);
        assertThat(pool.submit(Calls::increment, 1).toCompletableFuture().join())
                .isEqualTo(2);
        long start = System.nanoTime();
        pool.close();
        // An exit that is not noticed is waited for until the worker is given up.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Delays.LONG.dividedBy(2));
        release.open();
        blocking.forEach(CompletableFuture::join);
    }

    // ---- initializer ----

    @Test
    void aFailingInitializerBreaksThePoolWithItsExceptionAsTheCause() {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(2)
                .initializer(() -> {
                    throw new IllegalStateException("error in initializer");
                })
                .build()) {
            Future<Long> future = pool.submit(Calls::pid);
            assertThat(catchThrowable(future::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("initializer failed in a worker")
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("error in initializer");
            assertThatThrownBy(() -> pool.submit(Calls::pid)).isInstanceOf(BrokenProcessPool.class);
        }
    }

    @Test
    void aDeathInTheInitializerIsToldAsSuch() {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .initializer(Calls::halt, 5)
                .build()) {
            assertThat(catchThrowable(pool.submit(Calls::pid)::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("while running the initializer")
                    .hasMessageContaining("exit=5");
        }
    }

    // ---- values that fail cost one call ----

    /** Fails, exits or dies where it is told to. */
    static final class Saboteur implements Externalizable {
        enum Deed {
            FAIL_WRITE,
            FAIL_READ,
            HALT_READ,
            NONE
        }

        private Deed deed = Deed.NONE;

        public Saboteur() {}

        Saboteur(Deed deed) {
            this.deed = deed;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws java.io.IOException {
            if (deed == Deed.FAIL_WRITE) throw new IllegalStateException("write fails on purpose");
            out.writeUTF(deed.name());
        }

        @Override
        public void readExternal(ObjectInput in) throws java.io.IOException {
            deed = Deed.valueOf(in.readUTF());
            if (deed == Deed.FAIL_READ) throw new IllegalStateException("read fails on purpose");
            if (deed == Deed.HALT_READ) Runtime.getRuntime().halt(11);
        }
    }

    @Test
    void anArgumentThatCannotBeWrittenIsRefusedAtSubmit() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThatThrownBy(() -> pool.submit(Calls::echo, new Saboteur(Saboteur.Deed.FAIL_WRITE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("call cannot be sent to a worker: argument 1")
                    .hasMessageContaining("write fails on purpose");
            assertThatThrownBy(() -> pool.submit((Integer a, Thread b) -> a, 1, Thread.currentThread()))
                    .hasMessageContaining("argument 2 (java.lang.Thread)");
            Thread captured = Thread.currentThread();
            assertThatThrownBy(() -> pool.submit(() -> captured.getName()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lambda in anArgumentThatCannotBeWrittenIsRefusedAtSubmit");
            Runnable notSerializable = () -> {};
            assertThatThrownBy(() -> pool.execute(notSerializable))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("io.coppice.Task");
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
        }
    }

    @Test
    void anArgumentThatCannotBeReadInTheWorkerFailsThatCallAlone() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Saboteur> unreadable = pool.submit(Calls::echo, new Saboteur(Saboteur.Deed.FAIL_READ));
            Future<Integer> next = pool.submit(Calls::increment, 1);
            assertThat(catchThrowable(unreadable::result))
                    .isInstanceOf(InvalidObjectException.class)
                    .hasMessageContaining("call cannot be read in the worker")
                    .hasMessageContaining("read fails on purpose");
            assertThat(next.result()).isEqualTo(2);
        }
    }

    @Test
    void aResultThatCannotBeWrittenFailsThatCallAlone() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Saboteur> unsendable = pool.submit(() -> new Saboteur(Saboteur.Deed.FAIL_WRITE));
            Future<Thread> thread = pool.submit(Thread::currentThread);
            Future<Integer> next = pool.submit(Calls::increment, 1);
            assertThat(catchThrowable(unsendable::result))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("result of a call cannot be sent back")
                    .hasMessageContaining("write fails on purpose");
            assertThat(catchThrowable(thread::result)).isInstanceOf(NotSerializableException.class);
            assertThat(next.result()).isEqualTo(2);
        }
    }

    @Test
    void aResultThatCannotBeReadHereFailsThatCallAlone() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Saboteur> unreadable = pool.submit(() -> new Saboteur(Saboteur.Deed.FAIL_READ));
            assertThat(catchThrowable(unreadable::result))
                    .isInstanceOf(InvalidObjectException.class)
                    .hasMessageContaining("result of a call cannot be read here")
                    .hasMessageContaining("read fails on purpose");
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
        }
    }

    @Test
    void aDeathWhileReadingAnArgumentBreaksThePool() {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(Calls::echo, new Saboteur(Saboteur.Deed.HALT_READ))::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("exit=11");
        }
    }

    @Test
    void anUnsendableItemOfAMapCostsItsOwnOutcome() {
        try (var pool = new ProcessPoolExecutor(1)) {
            List<Object> items = List.of(1, Thread.currentThread(), 3);
            for (int chunksize : new int[] {1, 3}) {
                List<String> outcomes = new ArrayList<>();
                try (var results = pool.map((Object o) -> o, items, MapOptions.chunksize(chunksize))) {
                    results.outcomes()
                            .forEach(o -> outcomes.add(
                                    o.isSuccess()
                                            ? "ok"
                                            : o.exception().getClass().getSimpleName()));
                }
                assertThat(outcomes).containsExactly("ok", "IllegalArgumentException", "ok");
            }
        }
    }

    // ---- exceptions ----

    static final class AppException extends Exception {
        private static final long serialVersionUID = 1;
        final int code;

        AppException(String message, int code, Throwable cause) {
            super(message, cause);
            this.code = code;
        }
    }

    static int throwing() throws AppException {
        throw new AppException("on purpose", 42, new IllegalStateException("the cause"));
    }

    @Test
    void anExceptionComesBackAsItWasThrownWithItsRemoteTraceback() {
        try (var pool = new ProcessPoolExecutor(1)) {
            Throwable thrown = catchThrowable(pool.submit(DeathIT::throwing)::result);
            assertThat(thrown).isInstanceOf(AppException.class).hasMessage("on purpose");
            assertThat(((AppException) thrown).code).isEqualTo(42);
            assertThat(thrown.getCause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the cause");
            Throwable traceback = thrown.getCause().getCause();
            assertThat(traceback).isInstanceOf(RemoteTraceback.class).hasMessageContaining("worker=1, pid=");
            assertThat(Arrays.toString(traceback.getStackTrace())).contains("DeathIT.throwing(DeathIT.java:");
        }
    }

    static final class WithField extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused")
        private final Object field = new Object();

        WithField() {
            super("carries what cannot travel");
        }
    }

    @Test
    void anExceptionThatCannotTravelIsStoodInForAndNotLost() {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(() -> {
                        throw new WithField();
                    })::result))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessage("carries what cannot travel")
                    .hasToString(WithField.class.getName() + ": carries what cannot travel");
        }
    }
}
