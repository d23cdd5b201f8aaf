/**
 * The parent's end of the wire: {@link io.coppice.wire.netty.WireLoop} is the event loop that the dispatcher's thread
 * drives, {@link io.coppice.wire.netty.WorkerListener} the private socket,
 * {@link io.coppice.wire.netty.WorkerChannel} one worker's connection. A {@code Carrier} waits for I/O and does it:
 * with the JDK's selector and sockets ({@code PlainCarrier}) while a pool is new, with Netty's channels
 * ({@code NettyCarrier}) once Netty is loaded ({@code NettyLoading}). Nothing else in Coppice names a Netty class, and
 * no worker loads this package.
 */
@NullMarked
package io.coppice.wire.netty;

import org.jspecify.annotations.NullMarked;
