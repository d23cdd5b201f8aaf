package io.coppice.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.wire.LentArray;
import io.coppice.wire.Payload;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What is sent of a lent array is what it held when it was lent, also when its owner takes it back meanwhile. */
public final class LentArrayStress {
    private LentArrayStress() {}

    @JCStressTest
    @Description("Two pieces are sent while the owner takes the array back, and changes it")
    @Outcome(id = "7, 8", expect = ACCEPTABLE, desc = "Both as they were lent.")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "A change was sent that came after.")
    @State
    public static class SendOrTakeBack {
        private final byte[] array = {7, 8};
        private final ByteBuffer sent = ByteBuffer.allocate(2);
        private final LentArray lent = (LentArray)
                Objects.requireNonNull(Payload.lending(new byte[1], 0, 1, array).elements());

        @Actor
        public void takeBack() {
            lent.waits(); // whoever made this object is its owner, but need not be woken
            lent.awaitReturn();
            array[0] = 1;
            array[1] = 1;
        }

        @Actor
        public void send(II_Result r) {
            lent.isSentOnce();
            lent.write(0, 1, sent);
            lent.write(1, 1, sent);
            r.r1 = sent.get(0);
            r.r2 = sent.get(1);
        }
    }
}
