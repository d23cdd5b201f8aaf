package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import org.jspecify.annotations.Nullable;

/** Of a serializer that makes an object after all that it holds: see {@link References#begin()}. */
final class MadeLate extends Serializer<Object> {
    private final Serializer<Object> serializer;

    @SuppressWarnings("unchecked") // it is for the class it was looked up for
    MadeLate(Serializer<?> serializer) {
        super(serializer.getAcceptsNull(), serializer.isImmutable());
        this.serializer = (Serializer<Object>) serializer;
    }

    @Override
    public void write(Kryo kryo, Output out, @Nullable Object value) {
        References references = ((KryoSetup) kryo).references();
        if (value != null) references.begin();
        try {
            serializer.write(kryo, out, value);
        } finally {
            if (value != null) references.end();
        }
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        return serializer.read(kryo, in, type);
    }
}
