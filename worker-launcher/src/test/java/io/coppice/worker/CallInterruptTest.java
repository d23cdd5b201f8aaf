package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallInterruptTest {
    private final CallInterrupt interrupt = new CallInterrupt(Thread.currentThread());

    @Test
    void aCallThatRunsIsInterruptedAndTheNextIsNot() {
        assertThat(interrupt.begins(1)).isTrue();
        interrupt.interrupt(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        interrupt.ends(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(interrupt.begins(2)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        interrupt.ends(2);
    }

    @Test
    void itemsOfAnInterruptedCallThatHaveNotBegunDoNot() {
        interrupt.interrupt(1); // before the call has come, or between two items
        assertThat(interrupt.begins(1)).isFalse();
        interrupt.ends(1);
        assertThat(interrupt.begins(2)).isTrue();
        interrupt.ends(2);
    }

    @Test
    void anInterruptThatIsTooLateChangesNothing() {
        assertThat(interrupt.begins(1)).isTrue();
        interrupt.ends(1);
        interrupt.interrupt(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(interrupt.begins(2)).isTrue();
        interrupt.ends(2);
    }

    @Test
    void whateverTheMomentNoCallButTheOneThatIsMeantSeesAnInterrupt() throws InterruptedException {
        int rounds = 200_000;
        AtomicLong current = new AtomicLong();
        CountDownLatch started = new CountDownLatch(1);
        Thread lifeline = new Thread(() -> {
            started.countDown();
            // odd calls only
            for (long call = current.get(); call < rounds; call = current.get()) interrupt.interrupt(call | 1);
        });
        lifeline.start();
        started.await();
        int seen = 0;
        int wrong = 0;
        for (long call = 1; call <= rounds; call++) {
            current.set(call);
            boolean runs = interrupt.begins(call);
            boolean interrupted = !runs || Thread.currentThread().isInterrupted();
            interrupt.ends(call);
            if (interrupted && call % 2 == 1) seen++;
            if (interrupted && call % 2 == 0) wrong++;
        }
        lifeline.join();
        assertThat(wrong).isZero();
        assertThat(seen).isPositive();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
