package io.coppice.wire.payload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the way from one object down to another into words: {@code List[3] → Job.pool}. */
final class ObjectPath {
    static final String ARROW = " → ";
    /** Where the way is not known: through what a user's writeObject has made, or the inside of a JDK class. */
    static final String UNKNOWN = "…";

    /** Of a longer path this many places are shown at either end. */
    private static final int SHOWN_AT_AN_END = 5;
    /** A search ends when it has met so many objects, or looked so often. */
    private static final int MOST_OBJECTS = 100_000;

    private static final int MOST_LOOKS = 10_000_000;

    /** So many objects of its own may stand between one of the JDK's and what it shows. */
    private static final int MOST_INSIDE = 4;

    private final List<Supplier<String>> places = new ArrayList<>();

    /** An object that the search has met, and how it came there. */
    private record Met(Object object, @Nullable Met from, Supplier<String> place) {}

    private ObjectPath() {}

    /**
     * @param objects each held by the one before, directly
     * @param last held by the last of them, however far down; or that itself; or null
     */
    static String through(List<Object> objects, @Nullable Object last) {
        ObjectPath path = new ObjectPath();
        for (int i = 0; i < objects.size() - 1; ) {
            if (objects.get(i + 1) instanceof Forms.Made) i++; // which tells of the value too
            Object holder = objects.get(i);
            i = JavaHooks.isOfTheJdk(holder.getClass()) ? nextShown(objects, i) : i + 1;
            Object held = objects.get(i);
            path.places.add(() -> place(holder, held));
        }
        Object end = objects.get(objects.size() - 1);
        if (last != null && last != end) path.search(end, last);
        return path.text();
    }

    /** What an object of the JDK shows as its own it may keep in others: a wrapped collection, an array. */
    private static int nextShown(List<Object> objects, int holder) {
        for (int next = holder + 1; next < objects.size() && next <= holder + MOST_INSIDE; next++) {
            Object candidate = objects.get(next);
            if (Contents.of(objects.get(holder), (each, place) -> each == candidate)) return next;
        }
        return holder + 1;
    }

    private static String place(Object holder, Object held) {
        List<String> found = new ArrayList<>(1);
        Contents.of(holder, (each, place) -> each == held && found.add(place.get()));
        if (!found.isEmpty()) return found.get(0);
        ObjectPath further = new ObjectPath();
        further.search(holder, held);
        return further.text();
    }

    /** Breadth first: the shortest way is the one that is understood best. */
    private void search(Object from, Object target) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Met> ahead = new ArrayDeque<>();
        ahead.add(new Met(from, null, () -> UNKNOWN));
        List<Met> found = new ArrayList<>(1);
        int[] looks = {0};
        for (Met next = ahead.poll(); next != null; next = ahead.poll()) {
            Met holder = next;
            boolean enough = Contents.of(holder.object, (held, place) -> {
                if (held == target) return found.add(new Met(held, holder, place));
                if (held != null && !(held instanceof String) && seen.size() < MOST_OBJECTS && seen.add(held))
                    ahead.add(new Met(held, holder, place));
                return ++looks[0] > MOST_LOOKS;
            });
            if (enough) break;
        }
        if (found.isEmpty()) {
            places.add(() -> UNKNOWN);
            return;
        }
        int start = places.size();
        for (Met met = found.get(0); met.from != null; met = met.from) places.add(start, met.place);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int hidden = places.size() - 2 * SHOWN_AT_AN_END;
        for (int i = 0; i < places.size(); i++) {
            text.append(i == 0 ? "" : ARROW);
            if (i == SHOWN_AT_AN_END && hidden > 1) {
                text.append("… (").append(hidden).append(" more)");
                i += hidden - 1;
            } else {
                text.append(places.get(i).get());
            }
        }
        return text.toString();
    }
}
