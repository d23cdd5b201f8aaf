package io.coppice;

import io.coppice.pool.Call;
import io.coppice.pool.Dispatcher;
import io.coppice.pool.PoolFunction;
import io.coppice.wire.Items;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.PayloadCodec;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes rows from a map's input, encodes them as chunks and submits these. One thread at a time. */
final class ChunkSubmitter<R extends @Nullable Object> implements MapResults.ChunkSource<R> {
    /** A chunk whose arguments have grown past this is closed before it is full: no use in sending more at once. */
    private static final int CHUNK_BYTES = 16 << 20;

    @SuppressWarnings("UnusedVariable") // held, so that the pool is not collected, and ends, while input is left
    private @Nullable Object pool;

    private final Dispatcher dispatcher;
    private final CallEncoder encoder;
    private final CodecPool codecs;
    private final Object code;
    private final PoolFunction function;
    private final Iterator<@Nullable Object[]> rows;
    private final int chunksize;
    private final boolean joinable;

    /** @param code what must not be collected while there are results to come, or to be read */
    ChunkSubmitter(
            ProcessPoolExecutor pool,
            Dispatcher dispatcher,
            CallEncoder encoder,
            CodecPool codecs,
            Object code,
            PoolFunction function,
            Iterator<@Nullable Object[]> rows,
            int chunksize) {
        this.pool = pool;
        this.dispatcher = dispatcher;
        this.encoder = encoder;
        this.codecs = codecs;
        this.code = code;
        this.function = function;
        this.rows = rows;
        joinable = chunksize == MapSettings.AUTO_CHUNK; // by the dispatcher, which measures
        this.chunksize = joinable ? 1 : chunksize;
    }

    @Override
    public MapResults.@Nullable Chunk<R> submitNext() {
        if (!rows.hasNext()) return null; // also after a shutdown: nothing is refused
        dispatcher.checkOpen(); // before an item is taken that would be lost
        PayloadCodec codec = codecs.take();
        try {
            @Nullable Throwable[] unsent = new Throwable[Math.min(chunksize, 16)];
            int items = 0;
            int sent = 0;
            while (items < chunksize && codec.size() < CHUNK_BYTES && rows.hasNext()) {
                if (items == unsent.length) unsent = Arrays.copyOf(unsent, (int) Math.min(chunksize, 2L * items));
                @Nullable Object[] row = rows.next(); // what the input throws is not about one item
                try {
                    encoder.addArguments(codec, row);
                    sent++;
                } catch (IllegalArgumentException refused) {
                    unsent[items] = refused; // costs this item, and no other
                }
                items++;
            }
            Set<ClassLoader> met = codec.takeMet();
            SubmittedChunk<R> chunk = new SubmittedChunk<>(
                    met.isEmpty() ? code : List.of(code, met), codecs, Arrays.copyOf(unsent, items));
            if (sent == 0) chunk.nothingWasSent();
            else dispatcher.submit(call(new Items(sent, codec.take()), chunk));
            return chunk;
        } finally {
            codecs.giveBack(codec);
        }
    }

    private Call call(Items arguments, SubmittedChunk<R> chunk) {
        return joinable ? Call.joinable(function, arguments, chunk) : new Call(function, arguments, chunk);
    }

    @Override
    public void end() {
        pool = null;
        dispatcher.close(function);
    }
}
