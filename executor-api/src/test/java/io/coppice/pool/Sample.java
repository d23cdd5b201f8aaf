package io.coppice.pool;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.ArrayList;
import java.util.List;

/** Functions, arguments and outcomes that tests of the engine are fed with. */
final class Sample {
    private Sample() {}

    static PoolFunction function(String label) {
        return PoolFunction.open(Payload.of(new byte[0]), () -> label, Object.class, 0, new Pace(), null);
    }

    /** So quick that time sets no limit any more. */
    static PoolFunction quickFunction(String label) {
        PoolFunction function = function(label);
        function.pace.measured(1 << 20, 1);
        return function;
    }

    /** An item of one byte, with its length. */
    static byte[] item(int value) {
        return new byte[] {0, 0, 0, 1, (byte) value};
    }

    /** An item of so many bytes, with its length. */
    static byte[] large(int bytes) {
        return Items.copyOf(Payload.of(new byte[bytes])).region().toArray();
    }

    static Items items(int... values) {
        Payload[] items = new Payload[values.length];
        for (int i = 0; i < values.length; i++) items[i] = Payload.of(new byte[] {(byte) values[i]});
        return Items.copyOf(items);
    }

    static boolean append(Series series, int value) {
        byte[] item = item(value);
        return series.append(item, 0, item.length);
    }

    /** One outcome per value: kind 0, and the value as its payload. */
    static Items outcomes(int... values) {
        Payload[] items = new Payload[values.length];
        for (int i = 0; i < values.length; i++) items[i] = Payload.of(new byte[] {0, (byte) values[i]});
        return Items.copyOf(items);
    }

    static List<Integer> valuesOf(Items items) {
        List<Integer> values = new ArrayList<>();
        for (Items.Cursor item = items.cursor(); item.next(); ) values.add((int) item.bytes()[item.offset()]);
        return values;
    }
}
