package io.coppice.bench.guard;

import io.coppice.bench.contenders.Caller;
import io.coppice.bench.contenders.OneByOne;
import io.coppice.bench.contenders.RawPingPong;

/** {@code submit(...).get()} on an idle worker, against a message there and back without a pool: medians. */
final class SubmitCheck implements Check {
    private static final double SECONDS = 0.3;

    /** Past the move to Netty, which comes after 3 seconds, and what there is to compile then. */
    private static final double WARM_UP_SECONDS = 6;

    private final OneByOne calls = new OneByOne(Caller.named("processes", 1));
    private final RawPingPong socket = new RawPingPong();

    SubmitCheck() throws Exception {}

    @Override
    public String name() {
        return "submit(…).get()";
    }

    @Override
    public String against() {
        return "raw socket";
    }

    @Override
    public double limit() {
        return Limits.SUBMIT;
    }

    @Override
    public void warmUp() throws Exception {
        socket.round(SECONDS);
        calls.round(WARM_UP_SECONDS);
    }

    @Override
    public double ours(int times) throws Exception {
        double seconds = 0;
        for (int i = 0; i < times; i++) seconds += calls.round(SECONDS)[0];
        return seconds;
    }

    @Override
    public double theirs() throws Exception {
        return socket.round(SECONDS)[0];
    }

    @Override
    public void close() throws Exception {
        calls.close();
        socket.close();
    }
}
