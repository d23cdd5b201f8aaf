package io.coppice.pool;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Items of a series that wait again: a worker has given them back without having begun them, or has died. Dispatcher
 * thread only.
 */
final class SeriesRest extends Work {
    private final Series series;
    private int firstItem;
    private Items items;
    private final int deaths;

    /** @param deaths of workers that were running the first item, which is the only one then */
    SeriesRest(Series series, int firstItem, Items items, int deaths) {
        super(series.function);
        this.series = series;
        this.firstItem = firstItem;
        this.items = items;
        this.deaths = deaths;
    }

    @Override
    void accepted(long id) {}

    @Override
    int size() {
        return series.isChunk() ? Math.min(items.count(), 1) : items.count();
    }

    @Override
    boolean isCancelled() {
        return series.isCancelled();
    }

    /** Takes so many calls at most; one at least, which must be there. */
    SeriesBatch take(int most) {
        int count = series.isChunk() ? items.count() : Math.min(most, items.count());
        SeriesBatch batch = new SeriesBatch(series, firstItem, first(count, items), deaths);
        items = after(count, items);
        firstItem += count;
        return batch;
    }

    /** The first so many. */
    static Items first(int count, Items items) {
        if (count == items.count()) return items;
        Payload region = items.region();
        int left = after(count, items).region().length();
        return new Items(count, new Payload(region.bytes(), region.offset(), region.length() - left));
    }

    /** What comes behind the first items. */
    static Items after(int skipped, Items items) {
        if (skipped == 0) return items;
        Payload region = items.region();
        Items.Cursor cursor = items.cursor();
        for (int item = 0; item < skipped; item++) cursor.next();
        int at = cursor.offset() + cursor.length();
        int length = region.offset() + region.length() - at;
        return new Items(items.count() - skipped, new Payload(region.bytes(), at, length));
    }

    @Override
    void cancelByPool(Consumer<Unstarted> each) {
        int first = firstItem;
        int count = items.count();
        while (size() > 0) each.accept(take(1).unstarted());
        series.cancelledByPool(first, count);
    }

    @Override
    void broken(Supplier<String> message, Fault fault) {
        series.broken(message, fault);
    }

    @Override
    Supplier<String> description() {
        return series.description(firstItem, items.count());
    }
}
