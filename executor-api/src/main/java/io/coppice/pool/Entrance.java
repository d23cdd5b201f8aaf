package io.coppice.pool;

import io.coppice.launch.Death.Circumstance;
import io.coppice.lifetime.Log;
import io.coppice.wire.Frame;
import io.coppice.wire.Handshake;
import io.coppice.wire.netty.WorkerChannel;
import io.coppice.wire.netty.WorkerListener;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Who may come in at a pool's socket: each worker that was started, once, with its token. Dispatcher thread only. */
final class Entrance implements WorkerListener.Admission {
    private final Collection<Worker> living;
    private final WorkerOwner owner;
    private final PoolSettings settings;

    /** @param living those there are, at any time */
    Entrance(Collection<Worker> living, WorkerOwner owner, PoolSettings settings) {
        this.living = living;
        this.owner = owner;
        this.settings = settings;
    }

    @Override
    public WorkerChannel.@Nullable Events admit(Frame.Hello hello, WorkerChannel channel) {
        for (Worker worker : living) {
            // A token opens one connection, once.
            if (worker.state() != Worker.State.STARTING
                    || worker.connection.wasOpened()
                    || !worker.token.equals(hello.token())) continue;
            if (hello.version() != Handshake.VERSION) {
                String problem = Handshake.wrongVersion(hello.version());
                worker.blame.put(Circumstance.WHILE_STARTING, new IllegalStateException(problem));
                channel.send(new Frame.Refused(problem));
                channel.flush();
                return null;
            }
            worker.connected(channel, settings.setup(), settings.code());
            return worker;
        }
        return null;
    }

    @Override
    public void turnedAway(String reason, int count) {
        Logger log = Log.of(Entrance.class);
        if (count == 1)
            log.warn(
                    "a connection to the pool's private socket was turned away: pool={}, reason={}",
                    settings.name(),
                    reason);
        else
            log.warn(
                    "more connections to the pool's private socket were turned away: pool={}, count={}, reason of the"
                            + " last={}",
                    settings.name(),
                    count,
                    reason);
    }

    /** When the pool is ending, it is most likely a worker that was killed as it came. */
    @Override
    public boolean isOfInterest() {
        return !owner.isEnding();
    }
}
