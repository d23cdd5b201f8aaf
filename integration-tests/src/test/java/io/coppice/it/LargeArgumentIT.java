package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large arrays are sent without a copy where that is possible: does a call get what submit was given, all the same? */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class LargeArgumentIT {
    private static final int LENGTH = 4_000_000;
    private static final String TRANSPORT = "coppice.transport";

    private final double[] array = new double[LENGTH];

    LargeArgumentIT() {
        refill();
    }

    private void refill() {
        Arrays.setAll(array, i -> i);
    }

    @AfterEach
    void usualTransport() {
        System.clearProperty(TRANSPORT);
    }

    /** Whether it is the array of the test, unchanged. */
    static boolean isWhole(double[] array) {
        for (int i = 0; i < array.length; i++) if (array[i] != i) return false;
        return array.length == LENGTH;
    }

    static long pid() {
        return ProcessHandle.current().pid();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void assumeSignals() {
        Assumptions.assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO"})
    void whatIsDoneToItAfterSubmitIsNotSeen(String transport) throws Exception {
        System.setProperty(TRANSPORT, transport);
        try (var pool = new ProcessPoolExecutor(1)) {
            for (int i = 0; i < 20; i++) { // the first waits for its worker, the others do not
                refill();
                Future<Boolean> whole = pool.submit(LargeArgumentIT::isWhole, array);
                Arrays.fill(array, -1);
                assertThat(whole.result()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO"})
    void itIsNotCopiedIfAWorkerTakesItsCallAtOnce(String transport) throws Exception {
        System.setProperty(TRANSPORT, transport);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var pool = new ProcessPoolExecutor(1)) {
            long least = Long.MAX_VALUE; // on a busy machine now and then it is
            long deadline = System.nanoTime() + Delays.LONG.toNanos();
            while (least >= LENGTH && System.nanoTime() < deadline) {
                long before = threads.getCurrentThreadAllocatedBytes();
                Future<Boolean> whole = pool.submit(LargeArgumentIT::isWhole, array);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                assertThat(whole.result()).isTrue();
            }
            assertThat(least).isLessThan(LENGTH);
        }
    }

    @Test
    void norWhatIsDoneToItWhileItsCallWaits() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                refill();
                all.add(pool.submit(LargeArgumentIT::isWhole, array));
                Arrays.fill(array, -1);
            }
            for (Future<Boolean> each : all) assertThat(each.result()).isTrue();
        }
    }

    @Test
    void severalThreadsMaySubmitTheSame() throws Exception {
        try (var pool = new ProcessPoolExecutor(2)) {
            List<CompletableFuture<Boolean>> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++)
                threads.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        boolean all = true;
                        for (int n = 0; n < 5; n++)
                            all &= pool.submit(LargeArgumentIT::isWhole, array).result();
                        return all;
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                }));
            for (CompletableFuture<Boolean> thread : threads)
                assertThat(thread.join()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO"})
    void submitDoesNotWaitForAWorkerThatDoesNotRead(String transport) throws Exception {
        assumeSignals();
        System.setProperty(TRANSPORT, transport);
        try (var pool = new ProcessPoolExecutor(1)) {
            long worker = pool.submit(LargeArgumentIT::pid).result();
            signal("STOP", worker);
            Future<Boolean> whole;
            try {
                whole = pool.submit(LargeArgumentIT::isWhole, array);
                Arrays.fill(array, -1);
                assertThat(whole.isDone()).isFalse();
            } finally {
                signal("CONT", worker);
            }
            assertThat(whole.result()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO"})
    void aWorkerThatDiesInTheMiddleOfItBreaksTheCall(String transport) throws Exception {
        assumeSignals();
        System.setProperty(TRANSPORT, transport);
        try (var pool = new ProcessPoolExecutor(1)) {
            long worker = pool.submit(LargeArgumentIT::pid).result();
            signal("STOP", worker);
            Future<Boolean> never = pool.submit(LargeArgumentIT::isWhole, array);
            signal("KILL", worker);
            assertThatThrownBy(never::result).isInstanceOf(BrokenProcessPool.class);
        }
    }

    @Test
    void aWorkerThatDiesWhileItsCallIsSubmittedBreaksTheCall() throws Exception {
        assumeSignals();
        for (int i = 0; i < 5; i++) {
            try (var pool = new ProcessPoolExecutor(1)) {
                long worker = pool.submit(LargeArgumentIT::pid).result();
                CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
                    try {
                        signal("KILL", worker);
                    } catch (IOException | InterruptedException failed) {
                        throw new IllegalStateException(failed);
                    }
                });
                assertThatThrownBy(() -> {
                            while (true)
                                pool.submit(LargeArgumentIT::isWhole, array).result();
                        })
                        .isInstanceOf(BrokenProcessPool.class);
                killer.join();
            }
        }
    }

    @Test
    void severalArgumentsMayEndInOne() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            for (int i = 0; i < 4; i++) {
                refill();
                Future<Double> last =
                        pool.submit((double[] first, double[] second) -> first[1] + second[2], array, array);
                Arrays.fill(array, -1);
                assertThat(last.result()).isEqualTo(3);
            }
        }
    }
}
