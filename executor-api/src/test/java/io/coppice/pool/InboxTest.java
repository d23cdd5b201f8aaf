package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InboxTest {
    private final PoolFunction function = Sample.function("f");

    private Call call() {
        return new Call(function, Sample.item(1), new RecordingSink());
    }

    /** Whatever the moment: who asks for the pending calls to be cancelled means those that it has submitted. */
    @Test
    void aRequestIsRunAfterTheCallsThatItsMakerHadAddedBefore() throws InterruptedException {
        Inbox inbox = new Inbox();
        Set<Work> taken = new HashSet<>(); // by the thread that takes
        int[] tooEarly = new int[1];
        int rounds = 100_000;
        Thread other = new Thread(() -> {
            for (int round = 0; round < rounds; round++) {
                Call mine = call();
                inbox.add(mine);
                inbox.request(() -> {
                    if (!taken.remove(mine)) tooEarly[0]++;
                });
            }
        });
        other.start();
        while (other.isAlive() || !inbox.isEmpty()) inbox.takeAll(() -> {}, taken::add);
        other.join();
        assertThat(tooEarly[0]).isZero();
        assertThat(taken).isEmpty();
    }
}
