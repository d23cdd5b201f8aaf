package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a graph have been written or read, by number. Knows besides what is being written and can be made on
 * the other side only after all it holds: nothing in it can refer back to it, and to write such a reference is refused
 * ({@link Cycle}). And what was written can be taken back to a mark.
 */
final class References extends MapReferenceResolver {
    /** Pairs of a first and a last number: what is being written and is made after all that it holds. */
    private int[] madeLate = new int[32];

    private int depth;

    private final List<Object> sinceFirstMark = new ArrayList<>();
    private int firstMark;
    private int marks;

    private int failed = -1; // see replace

    /** From here to {@link #end} is written what the object holds that was given a number last. */
    void begin() {
        begin(written() - 1, written() - 1);
    }

    /** As {@link #begin()}, for several that are made at once. */
    void begin(int first, int last) {
        if (depth + 2 > madeLate.length) madeLate = Arrays.copyOf(madeLate, 2 * madeLate.length);
        madeLate[depth++] = first;
        madeLate[depth++] = last;
    }

    void end() {
        depth -= 2;
    }

    @Override
    public int getWrittenId(Object object) {
        int id = super.getWrittenId(object);
        if (id >= 0 && depth > 0 && isBeingWritten(id)) throw KryoSetup.sneaky(new Cycle(object, id));
        return id;
    }

    private boolean isBeingWritten(int id) {
        for (int i = depth - 2; i >= 0; i -= 2) if (madeLate[i] <= id && id <= madeLate[i + 1]) return true;
        return false;
    }

    /** Whether a reference to it can be written. */
    boolean isThere(Object object) {
        int id = super.getWrittenId(object);
        return id >= 0 && !isBeingWritten(id);
    }

    int written() {
        return writtenObjects.size;
    }

    @Override
    public int addWrittenObject(Object object) {
        if (marks > 0) sinceFirstMark.add(object);
        return super.addWrittenObject(object);
    }

    int depth() {
        return depth;
    }

    /** What is written from here on can be forgotten, until {@link #unmark}. */
    int mark() {
        if (marks++ == 0) firstMark = written();
        return written();
    }

    void unmark() {
        if (--marks == 0) sinceFirstMark.clear();
    }

    /** Forgets all that was written since a mark, and a {@link #depth}. */
    void backTo(int mark, int depthThen) {
        depth = depthThen;
        for (int last = sinceFirstMark.size() - 1; last >= mark - firstMark; last--)
            writtenObjects.remove(sinceFirstMark.remove(last), -1);
    }

    int read() {
        return readObjects.size();
    }

    /** As many numbers as were given while a part was written that is not read. */
    void skipRead(int upTo) {
        while (readObjects.size() < upTo) readObjects.add(null);
    }

    /** After the read of an object with this number has failed somewhere within: Kryo goes on behind it, with this. */
    void replace(int id, Object instead) {
        failed = id;
        while (failed >= 0) kryo.reference(instead); // takes one number after the other off Kryo's stack
    }

    @Override
    public void setReadObject(int id, Object object) {
        if (failed >= 0 && id != failed) return;
        super.setReadObject(id, object);
        failed = -1;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public Object getReadObject(Class type, int id) {
        @Nullable Object read = super.getReadObject(type, id);
        // Kryo would resolve it to null without a word.
        if (read == null)
            throw new IllegalArgumentException(
                    "a reference to what is not made yet, or could not be made: number=" + id);
        return read;
    }

    @Override
    public void reset() {
        super.reset();
        depth = 0;
        sinceFirstMark.clear();
        marks = 0;
    }
}
