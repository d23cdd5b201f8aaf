package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads at their fastest: does the lifeline ever take back, interrupt or send what it must not? */
@Timeout(120)
class TurnsTest {
    private static final int TURNS = 400_000;
    private static final int FRAME = 16;
    private static final long HAMMER_NANOS = 2_000_000_000;

    private final long seed = Long.getLong("coppice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Turns turns = new Turns(Thread.currentThread());
    private final AtomicLong current = new AtomicLong();
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile boolean over;

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private Thread lifeline(Turns.Sending body) throws InterruptedException {
        Thread lifeline = new Thread(() -> {
            started.countDown();
            try {
                while (!over) body.send();
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
        lifeline.setDaemon(true);
        lifeline.start();
        started.await();
        return lifeline;
    }

    /** Runs a call as the executing thread does. @return whether it ran */
    private boolean runs(long turn, boolean away, Runnable inOurs, Runnable inFunction) {
        current.set(turn);
        while (away ? !turns.beginsAway(turn) : !turns.begins(turn)) {
            Turns.Verdict verdict = turns.look(turn);
            if (verdict == Turns.Verdict.RUN) break;
            turns.ends();
            if (verdict != Turns.Verdict.SEND_FIRST) return false;
        }
        boolean mayRun = !away || turns.enters(turn) || turns.mayRun(turn);
        if (mayRun) inFunction.run();
        turns.leaves();
        turns.ends();
        inOurs.run();
        return mayRun;
    }

    @SuppressWarnings("ThreadPriorityCheck") // the other thread may have no processor
    @Test
    void aTurnIsRunOrGivenBackAndNeverBoth() throws InterruptedException {
        BitSet givenBack = new BitSet();
        BitSet ran = new BitSet();
        AtomicLong frameEnd = new AtomicLong(); // a recall of this frame may come
        AtomicLong splits = new AtomicLong();
        AtomicLong recalledUpTo = new AtomicLong(); // and has come
        Random pauses = new Random(seed);
        Thread lifeline = lifeline(() -> {
            long upTo = frameEnd.get();
            if (upTo == recalledUpTo.get()) return;
            for (int spins = pauses.nextInt(80); spins > 0; spins--) Thread.onSpinWait();
            long kept = turns.recall(upTo, 1);
            if (kept >= 0) givenBack.set((int) kept + 1, (int) upTo + 1);
            if (kept >= 0) splits.incrementAndGet();
            recalledUpTo.set(upTo);
        });
        long turn = 0;
        long start = System.nanoTime();
        while (splits.get() == 0 || turn < TURNS && System.nanoTime() - start < HAMMER_NANOS) {
            frameEnd.set(turn + FRAME);
            for (int spins = random.nextInt(40); spins > 0; spins--) Thread.onSpinWait();
            for (long end = turn + FRAME; turn < end; )
                if (runs(++turn, random.nextBoolean(), () -> {}, () -> {})) ran.set((int) turn);
            while (recalledUpTo.get() < turn) Thread.yield();
        }
        over = true;
        lifeline.join();
        assertThat(ran.intersects(givenBack)).as("seed=%d", seed).isFalse();
        assertThat(ran.cardinality() + givenBack.cardinality()).isEqualTo((int) turn);
    }

    @Test
    void noCallButTheOneThatIsMeantSeesAnInterrupt() throws InterruptedException {
        Thread lifeline = lifeline(() -> {
            long odd = current.get() | 1;
            turns.interrupt(odd, odd);
        });
        long[] seen = new long[2];
        for (long turn = 1; turn <= TURNS || seen[1] == 0; turn++) {
            int parity = (int) (turn & 1);
            boolean ran = runs(turn, random.nextBoolean(), () -> {}, () -> {
                if (Thread.currentThread().isInterrupted()) seen[parity]++;
            });
            if (!ran) seen[parity]++;
        }
        over = true;
        lifeline.join();
        assertThat(seen[0]).as("seed=%d", seed).isZero();
    }

    @Test
    void whatIsGatheredIsTouchedByOneThreadAtATime() throws InterruptedException {
        long[] gathered = new long[1];
        AtomicLong sent = new AtomicLong();
        Thread lifeline = lifeline(() -> turns.ifAway(() -> {
            gathered[0]++;
            sent.incrementAndGet();
        }));
        long turn = 0;
        while (turn < TURNS || sent.get() == 0) runs(++turn, random.nextBoolean(), () -> gathered[0]++, () -> {});
        over = true;
        lifeline.join();
        assertThat(gathered[0]).isEqualTo(turn + sent.get());
    }

    /** Else a call that takes for ever could stand in front of outcomes that are wanted. */
    @Test
    void inAFunctionNothingThatWasWantedIsUnsent() throws InterruptedException {
        AtomicLong ended = new AtomicLong(); // outcomes up to this turn are gathered, or sent
        AtomicLong sent = new AtomicLong(); // up to this turn
        AtomicLong wanted = new AtomicLong(); // up to this turn; said when the lifeline has done what it can
        Thread lifeline = lifeline(() -> {
            long upTo = ended.get();
            turns.recall(1, 1);
            turns.ifAway(() -> sent.set(ended.get()));
            wanted.set(upTo);
            while (ended.get() < upTo + 2 && !over) Thread.onSpinWait();
        });
        long missed = 0;
        for (long turn = 2; turn <= TURNS || wanted.get() == 0; turn++) {
            while (!turns.begins(turn)) {
                if (turns.look(turn) != Turns.Verdict.SEND_FIRST) break;
                turns.ends();
                sent.set(ended.get());
            }
            long wantedUpTo = wanted.get();
            if (sent.get() < wantedUpTo) missed++;
            turns.ends();
            ended.set(turn);
        }
        over = true;
        lifeline.join();
        assertThat(missed).isZero();
    }
}
