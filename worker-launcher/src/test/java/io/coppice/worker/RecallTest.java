package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Frame;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does a RECALL bring out and give back, wherever the worker's thread is? */
@Timeout(120)
class RecallTest {
    private static final long WAIT = 1;
    private static final long NOTE = 2;
    private static final long ECHO = 3;

    private FakeParent parent;

    @BeforeEach
    void connect() throws Exception {
        Work.reset();
        parent = new FakeParent();
        parent.takeIn();
        parent.say(
                parent.function(WAIT, Work.WAIT), parent.function(NOTE, Work.NOTE), parent.function(ECHO, Work.ECHO));
    }

    @AfterEach
    void disconnect() throws Exception {
        Work.mayEnd.countDown();
        parent.close();
    }

    @Test
    void finishedOutcomesComeOutWhileTheNextCallHangs() throws Exception {
        parent.say(parent.calls(WAIT, -1L, -2L, 3L));
        Work.begun.await();
        parent.recall(3);
        assertThat(parent.outcomes(1, 2)).containsExactly("-1", "-2");
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(3, 1)).containsExactly("3");
    }

    @Test
    void finishedOutcomesOfAnEarlierFrameComeOutWhileTheNextHangs() throws Exception {
        parent.say(parent.calls(NOTE, 1L, 2L), parent.chunk(WAIT, 3L));
        Work.begun.await();
        parent.recall(3);
        assertThat(parent.outcomes(1, 2)).containsExactly("1", "2");
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(3, 1)).containsExactly("3");
    }

    @Test
    void callsThatHaveNotBegunAreGivenBackAndNeverRun() throws Exception {
        parent.say(parent.calls(NOTE, 1L), parent.calls(WAIT, 2L), parent.calls(NOTE, 3L, 4L), parent.chunk(NOTE, 5L));
        Work.begun.await();
        parent.recall(1);
        assertRecalled(5, 2);
        Work.mayEnd.countDown();
        parent.say(parent.calls(NOTE, 6L));
        assertThat(parent.outcomes(1, 2)).containsExactly("1", "2");
        assertThat(parent.outcomes(6, 1)).containsExactly("6");
        assertThat(Work.NOTED).containsExactly(1L, 6L);
    }

    @Test
    void theRestOfTheFrameThatRunsIsGivenBackToo() throws Exception {
        parent.say(parent.calls(WAIT, 1L, -2L, -3L));
        Work.begun.await();
        parent.recall(1);
        assertRecalled(3, 1);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
        parent.say(parent.calls(WAIT, -4L));
        assertThat(parent.outcomes(4, 1)).containsExactly("-4");
    }

    @Test
    void aChunkThatHasBegunIsKeptWhole() throws Exception {
        parent.say(parent.chunk(WAIT, 1L, -2L, -3L), parent.chunk(NOTE, 4L, 5L));
        Work.begun.await();
        parent.recall(1);
        assertRecalled(5, 3);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 3)).containsExactly("1", "-2", "-3");
        assertThat(Work.NOTED).isEmpty();
    }

    @Test
    void turnsBeforeFromAreKept() throws Exception {
        parent.say(parent.calls(WAIT, 1L, -2L, -3L, -4L));
        Work.begun.await();
        parent.recall(3);
        assertRecalled(4, 2);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 2)).containsExactly("1", "-2");
    }

    @Test
    void aRecallMayComeBeforeItsFrames() throws Exception {
        parent.say(parent.calls(WAIT, 1L));
        Work.begun.await();
        Frame.Calls late = parent.calls(NOTE, 2L, 3L);
        parent.recall(1);
        assertRecalled(3, 1);
        Work.mayEnd.countDown();
        parent.say(late, parent.calls(NOTE, 4L));
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
        assertThat(parent.outcomes(4, 1)).containsExactly("4");
        assertThat(Work.NOTED).containsExactly(4L);
    }

    @Test
    void aRecallThatComesTooLateChangesNothing() throws Exception {
        parent.say(parent.calls(NOTE, 1L, 2L));
        parent.outcomes(1, 2);
        parent.worker.recall(2, 1);
        parent.say(parent.calls(NOTE, 3L, 4L));
        parent.worker.recall(2, 2);
        assertThat(parent.outcomes(3, 2)).containsExactly("3", "4");
    }

    @Test
    void whatWasGivenBackIsNotGivenBackAgain() throws Exception {
        parent.say(parent.calls(WAIT, 1L, -2L, -3L, -4L));
        Work.begun.await();
        parent.recall(3);
        assertRecalled(4, 2);
        parent.recall(3);
        parent.recall(4);
        parent.recall(2); // gives turn 2 back
        assertRecalled(4, 1);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
        assertThat(parent.heardAll()).isTrue();
    }

    @Test
    void severalRowsMayBeGivenBackWhileOneCallHangs() throws Exception {
        parent.say(parent.calls(WAIT, 1L, -2L));
        Work.begun.await();
        parent.recall(2);
        assertRecalled(2, 1);
        parent.say(parent.calls(NOTE, 3L, 4L));
        parent.recall(4);
        assertRecalled(4, 3);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
        assertThat(parent.outcomes(3, 1)).containsExactly("3");
        parent.say(parent.calls(NOTE, 5L));
        assertThat(parent.outcomes(5, 1)).containsExactly("5");
        assertThat(Work.NOTED).containsExactly(3L, 5L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itWorksWhileAnArgumentIsReadOrAResultWritten(boolean whileRead) throws Exception {
        parent.say(parent.calls(ECHO, 1L, new Work.Slow(whileRead), 3L));
        Work.begun.await();
        parent.recall(1);
        assertRecalled(3, 2);
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(2, 1)).containsExactly("slow");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itWorksInAChunkWhileAnArgumentIsReadOrAResultWritten(boolean whileRead) throws Exception {
        parent.say(
                parent.calls(NOTE, 1L), parent.chunk(ECHO, 2L, new Work.Slow(whileRead), 4L), parent.calls(NOTE, 5L));
        Work.begun.await();
        parent.recall(1);
        assertRecalled(5, 4);
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(2, 3)).containsExactly("2", "slow", "4");
    }

    @Test
    void aFunctionThatIsBeingReadHasBegunTheCallOnIt() throws Exception {
        parent.say(parent.function(4, new SlowWork()), parent.calls(4, 1L, 2L));
        Work.begun.await();
        parent.recall(1);
        assertRecalled(2, 1);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
    }

    @Test
    void outcomesOfAChunkUnderWayComeOutAtTheNextItem() throws Exception {
        parent.say(parent.chunk(WAIT, -1L, 2L, -3L));
        Work.begun.await();
        parent.recall(1);
        Work.mayEnd.countDown();
        Frame.Answer answer = parent.next(Frame.Answer.class);
        assertThat(parent.outcomes(answer)).startsWith("-1", "2").hasSize(2);
        assertThat(parent.outcomes(3, 1)).containsExactly("-3");
    }

    @Test
    void runTimeDoesNotCountWhatStillRuns() throws Exception {
        Object[] arguments =
                LongStream.range(0, 21).mapToObj(n -> n < 20 ? -n - 1 : n).toArray();
        parent.say(parent.calls(WAIT, arguments));
        Work.begun.await();
        long before = System.nanoTime();
        while (System.nanoTime() - before < 20_000_000) Thread.onSpinWait();
        parent.recall(1);
        long nanos = 0;
        for (int count = 0; count < 20; ) {
            Frame.Answer answer = parent.next(Frame.Answer.class);
            nanos += answer.runNanos();
            count += answer.outcomes().count();
        }
        long waited = System.nanoTime() - before;
        Work.mayEnd.countDown();
        Frame.Answer last = parent.next(Frame.Answer.class);
        assertThat(last.runNanos()).isGreaterThan(nanos);
        assertThat(nanos).isLessThan(waited);
    }

    @Test
    void leaveWaitsForWhatIsKept() throws Exception {
        parent.say(parent.calls(WAIT, 1L, -2L), parent.calls(NOTE, 3L));
        Work.begun.await();
        parent.recall(1);
        assertRecalled(3, 1);
        parent.say(new Frame.Leave());
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 1)).isEqualTo(List.of("1"));
        parent.next(Frame.Goodbye.class);
        parent.awaitEnd();
        assertThat(Work.NOTED).isEmpty();
    }

    private void assertRecalled(long upTo, long kept) throws Exception {
        assertThat(parent.next(Frame.Recalled.class)).isEqualTo(new Frame.Recalled(upTo, kept));
    }
}
