package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.wire.Frame;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.WireException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Does the worker run what it is sent, in order, each once? */
@Timeout(120)
class CallLoopTest {
    private FakeParent parent;

    @BeforeEach
    void connect() throws Exception {
        Work.reset();
        parent = new FakeParent();
        parent.takeIn();
    }

    @AfterEach
    void disconnect() throws Exception {
        Work.mayEnd.countDown();
        parent.close();
    }

    @Test
    void outcomesComeInTheOrderOfTurns() throws Exception {
        parent.say(parent.function(1, Work.INCREMENT), parent.calls(1, 1L, 2L), parent.chunk(1, 3L, 4L, 5L));
        assertThat(parent.outcomes(1, 5)).containsExactly("2", "3", "4", "5", "6");
        parent.say(parent.calls(1, 6L));
        assertThat(parent.outcomes(6, 1)).containsExactly("7");
    }

    @Test
    void anAnswerDoesNotSpanTwoFrames() throws Exception {
        parent.say(parent.function(1, Work.INCREMENT), parent.calls(1, 1L, 2L), parent.calls(1, 3L));
        assertThat(parent.next(Frame.Answer.class).outcomes().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void whatFailsDoesNotStopTheNext() throws Exception {
        parent.say(parent.function(1, Work.THROW), parent.function(2, Work.INCREMENT));
        parent.say(parent.calls(1, 1L), parent.chunk(1, 2L, 3L), parent.calls(2, "no number", 4L));
        assertThat(parent.outcomes(1, 3))
                .containsExactly(
                        "THREW java.lang.IllegalStateException: of 1",
                        "THREW java.lang.IllegalStateException: of 2",
                        "THREW java.lang.IllegalStateException: of 3");
        assertThat(parent.outcomes(4, 2).get(1)).isEqualTo("5");
    }

    @Test
    void argumentsThatCannotBeReadFailTheirItemAlone() throws Exception {
        Payload unreadable = Payload.of(new byte[] {6});
        Payload seven = Payload.of(new byte[] {24, 7});
        parent.say(
                parent.function(1, Work.INCREMENT),
                new Frame.Calls(1, 1, Items.copyOf(seven, unreadable, seven)),
                new Frame.Call(4, 1, Items.copyOf(unreadable, seven)));
        assertThat(parent.outcomes(1, 5))
                .satisfiesExactly(
                        outcome -> assertThat(outcome).isEqualTo("8"),
                        outcome -> assertThat(outcome).startsWith("UNREADABLE_CALL"),
                        outcome -> assertThat(outcome).isEqualTo("8"),
                        outcome -> assertThat(outcome).startsWith("UNREADABLE_CALL"),
                        outcome -> assertThat(outcome).isEqualTo("8"));
    }

    @Test
    void aFunctionThatCannotBeReadFailsItsItems() throws Exception {
        parent.say(new Frame.Function(1, Payload.of(new byte[] {6})), parent.calls(1, 1L, 2L), parent.chunk(1, 3L));
        assertThat(parent.outcomes(1, 3))
                .allSatisfy(outcome -> assertThat(outcome).startsWith("UNREADABLE_CALL"));
    }

    @Test
    void aResultThatCannotBeSentFailsItsItemAlone() throws Exception {
        parent.say(parent.function(1, Work.ECHO), parent.function(2, Work.THREAD));
        parent.say(parent.calls(2, 1L), parent.chunk(2, 2L), parent.calls(1, "text"));
        assertThat(parent.outcomes(1, 2))
                .allSatisfy(outcome -> assertThat(outcome).startsWith("UNSENDABLE_RESULT"));
        assertThat(parent.outcomes(3, 1)).containsExactly("text");
    }

    @Test
    void aLargeResultStandsBetweenSmallOnes() throws Exception {
        parent.say(parent.function(1, Work.BYTES), parent.calls(1, 1L, 5_000_000L, 2L), parent.chunk(1, 70_000L, 1L));
        long turn = 1;
        int bytes = 0;
        while (turn <= 5) {
            Frame.Answer answer = parent.next(Frame.Answer.class);
            assertThat(answer.turn()).isEqualTo(turn);
            turn += answer.outcomes().count();
            bytes += answer.outcomes().region().length();
        }
        assertThat(bytes).isGreaterThan(5_070_000);
    }

    @Test
    void anInterruptThatACallLeavesDoesNotReachTheNext() throws Exception {
        parent.say(parent.function(1, Work.LEAVE_INTERRUPTED), parent.function(2, Work.IS_INTERRUPTED));
        parent.say(parent.calls(1, 1L), parent.calls(2, 2L), parent.chunk(1, 3L), parent.chunk(2, 4L));
        assertThat(parent.outcomes(1, 4)).containsExactly("1", "false", "3", "false");
    }

    @Test
    void aTurnThatDoesNotFollowTheLastIsRefused() throws Exception {
        parent.say(
                parent.function(1, Work.INCREMENT),
                new Frame.Calls(2, 1, parent.calls(1, 1L).arguments()));
        assertThatThrownBy(parent::awaitEnd)
                .isInstanceOf(WireException.class)
                .hasMessageContaining("turn=2, expected=1");
    }

    @Test
    void aFunctionNeverSentIsRefused() throws Exception {
        parent.say(parent.calls(9, 1L));
        assertThatThrownBy(parent::awaitEnd).isInstanceOf(WireException.class).hasMessageContaining("function=9");
    }

    @Test
    void whatWasSentBeforeLeaveIsAnswered() throws Exception {
        parent.say(parent.function(1, Work.INCREMENT), parent.calls(1, 1L, 2L), new Frame.Leave());
        assertThat(parent.outcomes(1, 2)).containsExactly("2", "3");
        parent.next(Frame.Goodbye.class);
        parent.awaitEnd();
    }

    @Test
    void manyTinyCallsAreAnsweredInFewFrames() throws Exception {
        Object[] numbers = new Object[1000];
        for (int i = 0; i < numbers.length; i++) numbers[i] = (long) i;
        parent.say(parent.function(1, Work.INCREMENT));
        for (int warm = 0; warm < 200; warm++) {
            parent.say(parent.calls(1, numbers));
            parent.outcomes(parent.lastTurn() - 999, 1000);
        }
        assertThat(parent.heardAll()).isTrue();
        parent.say(parent.calls(1, numbers));
        Frame.Answer first = parent.next(Frame.Answer.class);
        assertThat(first.outcomes().count()).isGreaterThan(10);
    }
}
