package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A lambda as the parts of its {@link SerializedLambda}, with what it captured as a graph of values. Read back by the
 * capturing class's own {@code $deserializeLambda$}. (Kryo's ClosureSerializer logs stack traces and fails in JShell.)
 */
final class LambdaSerializer extends Serializer<Object> {
    @Override
    public void write(Kryo kryo, Output out, Object lambda) {
        SerializedLambda form = Lambdas.serializedForm(lambda);
        if (form == null) throw KryoSetup.sneaky(Refusal.of(lambda));
        try {
            Class<?> capturing = Lambdas.capturingClass(lambda, form);
            out.writeVarInt(((KryoSetup) kryo).space().loaderOf(capturing), true);
            out.writeString(capturing.getName());
        } catch (NotSerializableException | ClassNotFoundException notThere) {
            throw KryoSetup.sneaky(notThere);
        }
        out.writeString(form.getFunctionalInterfaceClass());
        out.writeString(form.getFunctionalInterfaceMethodName());
        out.writeString(form.getFunctionalInterfaceMethodSignature());
        out.writeVarInt(form.getImplMethodKind(), true);
        out.writeString(form.getImplClass());
        out.writeString(form.getImplMethodName());
        out.writeString(form.getImplMethodSignature());
        out.writeString(form.getInstantiatedMethodType());
        out.writeVarInt(form.getCapturedArgCount(), true);
        for (int i = 0; i < form.getCapturedArgCount(); i++) kryo.writeClassAndObject(out, form.getCapturedArg(i));
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        int loader = in.readVarInt(true);
        String capturingName = in.readString();
        try {
            Class<?> capturing = ((KryoSetup) kryo).space().find(loader, capturingName);
            String interfaceClass = in.readString();
            String interfaceMethod = in.readString();
            String interfaceSignature = in.readString();
            int implKind = in.readVarInt(true);
            String implClass = in.readString();
            String implMethod = in.readString();
            String implSignature = in.readString();
            String instantiatedType = in.readString();
            @Nullable Object[] captured = new Object[((CheckedInput) in).checked(in.readVarInt(true), 1)];
            for (int i = 0; i < captured.length; i++) captured[i] = kryo.readClassAndObject(in);
            SerializedLambda form = new SerializedLambda(
                    capturing,
                    interfaceClass,
                    interfaceMethod,
                    interfaceSignature,
                    implKind,
                    implClass,
                    implMethod,
                    implSignature,
                    instantiatedType,
                    captured);
            Method deserialize = capturing.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
            deserialize.setAccessible(true);
            return deserialize.invoke(null, form);
        } catch (InvocationTargetException failed) {
            throw KryoSetup.sneaky(failed.getTargetException());
        } catch (ReflectiveOperationException failed) {
            throw KryoSetup.sneaky(failed);
        }
    }
}
