/**
 * What a user programs against: executors, futures, and the functions over futures, after Python's {@code
 * concurrent.futures}. Start at {@link io.coppice.ProcessPoolExecutor}; {@link io.coppice.Executor} is what both pools
 * have in common, {@link io.coppice.Future} what a call gives back, {@link io.coppice.Futures} waits for many of them.
 *
 * <p>This package turns the outcomes that the engine ({@code io.coppice.pool}) delivers into futures, and deaths of
 * workers into {@link io.coppice.BrokenProcessPool}. Its only public neighbours are the JDK's.
 */
@NullMarked
package io.coppice;

import org.jspecify.annotations.NullMarked;
