package io.coppice.wire.netty;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who has connected and is not admitted yet, in the order they came. There are only so many at a time: each takes a file
 * descriptor, of which the pool needs some. Those who come then wait in the socket's queue, and who is here must say
 * HELLO sooner: so whatever is held open by however many, a worker comes in. Loop thread only.
 */
final class Strangers {
    /**
     * @param most at a time
     * @param helloWithin between connecting and HELLO a worker does nothing but write it
     * @param inACrowdWithin the same while there are as many as may be
     */
    record Patience(int most, Duration helloWithin, Duration inACrowdWithin) {
        static final Patience OF_A_POOL = new Patience(256, Duration.ofSeconds(20), Duration.ofSeconds(5));
    }

    private final WireLoop loop;
    private final Patience patience;
    private final Duration looksEvery;
    private final Runnable crowdChanged;
    private final Set<Stranger> waiting = new LinkedHashSet<>();
    private boolean looks;

    /** @param crowdChanged told when {@link #areACrowd} may say something else */
    Strangers(WireLoop loop, Patience patience, Runnable crowdChanged) {
        this.loop = loop;
        this.patience = patience;
        this.looksEvery = patience.inACrowdWithin.dividedBy(5);
        this.crowdChanged = crowdChanged;
    }

    boolean areACrowd() {
        return waiting.size() >= patience.most;
    }

    void add(Stranger stranger) {
        waiting.add(stranger);
        if (!looks) lookAgain();
        if (waiting.size() == patience.most) crowdChanged.run();
    }

    /** It was admitted, or its connection has ended. */
    void remove(Stranger stranger) {
        boolean wereACrowd = areACrowd();
        if (waiting.remove(stranger) && wereACrowd && !areACrowd()) crowdChanged.run();
    }

    private void lookAgain() {
        looks = true;
        loop.schedule(looksEvery, this::look);
    }

    private void look() {
        looks = false;
        Duration within = areACrowd() ? patience.inACrowdWithin : patience.helloWithin;
        long now = System.nanoTime();
        for (Stranger stranger : List.copyOf(waiting)) {
            if (now - stranger.cameNanos < within.toNanos()) break; // and those behind it came later
            stranger.isLate(within);
        }
        if (!waiting.isEmpty()) lookAgain();
    }
}
