package io.coppice.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a carrier leaves when it ends. */
class PlainCarrierTest {
    private static Set<ByteBuffer> newSet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    @Test
    void oneAfterTheOtherUseTheSameMemoryOutsideOfTheHeap() throws IOException {
        Set<ByteBuffer> used = newSet();
        for (int i = 0; i < 20; i++) {
            PlainCarrier carrier = new PlainCarrier(() -> false);
            used.add(carrier.in());
            used.add(carrier.out());
            carrier.close();
            carrier.close(); // gives nothing back twice
        }
        assertThat(used).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void twoAtATimeShareNone() throws IOException {
        Set<ByteBuffer> used = newSet();
        PlainCarrier one = new PlainCarrier(() -> false);
        PlainCarrier two = new PlainCarrier(() -> false);
        used.add(one.in());
        used.add(one.out());
        used.add(two.in());
        used.add(two.out());
        one.close();
        two.close();
        assertThat(used).hasSize(4);
    }
}
