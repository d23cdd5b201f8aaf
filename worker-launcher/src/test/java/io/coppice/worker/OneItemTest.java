package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.FlightRecord;
import io.coppice.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HURRY and CONDEMN reach the item they name and no other, whatever the moment they come; the flight record tells where it is. */
@Timeout(300)
class OneItemTest {
    private static final long WAIT = 1;
    private static final long NOTE = 2;
    private static final long IS_INTERRUPTED = 3;
    private static final long ECHO = 4;
    private static final long NO_TURN = Long.MAX_VALUE; // to ask for it lets a condemned worker go on
    private static final int ROUNDS = Integer.getInteger("coppice.rounds", 3_000);
    private static final String INTERRUPTED = "THREW java.lang.InterruptedException";

    private final long seed = Long.getLong("coppice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private FakeParent parent;

    @BeforeEach
    void connect() throws Exception {
        Work.reset();
        parent = new FakeParent();
        parent.takeIn();
        parent.say(
                parent.function(WAIT, Work.WAIT),
                parent.function(NOTE, Work.NOTE),
                parent.function(IS_INTERRUPTED, Work.IS_INTERRUPTED),
                parent.function(ECHO, Work.ECHO));
    }

    @AfterEach
    void disconnect() throws Exception {
        Work.mayEnd.countDown();
        parent.worker.condemn(NO_TURN);
        parent.close();
    }

    private Frame.Condemned condemn(long turn) throws Exception {
        parent.worker.condemn(turn);
        return parent.next(Frame.Condemned.class);
    }

    // ---- hurry ----

    @Test
    void aCallIsInterruptedInItsFunction() throws Exception {
        parent.say(parent.calls(WAIT, 1L), parent.calls(IS_INTERRUPTED, 2L));
        Work.begun.await();
        parent.worker.hurry(2);
        parent.worker.hurry(1);
        assertThat(parent.outcomes(1, 2)).containsExactly(INTERRUPTED, "false");
    }

    @Test
    void anItemInTheMiddleOfAChunkIsInterruptedAlone() throws Exception {
        parent.say(parent.chunk(WAIT, -1L, 2L, -3L, -4L));
        Work.begun.await();
        parent.worker.hurry(1);
        parent.worker.hurry(2);
        assertThat(parent.outcomes(1, 4)).containsExactly("-1", INTERRUPTED, "-3", "-4");
    }

    @Test
    void nothingIsInterruptedWhileItIsReadOrWritten() throws Exception {
        parent.say(parent.chunk(ECHO, 1L, new Work.Slow(false), 3L));
        Work.begun.await();
        parent.worker.hurry(2);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 3)).containsExactly("1", "slow", "3");
    }

    @Test
    void noInterruptReachesAnotherItem() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long first = parent.lastTurn() + 1;
            int count = 1 + random.nextInt(20);
            parent.say(items(IS_INTERRUPTED, count));
            pause();
            long hurried = first + random.nextInt(count);
            parent.worker.hurry(hurried);
            List<String> outcomes = parent.outcomes(first, count);
            for (int i = 0; i < count; i++)
                if (first + i != hurried)
                    assertThat(outcomes.get(i))
                            .as("seed=%d, round=%d", seed, round)
                            .isEqualTo("false");
        }
    }

    // ---- condemn ----

    @Test
    void whoIsInTheItemSaysWhereAndBeginsNothingElse() throws Exception {
        parent.say(parent.calls(NOTE, 1L), parent.calls(WAIT, 2L), parent.calls(NOTE, 3L));
        Work.begun.await();
        assertThat(condemn(1).stack()).isEmpty();
        assertThat(condemn(3).stack()).isEmpty();
        Frame.Condemned condemned = condemn(2);
        assertThat(condemned.turn()).isEqualTo(2);
        assertThat(condemned.stack())
                .extracting(StackTraceElement::getClassName)
                .contains(Work.class.getName());
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 2)).containsExactly("1", "2");
        assertThat(Work.NOTED).containsExactly(1L);
        parent.worker.condemn(NO_TURN);
        assertThat(parent.outcomes(3, 1)).containsExactly("3");
    }

    @Test
    void thatWhichIsReadOrWrittenIsCondemnedToo() throws Exception {
        parent.say(parent.chunk(ECHO, 1L, new Work.Slow(true), 3L));
        Work.begun.await();
        assertThat(condemn(2).stack())
                .extracting(StackTraceElement::getMethodName)
                .contains("waitInWorker");
    }

    @Test
    void whoeverIsNotInTheItemGoesOnAndWhoeverIsBeginsNoOther() throws Exception {
        int hits = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long first = parent.lastTurn() + 1;
            int count = 1 + random.nextInt(20);
            parent.say(items(NOTE, count));
            pause();
            long condemned = first + random.nextInt(count);
            boolean hit = !condemn(condemned).stack().isEmpty();
            if (hit) {
                hits++;
                pause();
                pause();
                assertThat(Work.NOTED).as("seed=%d, round=%d", seed, round).allMatch(turn -> turn <= condemned);
                assertThat(condemn(NO_TURN).stack()).isEmpty();
            }
            assertThat(parent.outcomes(first, count)).hasSize(count);
            List<Long> noted = new ArrayList<>();
            for (Long each = Work.NOTED.poll(); each != null; each = Work.NOTED.poll()) noted.add(each);
            assertThat(noted)
                    .as("seed=%d, round=%d", seed, round)
                    .hasSize(count)
                    .isSorted();
        }
        System.out.println("condemned in its item: " + hits + " of " + ROUNDS);
    }

    private Frame items(long function, int count) throws Exception {
        Object[] turns = new Object[count];
        for (int i = 0; i < count; i++) turns[i] = parent.lastTurn() + 1 + i;
        return random.nextBoolean() ? parent.chunk(function, turns) : parent.calls(function, turns);
    }

    private void pause() {
        long end = System.nanoTime() + random.nextInt(30_000);
        while (System.nanoTime() < end) Thread.onSpinWait();
    }

    // ---- the flight record ----

    @Test
    void theRecordTellsWhatWasBegunAndWhatHasEndedUnsent() throws Exception {
        parent.say(new Frame.Record(), parent.chunk(WAIT, -1L, -2L, 3L, -4L));
        Work.begun.await();
        FlightRecord record = FlightRecord.read(parent.directory());
        assertThat(record.begun()).isEqualTo(3);
        assertThat(record.ended()).extracting(FlightRecord.Ended::turn).containsExactly(1L, 2L);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 4)).containsExactly("-1", "-2", "3", "-4");
        parent.say(parent.calls(NOTE, 5L));
        assertThat(parent.outcomes(5, 1)).containsExactly("5");
        assertThat(FlightRecord.read(parent.directory()).begun()).isEqualTo(5);
    }

    @Test
    void outcomesAreNotNotedUnlessTheParentWantsThem() throws Exception {
        parent.say(parent.chunk(WAIT, -1L, 2L));
        Work.begun.await();
        assertThat(FlightRecord.read(parent.directory())).isEqualTo(new FlightRecord(2, List.of()));
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 2)).containsExactly("-1", "2");
    }

    @Test
    void whatHadEndedBeforeTheParentWantsItNotedIsSent() throws Exception {
        parent.say(parent.calls(NOTE, 1L), new Frame.Record(), parent.calls(WAIT, 2L));
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
        Work.begun.await();
        assertThat(FlightRecord.read(parent.directory())).isEqualTo(new FlightRecord(2, List.of()));
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(2, 1)).containsExactly("2");
    }

    @Test
    void oneCallByItselfNeedsNoRecord() throws Exception {
        parent.say(parent.calls(NOTE, 1L));
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
        assertThat(FlightRecord.begun(parent.directory())).isNegative();
    }

    @Test
    void moreOutcomesThanTheRecordHoldsAreSentBefore() throws Exception {
        Object[] texts = new Object[64];
        for (int i = 0; i < texts.length; i++) texts[i] = "x".repeat(20_000);
        parent.say(parent.chunk(ECHO, texts));
        assertThat(parent.outcomes(1, texts.length)).hasSize(texts.length).containsOnly((String) texts[0]);
    }
}
