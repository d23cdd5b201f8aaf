package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.NotSerializableException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** A dynamic proxy as its interfaces and its handler. */
final class ProxySerializer extends Serializer<Object> {
    @Override
    public void write(Kryo kryo, Output out, Object proxy) {
        KryoSetup setup = (KryoSetup) kryo;
        Class<?> type = proxy.getClass();
        if (Refusal.isBoundToItsJvm(type)) throw KryoSetup.sneaky(Refusal.of(proxy));
        Class<?>[] interfaces = type.getInterfaces();
        out.writeVarInt(interfaces.length, true);
        try {
            for (Class<?> each : interfaces) {
                out.writeVarInt(setup.names().loaderOf(each), true);
                out.writeString(each.getName());
            }
        } catch (NotSerializableException notThere) {
            throw KryoSetup.sneaky(notThere);
        }
        setup.references().begin();
        try {
            kryo.writeClassAndObject(out, Proxy.getInvocationHandler(proxy));
        } finally {
            setup.references().end();
        }
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        Class<?>[] interfaces = new Class<?>[((CheckedInput) in).checked(in.readVarInt(true), 1)];
        ClassLoader loader = ProxySerializer.class.getClassLoader();
        try {
            for (int i = 0; i < interfaces.length; i++) {
                interfaces[i] = ((KryoSetup) kryo).names().find(in.readVarInt(true), in.readString());
                // The one that sees the user's interfaces sees the JDK's.
                if (!JavaHooks.isOfTheJdk(interfaces[i])) loader = interfaces[i].getClassLoader();
            }
        } catch (ClassNotFoundException notThere) {
            throw KryoSetup.sneaky(notThere);
        }
        InvocationHandler handler = (InvocationHandler) kryo.readClassAndObject(in);
        return Proxy.newProxyInstance(loader, interfaces, handler);
    }
}
