package io.coppice.worker;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A set of turns, as the few ranges that it is made of. Confined, or guarded by its owner. */
final class TurnRanges {
    private record Range(long first, long last) {}

    private final List<Range> ranges = new ArrayList<>(); // in order, with a gap between each two

    /** @return whether one of these turns was not there yet */
    boolean add(long first, long last) {
        long newFirst = first;
        long newLast = last;
        int at = 0;
        while (at < ranges.size() && ranges.get(at).last < first - 1) at++;
        while (at < ranges.size() && ranges.get(at).first <= last + 1) {
            Range touched = ranges.get(at);
            if (touched.first <= first && touched.last >= last) return false;
            newFirst = Math.min(newFirst, touched.first);
            newLast = Math.max(newLast, touched.last);
            ranges.remove(at);
        }
        ranges.add(at, new Range(newFirst, newLast));
        return true;
    }

    boolean contains(long turn) {
        for (Range range : ranges) if (range.first <= turn && turn <= range.last) return true;
        return false;
    }

    /** Ranges that end before this turn are of no more interest. */
    void dropBefore(long turn) {
        for (Iterator<Range> each = ranges.iterator(); each.hasNext() && each.next().last < turn; ) each.remove();
    }

    /** The lowest turn; {@code Long.MAX_VALUE} if there is none. */
    long lowest() {
        return ranges.isEmpty() ? Long.MAX_VALUE : ranges.get(0).first;
    }
}
