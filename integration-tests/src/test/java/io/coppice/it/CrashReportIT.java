package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.BrokenProcessPool;
import io.coppice.CrashReport;
import io.coppice.CrashReport.Kind;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.Output;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Task;
import io.coppice.WorkerContext;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a program is told of each way to die. */
@Tag("jdk")
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class CrashReportIT {
    @TempDir
    Path temporary;

    /** In a directory of its own, for cores; with a small heap, which makes them small. */
    private WorkerContext context(String... options) {
        return WorkerContext.spawn()
                .jvmOptions("-Xmx64m")
                .jvmOptions(options)
                .directory(temporary)
                .output(Output.DISCARD);
    }

    private static CrashReport reportIn(@Nullable Throwable failure) {
        assertThat(failure).isInstanceOf(BrokenProcessPool.class);
        return Objects.requireNonNull(((BrokenProcessPool) failure).report());
    }

    private static CrashReport reportOf(WorkerContext context, Task<?> fatal) {
        return reportIn(failureOf(context, fatal));
    }

    private static Path crashFileOf(CrashReport report) {
        return Objects.requireNonNull(report.crashFile(), report::toString);
    }

    private static Throwable failureOf(WorkerContext context, Task<?> fatal) {
        try (var pool =
                ProcessPoolExecutor.builder().maxWorkers(1).context(context).build()) {
            Throwable failure = catchThrowable(pool.submit(fatal)::result);
            CrashReport report = reportIn(failure);
            assertThat(report.worker()).isEqualTo(1);
            assertThat(report.pid()).isPositive();
            assertThat(report.runningCall()).startsWith("call=1 (");
            assertThat(report.uptime()).isBetween(Duration.ZERO, Delays.LONG);
            return failure;
        }
    }

    private static int haltIf(int n) {
        if (n == 4) Runtime.getRuntime().halt(9);
        return n;
    }

    @Test
    void ofAChunkItNamesTheItemThatWasRunning() {
        try (var pool = new ProcessPoolExecutor(1);
                var results = pool.map(CrashReportIT::haltIf, List.of(1, 2, 3, 4, 5), MapOptions.chunksize(5))) {
            CrashReport report = reportIn(catchThrowable(results::next));
            assertThat(report.runningCall())
                    .isEqualTo("call=1 (io.coppice.it.CrashReportIT::haltIf, item 3 of a chunk of 5)");
        }
    }

    private static CrashReport isDeath(CrashReport report, Kind kind, int exitCode, @Nullable String signal) {
        assertThat(report.kind()).as("%s", report).isEqualTo(kind);
        assertThat(report.exitCode()).as("%s", report).isEqualTo(exitCode);
        assertThat(report.signal()).as("%s", report).isEqualTo(signal);
        return report;
    }

    static int writesToNowhere() throws Exception {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        unsafe.getMethod("putLong", long.class, long.class).invoke(instance.get(null), 0L, 1L);
        return 1;
    }

    @Test
    void aCrashIsToldWithItsFrameAndItsReportIsKept() throws Exception {
        Throwable failure = failureOf(context(), CrashReportIT::writesToNowhere);
        CrashReport report = isDeath(reportIn(failure), Kind.NATIVE_CRASH, 134, "SIGSEGV");
        try {
            assertThat(report.problematicFrame()).contains("[libjvm.so+0x");
            assertThat(report.crashFile())
                    .isEqualTo(Path.of(
                            System.getProperty("java.io.tmpdir"), "coppice-hs_err_pid" + report.pid() + ".log"));
            assertThat(Files.readString(crashFileOf(report))).contains("CrashReportIT.writesToNowhere");
            assertThat(report.stdout()).contains("# A fatal error has been detected by the Java Runtime Environment");
            assertThat(failure)
                    .hasMessageContaining("exit=134 (SIGSEGV in libjvm.so+0x")
                    .hasMessageContaining("; crash report: " + report.crashFile() + "; make a new pool");
            assertThat(report.toString())
                    .startsWith("worker 1 ended: NATIVE_CRASH\n")
                    .contains("\n  running: call=1 (io.coppice.it.CrashReportIT::writesToNowhere)\n")
                    .contains("\n    | # Problematic frame:\n");
        } finally {
            Files.deleteIfExists(crashFileOf(report));
        }
    }

    @Test
    void aCrashWithoutACoreExitsWithOneAndIsStillACrash() throws Exception {
        CrashReport report = reportOf(context("-XX:-CreateCoredumpOnCrash"), CrashReportIT::writesToNowhere);
        isDeath(report, Kind.NATIVE_CRASH, 1, "SIGSEGV");
        Files.deleteIfExists(crashFileOf(report));
    }

    @Test
    void aReportThatTheUserWantsElsewhereStaysThere() throws Exception {
        CrashReport report = reportOf(
                context("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=mine-%p.log"), CrashReportIT::writesToNowhere);
        isDeath(report, Kind.NATIVE_CRASH, 1, "SIGSEGV");
        assertThat(report.crashFile())
                .isEqualTo(temporary.resolve("mine-" + report.pid() + ".log"))
                .exists();
    }

    @Test
    void nativeCodeThatDiesIsToldByHow() throws Exception {
        String library = NativeCode.compiledIn(temporary);
        CrashReport crash = reportOf(context(), () -> {
            System.load(library);
            NativeCode.crash();
            return 1;
        });
        isDeath(crash, Kind.NATIVE_CRASH, 134, "SIGSEGV");
        assertThat(crash.problematicFrame()).contains("[libnativecode.so+0x").contains("NativeCode_crash");
        Files.deleteIfExists(crashFileOf(crash));

        Throwable abort = failureOf(context(), () -> {
            System.load(library);
            NativeCode.abort();
            return 1;
        });
        isDeath(reportIn(abort), Kind.ABORT, 134, "SIGABRT");
        assertThat(reportIn(abort).crashFile()).isNull();
        assertThat(abort).hasMessageContaining("exit=134 (SIGABRT),");

        Throwable doubleFree = failureOf(context(), () -> {
            System.load(library);
            NativeCode.doubleFree();
            return 1;
        });
        isDeath(reportIn(doubleFree), Kind.ABORT, 134, "SIGABRT");
        assertThat(reportIn(doubleFree).stderr()).contains("double free");
        assertThat(doubleFree).hasMessageContaining("stderr=free(): double free");

        CrashReport exit = reportOf(context(), () -> {
            System.load(library);
            NativeCode.exit(7);
            return 1;
        });
        isDeath(exit, Kind.EXITED, 7, null);

        CrashReport overflow = reportOf(context(), () -> {
            System.load(library);
            NativeCode.overflow();
            return 1;
        });
        isDeath(overflow, Kind.NATIVE_STACK_OVERFLOW, 139, "SIGSEGV");
    }

    static int exits(int code) {
        System.out.println("about to exit");
        System.err.println("really");
        System.exit(code);
        return code;
    }

    @Test
    void anExitIsToldWithItsCaller() {
        Throwable failure = failureOf(context(), () -> exits(3));
        CrashReport report = isDeath(reportIn(failure), Kind.EXIT_CALLED, 3, null);
        assertThat(report.exitCalledFrom().get(0).getClassName()).isEqualTo(CrashReportIT.class.getName());
        assertThat(report.exitCalledFrom().get(0).getMethodName()).isEqualTo("exits");
        assertThat(report.exitCalledFrom()).hasSizeGreaterThan(3);
        assertThat(report.stdout()).isEqualTo("about to exit\n");
        assertThat(report.stderr()).isEqualTo("really\n");
        assertThat(failure)
                .hasMessageContaining("exit=3, exitCalledBy=io.coppice.it.CrashReportIT.exits(CrashReportIT.java:");

        CrashReport likeASignal = reportOf(context(), () -> exits(137));
        isDeath(likeASignal, Kind.EXIT_CALLED, 137, null);

        CrashReport inAThread = reportOf(context(), () -> {
            Thread other = new Thread(() -> exits(5), "other");
            other.start();
            other.join();
            return 1;
        });
        isDeath(inAThread, Kind.EXIT_CALLED, 5, null);
    }

    @Test
    void aHaltLeavesNoTrace() {
        CrashReport report = reportOf(context(), () -> Calls.halt(4));
        isDeath(report, Kind.EXITED, 4, null);
        assertThat(report.exitCalledFrom()).isEmpty();
    }

    static int kill(String signal) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(Calls.pid())).start();
        while (true) Thread.onSpinWait();
    }

    @Test
    void aSignalIsToldByItsName() throws Exception {
        isDeath(reportOf(context(), () -> kill("-KILL")), Kind.KILLED, 137, "SIGKILL");
        isDeath(reportOf(context(), () -> kill("-TERM")), Kind.TERMINATED, 143, "SIGTERM");
    }

    static int fillsTheHeap() {
        long[][] all = new long[1 << 20][];
        for (int i = 0; i < all.length; i++) all[i] = new long[1 << 17];
        return all.length;
    }

    @Test
    void anExitForWantOfMemoryIsToldAsSuch() {
        Throwable failure = failureOf(context("-XX:+ExitOnOutOfMemoryError"), CrashReportIT::fillsTheHeap);
        isDeath(reportIn(failure), Kind.OUT_OF_MEMORY, 3, null);
        assertThat(failure).hasMessageContaining("exit=3 (out of memory)");
        assertThat(reportIn(failure).stdout()).contains("OutOfMemoryError");
    }

    @Test
    void aStartThatFailsIsToldWithWhatTheJvmSaid() {
        var context = context("-XX:NoSuchOption");
        try (var pool = ProcessPoolExecutor.builder().context(context).build()) {
            Throwable failure = catchThrowable(pool.submit(Calls::pid)::result);
            assertThat(failure)
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("worker died while starting")
                    .hasMessageContaining("NoSuchOption");
            CrashReport report = reportIn(failure);
            assertThat(report.kind()).isEqualTo(Kind.EXITED);
            assertThat(report.runningCall()).isNull();
            assertThat(report.stdout() + report.stderr()).contains("NoSuchOption");
        }
        try (var pool = ProcessPoolExecutor.builder()
                .context(WorkerContext.spawn().javaHome(temporary))
                .build()) {
            CrashReport report = reportIn(catchThrowable(pool.submit(Calls::pid)::result));
            assertThat(report.kind()).isEqualTo(Kind.NOT_STARTED);
            assertThat(report.pid()).isNull();
        }
    }

    @Test
    void anInitializersFailureIsAReportToo() {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .initializer(() -> {
                    throw new IllegalStateException("on purpose");
                })
                .build()) {
            Throwable failure = catchThrowable(pool.submit(Calls::pid)::result);
            assertThat(reportIn(failure).kind()).isEqualTo(Kind.INITIALIZER_FAILED);
        }
    }

    @Test
    void everyCallOfThePoolAndWhoSubmitsLaterIsToldTheSame() throws Exception {
        try (var pool =
                ProcessPoolExecutor.builder().maxWorkers(1).context(context()).build()) {
            Future<?> fatal = pool.submit(() -> exits(3));
            Future<Long> behind = pool.submit(Calls::pid);
            CrashReport told = reportIn(fatal.exception());
            assertThat(reportIn(behind.exception())).isEqualTo(told);
            assertThat(reportIn(catchThrowable(() -> pool.submit(Calls::pid)))).isEqualTo(told);
        }
    }

    @Test
    void aForcedEndIsNobodysDeath() throws Exception {
        var pool = new ProcessPoolExecutor(1);
        Future<?> running = pool.submit(() -> kill("-0"));
        pool.killWorkers();
        assertThat(running.exception())
                .isInstanceOfSatisfying(
                        BrokenProcessPool.class,
                        broken -> assertThat(broken.report()).isNull());
        pool.close();
    }
}
