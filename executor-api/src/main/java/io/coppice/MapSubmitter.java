package io.coppice;

import io.coppice.pool.Dispatcher;
import io.coppice.pool.PoolBroken;
import io.coppice.pool.PoolFunction;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.PayloadCodec;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Takes rows from a map's input, encodes them and submits them to a process pool. One thread at a time. */
abstract sealed class MapSubmitter<R extends @Nullable Object> implements MapResults.Source<R>
        permits ItemSubmitter, ChunkSubmitter {
    /**
     * What a map in a process pool works with.
     *
     * @param pool not to be collected, nor to end, while input is left
     * @param answers reads results
     * @param code not to be collected while there are results to come, or to be read
     */
    record Means(
            ProcessPoolExecutor pool,
            Dispatcher dispatcher,
            CallEncoder encoder,
            CodecPool codecs,
            CodecPool answers,
            Object code,
            PoolFunction function) {}

    private @Nullable Means means; // until the end
    final Rows rows;
    private final @Nullable Object[] row; // used for every row
    private long items;

    MapSubmitter(Means means, Rows rows) {
        this.means = means;
        this.rows = rows;
        row = new Object[rows.arity()];
    }

    /** Takes rows, of which there is one at least, and submits them. */
    abstract void submitNext(Means means, PayloadCodec codec, Deque<MapResults.Segment<R>> into);

    @Override
    public final boolean submit(Deque<MapResults.Segment<R>> into, int atMost) {
        Means means = this.means;
        if (means == null) return false;
        PayloadCodec codec = means.codecs.take(); // for all: taking one costs as much as encoding a number
        try {
            for (int i = 0; i < atMost; i++) {
                if (!hasNext()) return false; // also after a shutdown: nothing is refused
                means.dispatcher.checkOpen(); // before an item is taken that would be lost
                submitNext(means, codec, into);
            }
            return true;
        } catch (PoolBroken broken) {
            throw ProcessPoolExecutor.brokenPool(broken);
        } finally {
            means.codecs.giveBack(codec);
        }
    }

    boolean hasNext() {
        return rows.hasNext();
    }

    /** Takes a row and adds it to what the codec has; throws what the input throws. Null, or why it cannot be sent. */
    final @Nullable Throwable encodeNext(Means means, PayloadCodec codec) {
        if (row.length == 1) return encodeOne(means, codec);
        rows.next(row);
        try {
            means.encoder.addArguments(codec, row);
            return null;
        } catch (IllegalArgumentException refused) {
            return refused;
        } finally {
            for (int i = 0; i < row.length; i++) row[i] = null;
            items++;
        }
    }

    private @Nullable Throwable encodeOne(Means means, PayloadCodec codec) {
        Object argument = rows.nextOfOne();
        items++;
        try {
            means.encoder.addArgument(codec, argument);
            return null;
        } catch (IllegalArgumentException refused) {
            return refused;
        }
    }

    @Override
    public final long items() {
        return items;
    }

    @Override
    public void end() {
        Means ended = means;
        means = null;
        if (ended != null) ended.dispatcher.close(ended.function);
    }
}
