package io.coppice.wire.payload;

import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * How calls have ended, one outcome behind the other, as the {@link Items} of an answer. A small simple result is
 * written to where it stays. All else is written by a {@link PayloadCodec} first, which may run the user's code, and
 * fail, and is then copied. Used by one thread at a time.
 */
public final class OutcomeRow {
    /** A string with more units than this is not small. */
    private static final int SMALL_TEXT = 1 << 10;
    /** An array grown past this is dropped after use. */
    private static final int KEPT_BYTES = 128 << 10;

    private final PayloadBuffer buffer = new PayloadBuffer();
    private int count;

    public int count() {
        return count;
    }

    /** What was added lies here, from 0 to {@link #size}: to be looked at before more is. */
    public byte[] bytes() {
        return buffer.bytes;
    }

    /** In bytes. */
    public int size() {
        return buffer.size;
    }

    /**
     * Adds that a call has returned this. Runs none of the user's code.
     *
     * @return false if it is no small simple value; then nothing was done
     */
    public boolean addReturned(@Nullable Object value) {
        if (!Numbers.writeItem(buffer, OutcomeKind.RETURNED, value)) {
            if (!isSmall(value)) return false;
            int start = buffer.claim(Items.lengthBytes());
            buffer.put(OutcomeKind.RETURNED.code());
            SimpleValues.write(buffer, value);
            Items.putLength(buffer.bytes, start, buffer.size - start - Items.lengthBytes());
        }
        count++;
        return true;
    }

    private static boolean isSmall(@Nullable Object value) {
        if (value == null) return true;
        Class<?> type = value.getClass();
        if (type == String.class) return ((String) value).length() <= SMALL_TEXT;
        return type == Double.class || type == Boolean.class;
    }

    /** Adds the one outcome that the codec has written. */
    public void add(PayloadCodec written) {
        int length = written.size();
        byte[] bytes = written.bytes();
        int at = buffer.claim(length);
        System.arraycopy(bytes, 0, buffer.bytes, at, length);
        count++;
    }

    /** All that was added, where it lies: to be used before more is. */
    public Items items() {
        return new Items(count, new Payload(buffer.bytes, 0, buffer.size));
    }

    public void clear() {
        count = 0;
        buffer.clear(KEPT_BYTES);
    }
}
