package io.coppice.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent of a lent array, and when is it its owner's again? */
@Timeout(60)
class LentArrayTest {
    private static final int LENGTH = 1 << 20;
    private static final int PIECE = LENGTH / 8;

    private final int[] array = new int[LENGTH];
    private final ByteBuffer sent = ByteBuffer.allocate(LENGTH * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    LentArrayTest() {
        Arrays.setAll(array, i -> i);
    }

    private LentArray lend() {
        return (LentArray)
                Objects.requireNonNull(Payload.lending(new byte[1], 0, 1, array).elements());
    }

    private void send(LentArray lent, int from, int to) {
        for (int at = from; at < to; at += PIECE) lent.write(at, PIECE, sent);
    }

    /** What its owner does with it afterwards is not sent. */
    private void change() {
        Arrays.fill(array, -1);
    }

    private void assertAllSent() {
        assertThat(sent.remaining()).isZero();
        for (int i = 0; i < LENGTH; i++)
            if (sent.getInt(i * Integer.BYTES) != i) throw new AssertionError("at " + i + ": " + sent.getInt(i * 4));
    }

    @Test
    void oneThatIsSentAtOnceIsNotCopied() throws Exception {
        LentArray lent = lend();
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
            lent.isSentOnce();
            send(lent, 0, LENGTH);
            lent.release();
        });
        sender.join();
        long before = HostileBytesTest.allocatedByThisThread();
        lent.awaitReturn();
        assertThat(HostileBytesTest.allocatedByThisThread() - before).isLessThan(LENGTH);
        assertAllSent();
    }

    @Test
    void itsOwnerWaitsUntilItIsSent() {
        LentArray lent = lend();
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
            lent.isSentOnce();
            send(lent, 0, LENGTH);
            lent.release();
        });
        lent.awaitReturn();
        change();
        sender.join();
        assertAllSent();
    }

    @Test
    void oneThatIsNotSentSoonIsCopied() {
        LentArray lent = lend();
        lent.waits();
        lent.awaitReturn();
        change();
        assertThat(((int[]) lent.array())[5]).isEqualTo(5);
        lent.isSentOnce();
        send(lent, 0, LENGTH);
        assertAllSent();
    }

    @Test
    void ofOneThatIsNotSentOnTheRestIsCopied() throws Exception {
        LentArray lent = lend();
        lent.isSentOnce();
        send(lent, 0, LENGTH / 2);
        long before = HostileBytesTest.allocatedByThisThread();
        lent.awaitReturn();
        assertThat(HostileBytesTest.allocatedByThisThread() - before).isBetween(LENGTH * 2L, LENGTH * 3L);
        change();
        send(lent, LENGTH / 2, LENGTH);
        assertAllSent();
    }

    @Test
    void oneThatMayBeSentTwiceIsCopiedWhole() {
        LentArray lent = lend();
        send(lent, 0, LENGTH);
        lent.release();
        lent.awaitReturn();
        change();
        sent.clear();
        send(lent, 0, LENGTH);
        assertAllSent();
    }

    @Test
    void askedForBeforeItIsReturnedItIsACopy() {
        LentArray lent = lend();
        Object asked = lent.array();
        change();
        assertThat(((int[]) asked)[7]).isEqualTo(7);
    }

    @Test
    void anInterruptOfItsOwnerIsKept() {
        LentArray lent = lend();
        Thread.currentThread().interrupt();
        lent.awaitReturn();
        assertThat(Thread.interrupted()).isTrue();
        change();
        send(lent, 0, LENGTH);
        assertAllSent();
    }

    /** The owner takes it back while a piece of it is being read, and changes it at once. */
    @Test
    void whatIsReadWhileItIsTakenBackIsWhatWasLent() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            Arrays.setAll(array, i -> i);
            sent.clear();
            LentArray lent = lend();
            lent.isSentOnce();
            int spins = random.nextInt(100_000);
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(lent, 0, LENGTH));
            for (int i = 0; i < spins; i++) Thread.onSpinWait();
            lent.waits();
            lent.awaitReturn();
            change();
            sender.join();
            try {
                assertAllSent();
            } catch (AssertionError wrong) {
                throw new AssertionError("seed=" + seed + ", round=" + round, wrong);
            }
        }
    }
}
