package io.coppice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items of a sample, evenly spaced over it, in its order: of a sample that is sorted somehow, the first ones would not
 * stand for all.
 */
record Subset<A extends @Nullable Object>(List<A> list, int ofHowMany) {
    static <A extends @Nullable Object> Subset<A> of(List<A> sample, int items) {
        if (items >= sample.size()) return new Subset<>(sample, sample.size());
        List<A> taken = new ArrayList<>(items);
        for (int i = 0; i < items; i++) taken.add(sample.get(place(i, items, sample.size())));
        return new Subset<>(taken, sample.size());
    }

    int size() {
        return list.size();
    }

    /** Where this item is in the sample. */
    int placeInSample(int item) {
        return place(item, size(), ofHowMany);
    }

    private static int place(int item, int items, int sample) {
        return (int) ((long) item * sample / items);
    }
}
