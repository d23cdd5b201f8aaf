package io.coppice.launch;

import org.jspecify.annotations.Nullable;

/** The last of what a stream has brought, and how much that was. Thread-safe. */
final class OutputTail {
    static final int BYTES = 8 << 10;

    private byte @Nullable [] ring; // guarded by this; made with the first byte: most workers print nothing
    private long total; // guarded by this

    synchronized void add(byte[] bytes, int from, int length) {
        if (ring == null) ring = new byte[BYTES];
        int skipped = Math.max(0, length - BYTES);
        int kept = length - skipped;
        int at = (int) ((total + skipped) % BYTES);
        int beforeTheEnd = Math.min(kept, BYTES - at);
        System.arraycopy(bytes, from + skipped, ring, at, beforeTheEnd);
        System.arraycopy(bytes, from + skipped + beforeTheEnd, ring, 0, kept - beforeTheEnd);
        total += length;
    }

    /** Its text; where it is not all there was, that stands on a line before. */
    synchronized String text() {
        if (ring == null) return "";
        int length = (int) Math.min(total, BYTES);
        byte[] last = new byte[length];
        int first = (int) ((total - length) % BYTES);
        System.arraycopy(ring, first, last, 0, Math.min(length, BYTES - first));
        System.arraycopy(ring, 0, last, Math.min(length, BYTES - first), length - Math.min(length, BYTES - first));
        if (total <= BYTES) return PrintedText.of(last, 0, length);
        int begin = 0;
        while (begin < 3 && isInsideOfACharacter(last[begin])) begin++;
        return "[" + (total - length + begin) + " bytes before this are not kept]\n"
                + PrintedText.of(last, begin, length - begin);
    }

    private static boolean isInsideOfACharacter(byte utf8) {
        return (utf8 & 0xC0) == 0x80;
    }
}
