package io.coppice.pool;

import io.coppice.code.CodeServer;
import io.coppice.launch.LaunchSettings;
import io.coppice.wire.Items;

/**
 * What a pool is made of.
 *
 * @param name in thread names and messages
 * @param maxTasksPerChild a worker leaves when it was given so many calls
 * @param onDeath what the death of a worker costs
 * @param spareWorkers so many more than {@code maxWorkers} are up, to step in for those that end
 * @param mostResidentBytes a worker whose process has more memory than this is replaced; Long.MAX_VALUE: none is
 * @param setup what a worker is told at first: the user's serializers, and function and arguments of the initializer
 * @param code gives workers the classes that they lack
 * @param ofTheApi a class of the module that holds the user's function types, for its jar to be found by
 * @param initializerFailure reads what an initializer threw
 */
public record PoolSettings(
        String name,
        int maxWorkers,
        int maxTasksPerChild,
        DeathPolicy onDeath,
        int spareWorkers,
        long mostResidentBytes,
        LaunchSettings launch,
        Items setup,
        CodeServer code,
        Class<?> ofTheApi,
        InitializerFailure initializerFailure) {

    /** Turns the outcome of an initializer into what it failed with. */
    public interface InitializerFailure {
        /** The failure. */
        Throwable read(Items outcome, String origin);
    }
}
