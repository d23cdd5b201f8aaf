/**
 * What runs inside a child JVM. Start at {@link io.coppice.worker.WorkerMain}; {@link io.coppice.worker.CallLoop} is
 * the one thread that reads calls, runs them and answers; {@link io.coppice.worker.Lifeline} ends the JVM when the
 * parent is gone.
 *
 * <p>Depends on the JDK, io.coppice.wire and io.coppice.wire.payload, and must not touch Netty, SLF4J or
 * {@code io.coppice}: the time this package takes to load is the time a user waits for a worker.
 */
@NullMarked
package io.coppice.worker;

import org.jspecify.annotations.NullMarked;
