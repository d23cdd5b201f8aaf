package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls go to a worker together. */
class PendingCallsTest {
    private final List<Call> dropped = new ArrayList<>();
    private final PendingCalls pending = new PendingCalls(dropped::add);
    private final PoolFunction quick = function("quick");
    private final List<RecordingSink> sinks = new ArrayList<>();

    private static PoolFunction function(String label) {
        PoolFunction function = PoolFunction.open(Payload.of(new byte[0]), label, Object.class, 0);
        return function;
    }

    /** So quick that time sets no limit any more. */
    private static void isQuick(PoolFunction function) {
        function.measured(1 << 20, 1);
    }

    private void takeIn(PoolFunction function, int calls) {
        for (int i = 0; i < calls; i++) {
            RecordingSink sink = new RecordingSink();
            sinks.add(sink);
            Items argument = Items.copyOf(Payload.of(new byte[] {(byte) sinks.size()}));
            pending.takeIn(Call.joinable(function, argument, sink));
        }
    }

    private int startNext(int workers) {
        Batch batch = pending.startNext(workers);
        return batch == null ? 0 : batch.itemCount();
    }

    @Test
    void nothingIsJoinedBeforeSomethingWasMeasured() {
        takeIn(quick, 100);
        assertThat(startNext(2)).isEqualTo(1);
        quick.measured(1, 1);
        assertThat(startNext(2)).isEqualTo(2);
    }

    @Test
    void aWorkerGetsHalfItsShareOfWhatIsLeftSoThatNoOtherIsLeftWithout() {
        isQuick(quick);
        takeIn(quick, 100);
        List<Integer> batches = new ArrayList<>();
        for (int items = startNext(2); items > 0; items = startNext(2)) batches.add(items);
        assertThat(batches).startsWith(25, 18, 14).endsWith(1, 1, 1, 1);
        assertThat(batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
    }

    @Test
    void onlyNeighboursOnOneFunctionAreJoined() {
        PoolFunction other = function("other");
        isQuick(quick);
        isQuick(other);
        takeIn(quick, 3);
        takeIn(other, 2);
        takeIn(quick, 1000);
        assertThat(startNext(1)).isEqualTo(3);
        assertThat(startNext(1)).isEqualTo(2);
        assertThat(startNext(1)).isEqualTo(500);
    }

    @Test
    void aCallThatIsNotJoinableGoesAlone() {
        isQuick(quick);
        pending.takeIn(new Call(quick, Items.copyOf(Payload.of(new byte[1])), new RecordingSink()));
        takeIn(quick, 100);
        assertThat(startNext(1)).isEqualTo(1);
    }

    @Test
    void cancelledCallsAreLeftOut() {
        isQuick(quick);
        takeIn(quick, 10);
        sinks.get(0).cancelled = true;
        sinks.get(2).cancelled = true;
        assertThat(startNext(1)).isEqualTo(4);
        assertThat(dropped).hasSize(2);
        assertThat(sinks.get(2).told).isEmpty();
        assertThat(sinks.get(5).told).containsExactly("start");
    }

    @Test
    void largeArgumentsAreNotJoinedWithoutLimit() {
        isQuick(quick);
        for (int i = 0; i < 100; i++)
            pending.takeIn(Call.joinable(quick, Items.copyOf(Payload.of(new byte[400 << 10])), new RecordingSink()));
        assertThat(startNext(1)).isEqualTo(2);
    }

    @Test
    void aLargeFirstArgumentGoesAlone() {
        isQuick(quick);
        pending.takeIn(Call.joinable(quick, Items.copyOf(Payload.of(new byte[2 << 20])), new RecordingSink()));
        takeIn(quick, 100);
        assertThat(startNext(1)).isEqualTo(1);
        assertThat(startNext(1)).isEqualTo(50);
    }
}
