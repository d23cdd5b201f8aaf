package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.BrokenProcessPool;
import io.coppice.CrashReport;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.MapOptions;
import io.coppice.Output;
import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import io.coppice.it.Saboteur.Deed;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {error, exit, crash} in {writing the call, reading it, running it, writing its result, reading that}: an error costs
 * that call alone, the death of a worker breaks the pool, and nothing hangs.
 */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class CrashContractIT {
    // ---- an error costs one call ----

    @ParameterizedTest
    @EnumSource(names = {"EXCEPTION", "ERROR"})
    @Tag("D01")
    @Tag("D03")
    @Tag("D10")
    @Tag("D11")
    @Tag("D12")
    void anErrorInAValueFailsThatCallAlone(Deed error) throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            long worker = pool.submit(Calls::pid).result();

            assertThatThrownBy(() -> pool.submit(Calls::echo, Saboteur.whenWritten(error)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("call cannot be sent to a worker: argument 1")
                    .hasMessageContaining("write fails on purpose");
            Future<Saboteur> unreadableThere = pool.submit(Calls::echo, Saboteur.whenRead(error));
            Future<Saboteur> unsendable = pool.submit(() -> Saboteur.whenWritten(error));
            Future<Saboteur> unreadableHere = pool.submit(() -> Saboteur.whenRead(error));

            assertThat(catchThrowable(unreadableThere::result))
                    .isInstanceOf(InvalidObjectException.class)
                    .hasMessageContaining("call cannot be read in the worker")
                    .hasMessageContaining("read fails on purpose");
            assertThat(catchThrowable(unsendable::result))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("result of a call cannot be sent back")
                    .hasMessageContaining("write fails on purpose");
            assertThat(catchThrowable(unreadableHere::result))
                    .isInstanceOf(InvalidObjectException.class)
                    .hasMessageContaining("result of a call cannot be read here")
                    .hasMessageContaining("read fails on purpose");
            assertThat(pool.submit(Calls::pid).result())
                    .as("the same worker goes on")
                    .isEqualTo(worker);
        }
    }

    @Test
    @Tag("D01")
    @Tag("D10")
    void aValueThatNobodyCanEncodeFailsThatCallAlone() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Thread captured = Thread.currentThread();
            assertThatThrownBy(() -> pool.submit((Integer a, Thread b) -> a, 1, captured))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("argument 2 is a java.lang.Thread, which is not Serializable");
            assertThatThrownBy(() -> pool.submit(() -> captured.getName()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lambda in aValueThatNobodyCanEncodeFailsThatCallAlone");
            Runnable notSerializable = () -> {};
            assertThatThrownBy(() -> pool.execute(notSerializable))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("io.coppice.Task");
            assertThat(catchThrowable(pool.submit(Thread::currentThread)::result))
                    .isInstanceOf(NotSerializableException.class);

            List<Object> items = List.of(1, captured, 3);
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

    @Test
    @Tag("D06")
    @Tag("D07")
    void whatACallThrowsIsDeliveredAndThePoolGoesOn() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            for (Deed error : List.of(Deed.EXCEPTION, Deed.ERROR)) {
                Future<?> failing = pool.submit(() -> Saboteur.commit(error, "fails on purpose"));
                assertThat(catchThrowable(failing::result))
                        .isInstanceOf(error == Deed.ERROR ? AssertionError.class : IllegalStateException.class)
                        .hasMessage("fails on purpose");
            }
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
        }
    }

    // ---- the death of a worker breaks the pool ----

    /** The call's future and that of one behind it end broken, and so does the next submit. */
    private static void assertBreaks(String exit, Function<ProcessPoolExecutor, Future<?>> call) throws Exception {
        assertBreaks(new ProcessPoolExecutor(1), exit, call);
    }

    private static void assertBreaks(
            ProcessPoolExecutor pool, String exit, Function<ProcessPoolExecutor, Future<?>> call) throws Exception {
        try (pool) {
            Future<?> fatal = call.apply(pool);
            Future<Integer> next = pool.submit(Calls::increment, 1);
            assertThat(catchThrowable(() -> fatal.result(Delays.LONG)))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("worker died while running a call")
                    .hasMessageContaining("exit=" + exit);
            deleteCrashFileOf(fatal.exception());
            assertThat(catchThrowable(() -> next.result(Delays.LONG)))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("had not started");
            assertThatThrownBy(() -> pool.submit(Calls::pid)).isInstanceOf(BrokenProcessPool.class);
            assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("a broken pool ends by itself")
                    .isTrue();
        }
    }

    private static void deleteCrashFileOf(@Nullable Throwable failure) throws IOException {
        CrashReport report = failure instanceof BrokenProcessPool broken ? broken.report() : null;
        if (report != null && report.crashFile() != null) Files.deleteIfExists(report.crashFile());
    }

    private static String exit(Deed death) {
        return (death == Deed.EXIT ? Saboteur.EXIT_CODE : Saboteur.HALT_CODE) + ",";
    }

    @ParameterizedTest
    @EnumSource(names = {"EXIT", "HALT"})
    @Tag("D02")
    @Tag("D04")
    void aDeathWhileAnArgumentIsReadBreaksThePool(Deed death) throws Exception {
        assertBreaks(exit(death), pool -> pool.submit(Calls::echo, Saboteur.whenRead(death)));
    }

    @ParameterizedTest
    @EnumSource(names = {"EXIT", "HALT"})
    @Tag("D05")
    @Tag("D06")
    void aDeathWhileACallRunsBreaksThePool(Deed death) throws Exception {
        assertBreaks(exit(death), pool -> pool.submit(() -> Saboteur.commit(death, "")));
    }

    @ParameterizedTest
    @EnumSource(names = {"EXIT", "HALT"})
    @Tag("D08")
    @Tag("D09")
    void aDeathWhileAResultIsWrittenBreaksThePool(Deed death) throws Exception {
        assertBreaks(exit(death), pool -> pool.submit(() -> Saboteur.whenWritten(death)));
    }

    @Test
    @Tag("D05")
    void aSegmentationFaultBreaksThePool() throws Exception {
        var quietly =
                WorkerContext.spawn().jvmOptions("-XX:-CreateCoredumpOnCrash").output(Output.DISCARD);
        var pool = ProcessPoolExecutor.builder().maxWorkers(1).context(quietly).build();
        // The JVM catches the signal and writes its report; without a core dump it exits instead of aborting.
        assertBreaks(
                pool,
                "1 (SIGSEGV in ",
                p -> p.submit(() -> {
                    new ProcessBuilder("kill", "-SEGV", Long.toString(Calls.pid())).start();
                    while (true) Thread.onSpinWait();
                }));
    }

    @Test
    @Tag("D15")
    void aDeathWithLargeArgumentsInFlightHangsNothing() throws Exception {
        byte[] large = new byte[16 << 20];
        try (var pool = new ProcessPoolExecutor(2)) {
            List<Future<Integer>> futures = new ArrayList<>();
            try {
                for (int i = 0; i < 10; i++)
                    futures.add(
                            pool.submit((byte[] bytes, Integer n) -> n == 1 ? Calls.halt(9) : bytes.length, large, i));
            } catch (BrokenProcessPool itDiedBeforeTheLastWasSubmitted) {
                assertThat(futures).hasSizeGreaterThan(1);
            }
            int broken = 0;
            for (Future<Integer> each : Futures.asCompleted(futures, Delays.LONG))
                if (each.exception() instanceof BrokenProcessPool) broken++;
                else assertThat(each.result()).isEqualTo(large.length);
            assertThat(broken).isBetween(1, 10);
            assertThat(catchThrowable(futures.get(1)::result)).isInstanceOf(BrokenProcessPool.class);
        }
    }
}
