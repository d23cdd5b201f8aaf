package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** A value by Java serialization: see {@link JavaForm}. */
final class JavaFormSerializer extends Serializer<Object> {
    @Override
    public void write(Kryo kryo, Output out, Object value) {
        JavaForm.write((KryoSetup) kryo, out, value);
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        return JavaForm.read((KryoSetup) kryo, (CheckedInput) in);
    }
}
