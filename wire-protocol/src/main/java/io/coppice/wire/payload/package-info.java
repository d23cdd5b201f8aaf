/**
 * From values to bytes and back. Start at {@link io.coppice.wire.payload.PayloadCodec}: it writes
 * {@linkplain io.coppice.wire.payload.SimpleValues simple values} as a tag and a few bytes, and everything else as a
 * Kryo graph set up by {@link io.coppice.wire.payload.KryoSetup}. Which form a class has is told by
 * {@link io.coppice.wire.payload.SerializerChoice}; how Java serialization takes part by
 * {@link io.coppice.wire.payload.JavaForm}.
 *
 * <p>What cannot be written is told with its place in the value: {@link io.coppice.wire.payload.WriteTrail} notes the
 * way a failure takes, {@link io.coppice.wire.payload.ObjectPath} puts it into words. Nothing of that is done for a value
 * that can be written.
 *
 * <p>Depends on Kryo and io.coppice.wire. Everything that can go wrong with a value comes out as
 * {@link io.coppice.wire.payload.PayloadException}, and costs the one call that holds it.
 */
@NullMarked
package io.coppice.wire.payload;

import org.jspecify.annotations.NullMarked;
