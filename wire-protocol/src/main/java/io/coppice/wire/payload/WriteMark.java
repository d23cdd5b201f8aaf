package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.io.Output;

/** A place in a graph that is being written, to go back to when what comes behind it cannot be written. */
final class WriteMark {
    private final KryoSetup kryo;
    private final Output out;
    private final int position;
    private final int names;
    private final int written;
    private final int depth;

    WriteMark(KryoSetup kryo, Output out) {
        this.kryo = kryo;
        this.out = out;
        position = out.position();
        names = kryo.names().mark();
        depth = kryo.references().depth();
        written = kryo.references().mark();
    }

    void goBack() {
        out.setPosition(position);
        kryo.names().forgetSince(names, true);
        kryo.references().backTo(written, depth);
    }

    /** What comes behind may not be read: no class named there counts as named. */
    void forgetNames() {
        kryo.names().forgetSince(names, false);
    }

    void release() {
        kryo.references().unmark();
    }
}
