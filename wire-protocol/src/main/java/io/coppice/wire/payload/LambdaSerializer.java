package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * A lambda as the parts of its {@link SerializedLambda}, with what it captured as a graph of values. So is a
 * SerializedLambda itself, which stands for a lambda in a Java serialization. Both are read as the lambda that
 * {@link LambdaMaker} makes. (Kryo's ClosureSerializer logs stack traces and fails in JShell.)
 */
final class LambdaSerializer extends Serializer<Object> {
    private final LambdaMaker maker = new LambdaMaker();

    @Override
    public void write(Kryo kryo, Output out, Object lambda) {
        ClassNames names = ((KryoSetup) kryo).names();
        SerializedLambda form = lambda instanceof SerializedLambda itself ? itself : Lambdas.serializedForm(lambda);
        if (form == null) throw KryoSetup.sneaky(Refusal.of(lambda));
        try {
            Class<?> capturing = Lambdas.capturingClass(lambda, form);
            int loader = names.loaderOf(capturing);
            names.met(form, loader);
            out.writeVarInt(loader, true);
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
        References references = ((KryoSetup) kryo).references();
        references.begin();
        try {
            for (int i = 0; i < form.getCapturedArgCount(); i++) kryo.writeClassAndObject(out, form.getCapturedArg(i));
        } finally {
            references.end();
        }
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        int loader = in.readVarInt(true);
        String capturingName = in.readString();
        Class<?> capturing;
        try {
            capturing = ((KryoSetup) kryo).names().find(loader, capturingName);
        } catch (ClassNotFoundException notThere) {
            throw KryoSetup.sneaky(notThere);
        }
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
        try {
            ((KryoSetup) kryo).names().check(form);
        } catch (InvalidClassException notAllowed) {
            throw KryoSetup.sneaky(notAllowed);
        }
        return maker.make(capturing, form);
    }
}
