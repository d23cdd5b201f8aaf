/**
 * The parent's end of the wire, on Netty: {@link io.coppice.wire.netty.WireLoop} is the event loop that the
 * dispatcher's thread drives, {@link io.coppice.wire.netty.WorkerListener} the private socket,
 * {@link io.coppice.wire.netty.WorkerChannel} one worker's connection. Nothing else in Coppice names a Netty class,
 * and no worker loads this package.
 */
@NullMarked
package io.coppice.wire.netty;

import org.jspecify.annotations.NullMarked;
