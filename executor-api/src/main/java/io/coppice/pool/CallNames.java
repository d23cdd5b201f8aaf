package io.coppice.pool;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The names of the calls that one worker was handed, by turn, also of the last ones that have ended: what they have
 * printed may come later. The dispatcher's thread adds, any thread may ask.
 */
final class CallNames implements LongFunction<@Nullable String> {
    private static final int ENDED_BATCHES = 8;

    private record Names(long last, IntFunction<Supplier<String>> ofItem) {}

    private final ConcurrentSkipListMap<Long, Names> byFirstTurn = new ConcurrentSkipListMap<>();

    /** @param current the first turn without an answer */
    void handedOver(Batch batch, long current) {
        byFirstTurn.put(batch.firstTurn(), new Names(batch.lastTurn(), batch.names()));
        while (byFirstTurn.size() > ENDED_BATCHES
                && byFirstTurn.firstEntry().getValue().last() < current) byFirstTurn.pollFirstEntry();
    }

    /** @param recorded -1: the worker has noted nothing, so it has begun the first call, or none */
    @Override
    public @Nullable String apply(long recorded) {
        long turn = recorded < 0 ? 1 : recorded;
        Map.Entry<Long, Names> batch = byFirstTurn.floorEntry(turn);
        if (batch == null || turn > batch.getValue().last()) return null;
        return batch.getValue().ofItem().apply((int) (turn - batch.getKey())).get();
    }
}
