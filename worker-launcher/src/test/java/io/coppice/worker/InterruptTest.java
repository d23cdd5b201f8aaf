package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which calls does an INTERRUPT reach? */
@Timeout(120)
class InterruptTest {
    private static final long WAIT = 1;
    private static final long NOTE = 2;
    private static final long ECHO = 3;
    private static final String NOT_RUN = "THREW java.lang.InterruptedException: interrupted before it ran";
    private static final String INTERRUPTED = "THREW java.lang.InterruptedException";

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
    void theCallThatRunsIsInterruptedAndTheNextIsNot() throws Exception {
        parent.say(parent.calls(WAIT, 1L), parent.calls(NOTE, 2L));
        Work.begun.await();
        parent.worker.interrupt(1, 1);
        assertThat(parent.outcomes(1, 2)).containsExactly(INTERRUPTED, "2");
    }

    @Test
    void callsOfTheRangeThatHaveNotBegunAreNotRun() throws Exception {
        parent.say(parent.calls(WAIT, 1L), parent.calls(NOTE, 2L, 3L, 4L), parent.chunk(NOTE, 5L, 6L));
        Work.begun.await();
        parent.worker.interrupt(3, 5);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 6)).containsExactly("1", "2", NOT_RUN, NOT_RUN, NOT_RUN, NOT_RUN);
        assertThat(Work.NOTED).containsExactly(2L);
    }

    @Test
    void severalRangesMayBeMarkedAtOnce() throws Exception {
        parent.say(parent.calls(WAIT, 1L), parent.calls(NOTE, 2L, 3L, 4L, 5L));
        Work.begun.await();
        parent.worker.interrupt(4, 4);
        parent.worker.interrupt(2, 2);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 5)).containsExactly("1", NOT_RUN, "3", NOT_RUN, "5");
    }

    @Test
    void itemsOfAChunkThatHaveNotBegunAreNotRun() throws Exception {
        parent.say(parent.chunk(WAIT, -1L, 2L, -3L, -4L), parent.chunk(NOTE, 5L));
        Work.begun.await();
        parent.worker.interrupt(1, 1);
        assertThat(parent.outcomes(1, 5)).containsExactly("-1", INTERRUPTED, NOT_RUN, NOT_RUN, "5");
    }

    @Test
    void aChunkIsMeantByItsFirstTurnOnly() throws Exception {
        parent.say(parent.chunk(WAIT, 1L, -2L, -3L));
        Work.begun.await();
        parent.worker.interrupt(2, 3);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 3)).containsExactly("1", "-2", "-3");
    }

    @Test
    void anInterruptMayComeBeforeItsCall() throws Exception {
        parent.worker.interrupt(1, 2);
        parent.say(parent.calls(NOTE, 1L, 2L, 3L));
        assertThat(parent.outcomes(1, 3)).containsExactly(NOT_RUN, NOT_RUN, "3");
    }

    @Test
    void anInterruptThatComesTooLateChangesNothing() throws Exception {
        parent.say(parent.calls(NOTE, 1L));
        parent.outcomes(1, 1);
        parent.worker.interrupt(1, 1);
        parent.say(parent.function(4, Work.IS_INTERRUPTED), parent.calls(4, 2L));
        assertThat(parent.outcomes(2, 1)).containsExactly("false");
    }

    @Test
    void aCallThatIsGivenBackIsNotAnsweredAsInterrupted() throws Exception {
        parent.say(parent.calls(WAIT, 1L, -2L));
        Work.begun.await();
        parent.worker.interrupt(2, 2);
        parent.recall(2);
        parent.next(Frame.Recalled.class);
        Work.mayEnd.countDown();
        parent.say(parent.calls(NOTE, 3L));
        assertThat(parent.outcomes(1, 1)).containsExactly("1");
        assertThat(parent.outcomes(3, 1)).containsExactly("3");
    }

    @Test
    void whileAnArgumentIsReadNothingIsInterruptedAndTheCallIsNotRun() throws Exception {
        parent.say(parent.calls(ECHO, new Work.Slow(true), 2L), parent.chunk(ECHO, new Work.Slow(true), 4L));
        Work.begun.await();
        parent.worker.interrupt(1, 1);
        parent.worker.interrupt(3, 3);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 4)).containsExactly(NOT_RUN, "2", NOT_RUN, NOT_RUN);
    }

    @Test
    void whileAResultIsWrittenNothingIsInterrupted() throws Exception {
        parent.say(parent.calls(ECHO, new Work.Slow(false), 2L));
        Work.begun.await();
        parent.worker.interrupt(1, 1);
        Work.mayEnd.countDown();
        assertThat(parent.outcomes(1, 2)).containsExactly("slow", "2");
    }
}
