package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever the moment a RECALL or an INTERRUPT comes: is every turn answered or given back, exactly once and in order,
 * and does it run exactly if it is answered?
 */
@Timeout(300)
class RecallHammerTest {
    private static final long NOTE = 1;
    private static final long SEES_INTERRUPT = 2;
    private static final int ROUNDS = Integer.getInteger("coppice.rounds", 4_000);

    private final long seed = Long.getLong("coppice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private FakeParent parent;

    @BeforeEach
    void connect() throws Exception {
        Work.reset();
        parent = new FakeParent();
        parent.takeIn();
        parent.say(parent.function(NOTE, Work.NOTE), parent.function(SEES_INTERRUPT, Work.IS_INTERRUPTED));
    }

    @AfterEach
    void disconnect() throws Exception {
        parent.close();
    }

    @Test
    void everyTurnIsAnsweredOrGivenBackExactlyOnce() throws Exception {
        long givenBack = 0;
        int splits = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long first = parent.lastTurn() + 1;
            Map<Long, Long> lastOfChunk = new HashMap<>(); // by any of its turns
            Frame[] frames = randomFrames(lastOfChunk);
            long upTo = parent.lastTurn();
            boolean early = random.nextInt(8) == 0;
            if (!early) parent.say(frames);
            pause();
            long from = first + (random.nextBoolean() ? 0 : random.nextInt((int) (upTo - first + 1)));
            while (lastOfChunk.getOrDefault(from - 1, 0L) >= from) from--;
            parent.worker.recall(upTo, from);
            if (early) parent.say(frames);
            long kept = settled(first, upTo);
            assertThat(kept).as("seed=%d, round=%d", seed, round).isBetween(from - 1, upTo);
            assertThat(lastOfChunk.getOrDefault(kept, kept)).isEqualTo(kept);
            for (long turn = first; turn <= kept; turn++)
                assertThat(Work.NOTED.poll()).isEqualTo(turn);
            assertThat(Work.NOTED).as("seed=%d, round=%d", seed, round).isEmpty();
            givenBack += upTo - kept;
            if (first <= kept && kept < upTo) splits++;
        }
        parent.say(new Frame.Leave());
        parent.next(Frame.Goodbye.class);
        assertThat(parent.heardAll()).isTrue();
        assertThat(Work.NOTED).isEmpty();
        assertThat(givenBack).as("seed=%d", seed).isPositive();
        assertThat(splits).as("seed=%d", seed).isPositive();
    }

    /** Calls and chunks, each item of which notes its turn. */
    private Frame[] randomFrames(Map<Long, Long> lastOfChunk) throws Exception {
        List<Frame> frames = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            long turn = parent.lastTurn() + 1;
            Object[] turns = new Object[1 + random.nextInt(random.nextBoolean() ? 3 : 200)];
            for (int item = 0; item < turns.length; item++) turns[item] = turn + item;
            if (random.nextInt(4) > 0) {
                frames.add(parent.calls(NOTE, turns));
            } else {
                frames.add(parent.chunk(NOTE, turns));
                for (Object each : turns) lastOfChunk.put((Long) each, turn + turns.length - 1);
            }
        }
        return frames.toArray(new Frame[0]);
    }

    private void pause() {
        for (int spins = random.nextInt(random.nextBoolean() ? 100 : 6_000); spins > 0; spins--) Thread.onSpinWait();
    }

    /** Listens until all turns are answered or given back. @return the last that is answered */
    private long settled(long first, long upTo) throws Exception {
        long answered = first - 1;
        long kept = upTo;
        while (answered < kept) {
            Frame frame = parent.next(Frame.class);
            if (frame instanceof Frame.Answer answer) {
                assertThat(answer.turn()).as("seed=%d", seed).isEqualTo(answered + 1);
                for (String outcome : parent.outcomes(answer))
                    assertThat(outcome).isEqualTo("" + ++answered);
            } else {
                assertThat(frame).isInstanceOf(Frame.Recalled.class);
                assertThat(frame.id()).isEqualTo(upTo);
                assertThat(kept).as("once").isEqualTo(upTo);
                kept = ((Frame.Recalled) frame).kept();
            }
        }
        assertThat(answered).isLessThanOrEqualTo(kept);
        return kept;
    }

    @Test
    void anInterruptReachesTheCallsOfItsRangeAndNoOther() throws Exception {
        int reached = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long first = parent.lastTurn() + 1;
            Object[] zeros = new Object[1 + random.nextInt(100)];
            Arrays.fill(zeros, 0L);
            Frame calls = parent.calls(SEES_INTERRUPT, zeros);
            boolean early = random.nextInt(8) == 0;
            if (!early) parent.say(calls);
            long upTo = parent.lastTurn();
            Set<Long> meant = new HashSet<>();
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                long from = first + random.nextInt(zeros.length);
                long to = Math.min(upTo, from + random.nextInt(3));
                for (long turn = from; turn <= to; turn++) meant.add(turn);
                parent.worker.interrupt(from, to);
            }
            if (early) parent.say(calls);
            List<String> outcomes = parent.outcomes(first, zeros.length);
            for (int item = 0; item < zeros.length; item++) {
                String outcome = outcomes.get(item);
                if (outcome.equals("false")) continue;
                reached++;
                assertThat(meant).as("seed=%d, outcome=%s", seed, outcome).contains(first + item);
            }
        }
        assertThat(reached).as("seed=%d", seed).isPositive();
    }
}
