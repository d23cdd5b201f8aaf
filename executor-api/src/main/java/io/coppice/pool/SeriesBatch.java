package io.coppice.pool;

import io.coppice.wire.Items;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A portion of a series, or a chunk. Dispatcher thread only. */
final class SeriesBatch extends Batch {
    private final Series series;
    private final int firstItem;
    private Items arguments;
    private int count;
    private int deaths; // of workers that were running its first item

    /** @param deaths of workers so far that were running its first item */
    SeriesBatch(Series series, int firstItem, Items arguments, int deaths) {
        super(series.function);
        this.deaths = deaths;
        this.series = series;
        this.firstItem = firstItem;
        this.arguments = arguments;
        count = arguments.count();
    }

    @Override
    int itemCount() {
        return count;
    }

    @Override
    int callCount() {
        return isOneCall() ? 1 : count;
    }

    @Override
    boolean isOneCall() {
        return series.isChunk();
    }

    @Override
    int argumentBytes() {
        return arguments.region().length();
    }

    @Override
    void dropArguments() {
        arguments = Items.NONE;
    }

    @Override
    Items arguments() {
        return arguments;
    }

    /** What it would have been, for who cancels it instead of handing it over. */
    Unstarted unstarted() {
        return new Unstarted(describe(), function.encoded, arguments);
    }

    @Override
    void answer(int item, Items outcomes, CallSink.Origin origin) {
        series.answer(firstItem + item, outcomes, origin);
    }

    @Override
    void giveBack(int fromItem, Consumer<Work> inOrder) {
        int ofItsFirst = fromItem == 0 ? deaths : 0; // one that is retried may be given back before it begins again
        inOrder.accept(new SeriesRest(series, firstItem + fromItem, SeriesRest.after(fromItem, arguments), ofItsFirst));
        arguments = SeriesRest.first(fromItem, arguments); // what is left may be given back later, and only that
        count = fromItem;
    }

    @Override
    void lose(int item, Loss loss) {
        series.lost(firstItem + item, loss);
    }

    @Override
    int died() {
        if (answered() > 0) deaths = 0;
        return ++deaths;
    }

    @Override
    Work again(int item) {
        return new SeriesRest(series, firstItem + item, SeriesRest.first(1, SeriesRest.after(item, arguments)), deaths);
    }

    @Override
    boolean hasArguments() {
        return arguments.count() > 0;
    }

    @Override
    void forEachUnfinished(Consumer<Work> action) {
        if (!isEnded()) action.accept(new SeriesRest(series, firstItem + answered(), unfinished(), 0));
    }

    private Items unfinished() {
        return arguments.count() == 0 ? arguments : SeriesRest.after(answered(), arguments);
    }

    @Override
    long turnOf(CallSink sink) {
        return 0;
    }

    @Override
    Supplier<String> descriptionOf(int item) {
        return series.description(firstItem + item, 1);
    }

    @Override
    IntFunction<Supplier<String>> names() {
        return series.names(firstItem);
    }

    @Override
    Supplier<String> description() {
        return series.description(firstItem + answered(), count - answered());
    }
}
