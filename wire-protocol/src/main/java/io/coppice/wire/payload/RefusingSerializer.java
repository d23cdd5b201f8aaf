package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/**
 * For a class whose values are refused. A serializer, and not an exception when one is looked for: Kryo looks for that
 * of a final class even where a field of that type holds null, which can be sent.
 */
final class RefusingSerializer extends Serializer<Object> {
    private final @Nullable String why;

    RefusingSerializer() {
        this(null);
    }

    /** @param why see {@link Refusal#of(Object, String)} */
    RefusingSerializer(@Nullable String why) {
        this.why = why;
    }

    @Override
    public void write(Kryo kryo, Output out, Object value) {
        throw KryoSetup.sneaky(why == null ? Refusal.of(value) : Refusal.of(value, why));
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        throw KryoSetup.sneaky(new NotSerializableException(type.getName()));
    }
}
