package io.coppice.pool;

import io.coppice.launch.LaunchSettings;
import io.coppice.wire.Items;

/**
 * What a pool is made of.
 *
 * @param name in thread names and messages
 * @param maxTasksPerChild a worker leaves when it was given so many calls
 * @param initializer no items, or two: function and arguments, run once in every worker
 * @param ofTheApi a class of the module that holds the user's function types, for its jar to be found by
 * @param initializerFailure reads what an initializer threw
 */
public record PoolSettings(
        String name,
        int maxWorkers,
        int maxTasksPerChild,
        LaunchSettings launch,
        Items initializer,
        Class<?> ofTheApi,
        InitializerFailure initializerFailure) {

    /** Turns the outcome of an initializer into what it failed with. */
    public interface InitializerFailure {
        /** The failure. */
        Throwable read(Items outcome, String origin);
    }
}
