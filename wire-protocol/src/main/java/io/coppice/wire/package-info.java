/**
 * The bytes between a parent and its workers: {@link io.coppice.wire.FrameLayout} draws the header,
 * {@link io.coppice.wire.Frame} names every message, {@link io.coppice.wire.FrameEncoder} and
 * {@link io.coppice.wire.FrameDecoder} turn one into the other. docs/wire-format.md is the normative text.
 *
 * <p>Depends on the JDK alone (no Netty, no Kryo): both sides use it, and the worker's start is the user's time.
 */
@NullMarked
package io.coppice.wire;

import org.jspecify.annotations.NullMarked;
