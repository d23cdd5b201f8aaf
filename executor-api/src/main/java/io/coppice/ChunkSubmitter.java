package io.coppice;

import io.coppice.wire.Items;
import io.coppice.wire.payload.PayloadCodec;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Items in chunks, each a call. */
final class ChunkSubmitter<R extends @Nullable Object> extends MapSubmitter<R> {
    /** A chunk whose arguments have grown past this is closed before it is full: no use in sending more at once. */
    private static final int CHUNK_BYTES = 16 << 20;

    private final int chunksize;
    private @Nullable Throwable inputFailure; // in the middle of a chunk: told when what came before is submitted

    ChunkSubmitter(Means means, Rows rows, int chunksize) {
        super(means, rows);
        this.chunksize = chunksize;
    }

    @Override
    public boolean countsChunks() {
        return true;
    }

    @Override
    boolean hasNext() {
        if (inputFailure != null) throw Rethrow.unchecked(inputFailure);
        return super.hasNext();
    }

    @Override
    void submitNext(Means means, PayloadCodec codec, Deque<MapResults.Segment<R>> into) {
        SubmittedSeries<R> chunk = new SubmittedSeries<>(means.code(), means.answers(), false);
        fill(chunk, means, codec);
        chunk.rows().hold(codec.takeMet());
        int sent = chunk.sentItems();
        if (sent > 0) means.dispatcher().submit(chunk.chunk(means.function(), new Items(sent, codec.take())));
        into.add(chunk);
    }

    private void fill(SubmittedSeries<R> chunk, Means means, PayloadCodec codec) {
        try {
            do {
                Throwable why = encodeNext(means, codec);
                if (why == null) chunk.sent();
                else chunk.notSent(why);
            } while (chunk.size() < chunksize && codec.size() < CHUNK_BYTES && rows.hasNext());
        } catch (Throwable failure) {
            if (chunk.size() == 0) throw failure;
            inputFailure = failure;
        }
    }
}
