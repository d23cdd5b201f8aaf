package io.coppice.bench.guard;

import io.coppice.bench.contenders.Bulk;
import io.coppice.bench.contenders.RawBulk;

/** A large array there and back, against a bare socket. */
final class BulkCheck implements Check {
    private static final int LENGTH = 1_000_000;
    private static final double BYTES = 2.0 * Double.BYTES * LENGTH;
    private static final double SECONDS = 0.3;

    private final Bulk bulk = new Bulk(LENGTH);
    private final RawBulk socket = new RawBulk(LENGTH);

    BulkCheck() throws Exception {}

    @Override
    public String name() {
        return "8 MB double[] echo";
    }

    @Override
    public String against() {
        return "raw socket";
    }

    @Override
    public double limit() {
        return Limits.BULK;
    }

    @Override
    public double ours(int times) throws Exception {
        double seconds = 0;
        for (int i = 0; i < times; i++) seconds += BYTES / bulk.round(SECONDS)[0];
        return seconds;
    }

    @Override
    public double theirs() throws Exception {
        return BYTES / socket.round(SECONDS)[0];
    }

    @Override
    public void close() throws Exception {
        bulk.close();
        socket.close();
    }
}
