package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /** The number of the object that is being read at each depth, or of one that was read there before. */
    private int[] readAtDepth = new int[32];

    /** Whether something was read that is held by itself. */
    private boolean cyclic;

    private final List<Object> hashedEarly = new ArrayList<>();

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

    /** Whether it has a number, be it that it is still being written. */
    boolean isKnown(Object object) {
        return super.getWrittenId(object) >= 0;
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

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public int nextReadId(Class type) {
        int id = super.nextReadId(type);
        int at = kryo.getDepth();
        if (at >= readAtDepth.length) readAtDepth = Arrays.copyOf(readAtDepth, 2 * at);
        readAtDepth[at] = id;
        return id;
    }

    /**
     * To be called for each set and map that was read: in a cycle an element may have been asked for its hash before it
     * was complete, so that it would not be found again.
     */
    void hashed(Object collection) {
        if (cyclic) hashedEarly.add(collection);
    }

    @SuppressWarnings("unchecked") // they were filled with anything
    private void hashAgain() {
        cyclic = false;
        List<Object> all = List.copyOf(hashedEarly);
        hashedEarly.clear();
        for (Object each : all) {
            if (each instanceof Map<?, ?>) hashAgain((Map<Object, Object>) each);
            else hashAgain((Collection<Object>) each);
        }
    }

    private static void hashAgain(Collection<Object> set) {
        List<Object> elements = new ArrayList<>(set);
        set.clear();
        set.addAll(elements);
    }

    private static void hashAgain(Map<Object, Object> map) {
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(new AbstractMap.SimpleEntry<>(key, value)));
        map.clear();
        for (Map.Entry<Object, Object> entry : entries) map.put(entry.getKey(), entry.getValue());
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
        for (int at = Math.min(kryo.getDepth(), readAtDepth.length - 1); at > 0 && !cyclic; at--)
            cyclic = readAtDepth[at] == id;
        return read;
    }

    /** By Kryo, at the end of a graph. */
    @Override
    public void reset() {
        super.reset();
        if (cyclic) hashAgain();
        depth = 0;
        sinceFirstMark.clear();
        marks = 0;
    }
}
