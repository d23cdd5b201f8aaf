package io.coppice;

import io.coppice.pool.Series;
import io.coppice.wire.Items;
import io.coppice.wire.payload.PayloadCodec;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Items one by one, each a call: they go into an open series, and so to the dispatcher, before the input is asked for
 * the next one, which may take for ever to come.
 */
final class ItemSubmitter<R extends @Nullable Object> extends MapSubmitter<R> {
    // Of a series: little for a small map, enough for a large one that what a series costs is nothing beside its items.
    private static final int FIRST_BYTES = 1 << 10;
    private static final int MOST_BYTES = 1 << 16;
    private static final int FIRST_ITEMS = 1 << 6;
    private static final int MOST_ITEMS = 1 << 10;

    private int roomBytes = FIRST_BYTES;
    private int roomItems = FIRST_ITEMS;
    private @Nullable SubmittedSeries<R> open;

    ItemSubmitter(Means means, Rows rows) {
        super(means, rows);
    }

    @Override
    public boolean countsChunks() {
        return false;
    }

    @Override
    void submitNext(Means means, PayloadCodec codec, Deque<MapResults.Segment<R>> into) {
        Throwable why = encodeNext(means, codec);
        Set<ClassLoader> met = codec.takeMet();
        SubmittedSeries<R> to = open;
        if (why != null) {
            if (to == null) into.add(to = begin(means));
            to.notSent(why);
            return;
        }
        Series series = to == null ? null : to.series();
        if (to == null || series == null || codec.size() >= MOST_BYTES) {
            submitFirst(means, codec, met, into);
            return;
        }
        if (!met.isEmpty()) to.rows().hold(met);
        if (series.append(codec.bytes(), 0, codec.size())) {
            codec.clear();
            means.dispatcher().appended(series);
            to.sent();
        } else {
            submitFirst(means, codec, met, into);
        }
    }

    /** There is no series, or no room in it. */
    private void submitFirst(Means means, PayloadCodec codec, Set<ClassLoader> met, Deque<MapResults.Segment<R>> into) {
        SubmittedSeries<R> to = open;
        boolean begins = to == null || to.series() != null; // else it has none but unsent ones so far
        if (to == null || begins) to = begin(means);
        to.rows().hold(met);
        means.dispatcher().submit(codec.size() < MOST_BYTES ? small(to, means, codec) : large(to, means, codec));
        to.sent();
        if (begins) into.add(to);
    }

    private SubmittedSeries<R> begin(Means means) {
        if (open != null) {
            // What it had too little of grows: items that are small get no more bytes than they fill.
            if (open.sentItems() == roomItems) roomItems = Math.min(MOST_ITEMS, 2 * roomItems);
            else roomBytes = Math.min(MOST_BYTES, 2 * roomBytes);
            open.close();
        }
        return open = new SubmittedSeries<>(means.code(), means.answers(), true);
    }

    private Series small(SubmittedSeries<R> to, Means means, PayloadCodec codec) {
        int length = codec.size();
        Series series = to.open(means.function(), Math.max(roomBytes, length), roomItems);
        if (!series.append(codec.bytes(), 0, length)) throw new IllegalStateException("no room: bytes=" + length);
        codec.clear();
        return series;
    }

    /** One that fills a series by itself is one, in the array that it was encoded to. */
    private Series large(SubmittedSeries<R> to, Means means, PayloadCodec codec) {
        return to.chunk(means.function(), new Items(1, codec.take()));
    }

    @Override
    public void end() {
        if (open != null) open.close();
        open = null;
        super.end();
    }
}
