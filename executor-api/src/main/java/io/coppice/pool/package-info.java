/**
 * The engine of the process pool. Start at {@link io.coppice.pool.Dispatcher}: one thread that owns all state, takes
 * {@link io.coppice.pool.Call}s from any thread, and hands them to {@link io.coppice.pool.Worker}s.
 *
 * <p>It knows calls and their outcomes, never futures: each call carries a {@link io.coppice.pool.CallSink}. Depends on
 * io.coppice.launch, io.coppice.wire, io.coppice.wire.netty and io.coppice.lifetime; nothing here depends on {@code
 * io.coppice}.
 */
@NullMarked
package io.coppice.pool;

import org.jspecify.annotations.NullMarked;
