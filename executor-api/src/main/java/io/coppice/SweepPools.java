package io.coppice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The pool that is measured, and pools like it with other numbers of workers, which end with the measurement. */
final class SweepPools implements AutoCloseable {
    private final ProcessPoolExecutor given;
    private final SortedMap<Integer, ProcessPoolExecutor> pools = new TreeMap<>();
    private boolean isDone;

    SweepPools(ProcessPoolExecutor given, SortedSet<Integer> workers) {
        this.given = given;
        for (int count : workers) pools.put(count, count == given.maxWorkers() ? given : given.withMaxWorkers(count));
    }

    ProcessPoolExecutor of(int workers) {
        ProcessPoolExecutor pool = pools.get(workers);
        if (pool == null) throw new IllegalStateException("no pool of so many workers: workers=" + workers);
        return pool;
    }

    ProcessPoolExecutor smallest() {
        return of(pools.firstKey());
    }

    int smallestCount() {
        return pools.firstKey();
    }

    /**
     * Waits until all workers of all pools have run something, so long at most.
     *
     * @return what to know, if they have not
     */
    List<String> awaitWorkers(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (var pool : pools.entrySet()) ask(pool.getValue(), pool.getKey()); // all start at once
        List<String> notes = new ArrayList<>();
        for (var pool : pools.entrySet()) {
            int count = pool.getKey();
            Set<Long> seen = new HashSet<>();
            do {
                for (Future<Long> pid : ask(pool.getValue(), 2 * count)) seen.add(resultOf(pid));
            } while (seen.size() < count && System.nanoTime() < end);
            if (seen.size() < count)
                notes.add(
                        "Of " + count + " workers only " + seen.size() + " were seen to work before the measurement.");
        }
        return notes;
    }

    private static Long resultOf(Future<Long> pid) throws InterruptedException {
        try {
            return pid.result();
        } catch (InterruptedException | RuntimeException thrown) {
            throw thrown;
        } catch (Exception impossible) {
            throw Rethrow.unchecked(impossible);
        }
    }

    private static List<Future<Long>> ask(ProcessPoolExecutor pool, int calls) {
        List<Future<Long>> pids = new ArrayList<>();
        for (int i = 0; i < calls; i++) pids.add(pool.submit(new WorkerPid()));
        return pids;
    }

    /** Everything has ended well: nothing runs any more. */
    void done() {
        isDone = true;
    }

    @Override
    public void close() {
        pools.values().remove(given);
        if (isDone) pools.values().forEach(ProcessPoolExecutor::shutdown); // all at once
        else pools.values().forEach(ProcessPoolExecutor::killWorkers); // which may run something that takes for ever
        pools.values().forEach(ProcessPoolExecutor::close);
    }
}
