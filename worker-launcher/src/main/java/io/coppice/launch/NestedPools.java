package io.coppice.launch;

import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * How many levels of pools there may be below this process: any number, unless it is a worker or was started by one. A
 * class that submits to a pool when it is loaded would else start workers which load it, and so on without end. A worker
 * is told by a property, and by a variable that the processes it starts inherit; the less of the two counts.
 */
public final class NestedPools {
    /** In a worker. */
    public static final String PROPERTY = "coppice.nestedPools";
    /** In a worker, and in what it starts. */
    public static final String VARIABLE = "COPPICE_NESTED_POOLS";

    private NestedPools() {}

    /** @throws RejectedExecutionException if this process may have no pool that has workers */
    public static void check() {
        if (levelsHere() > 0) return;
        throw new RejectedExecutionException(
                "a worker may have no process pool of its own, as one that is made when a class is loaded would start"
                        + " workers without end: nestedPools=0; use a ThreadPoolExecutor here, or allow it where the"
                        + " outer pool is made: .context(WorkerContext.spawn().nestedPools(1)), or, for another"
                        + " program that a call starts, remove " + VARIABLE + " from its environment");
    }

    private static int levelsHere() {
        return Math.min(levels(System.getProperty(PROPERTY)), levels(System.getenv(VARIABLE)));
    }

    private static int levels(@Nullable String said) {
        if (said == null) return Integer.MAX_VALUE;
        try {
            return Integer.parseInt(said);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    /** So many below a worker, of the {@code asked}: each level has one less than the one above it. */
    static int belowAWorker(int asked) {
        return Math.max(0, Math.min(asked, levelsHere() - 1));
    }

    /** Tells a worker, and what it starts. */
    static void hand(Map<String, String> environment, int asked) {
        environment.put(VARIABLE, Integer.toString(belowAWorker(asked)));
    }
}
