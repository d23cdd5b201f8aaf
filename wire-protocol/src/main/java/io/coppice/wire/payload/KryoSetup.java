package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.SerializerFactory.FieldSerializerFactory;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.ClosureSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.EnumNameSerializer;
import com.esotericsoftware.kryo.kryo5.util.DefaultGenerics;
import com.esotericsoftware.kryo.kryo5.util.Generics;
import com.esotericsoftware.kryo.kryo5.util.Util;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kryo as Coppice uses it: any class, cycles kept, and for each class the serializer that brings it back as it was, or
 * a refusal ({@link SerializerChoice}); never Kryo's habit of claiming every collection and breaking it on the way back.
 */
final class KryoSetup extends Kryo {
    private static final byte[] NO_BYTES = new byte[0];

    static {
        avoidUnsafe();
        TooDeep.prepare();
    }

    private final Output out = new Output(NO_BYTES, PayloadBuffer.MAX_BYTES);
    private final CheckedInput in = new CheckedInput();
    private final WriteTrail trail = new WriteTrail();
    private final ClassNames names;
    private final References references;
    private final Forms forms;
    private final SerializerChoice choice = new SerializerChoice(this);
    private final Registration throwables;
    private final Registration paths;
    private final Registration proxies;
    private final Registration withForms;
    private Generics generics = new DefaultGenerics(this);

    KryoSetup(ClassSpace space, List<Form> forms) {
        this(new ClassNames(space), new References(), forms);
    }

    private KryoSetup(ClassNames names, References references, List<Form> forms) {
        super(names, references);
        this.names = names;
        this.references = references;
        this.forms = new Forms(forms);
        setRegistrationRequired(false);
        setInstantiatorStrategy(Instances::instantiatorOf);
        setDefaultSerializer(allFields());
        addDefaultSerializer(Enum.class, EnumNameSerializer.class);
        ImmutableSerializers.addTo(this);
        // Kryo writes every lambda under this class.
        register(ClosureSerializer.Closure.class, new LambdaSerializer());
        throwables = register(Throwable.class, new ThrowableSerializer());
        paths = register(Path.class, new PathSerializer());
        proxies = register(Proxy.class, new ProxySerializer());
        withForms = register(Forms.class, this.forms);
        register(SerializedLambda.class, new LambdaSerializer());
    }

    /** Kryo reads this once; its Unsafe path prints warnings on JDK 25 and gains nothing measurable on 17. */
    private static void avoidUnsafe() {
        String property = "kryo.unsafe";
        String before = System.getProperty(property);
        System.setProperty(property, "false");
        boolean unsafe = Util.unsafe;
        if (before == null) System.clearProperty(property);
        else System.setProperty(property, before);
        assert !unsafe;
    }

    /** Where graphs are written, and read from: other bytes for each. */
    Output out() {
        return out;
    }

    CheckedInput in() {
        return in;
    }

    void letGoOfBytes() {
        out.setBuffer(NO_BYTES, PayloadBuffer.MAX_BYTES);
        in.clear();
    }

    /** The synthetic ones too: the enclosing instance, and what an anonymous class has captured. */
    private static FieldSerializerFactory allFields() {
        FieldSerializerFactory factory = new FieldSerializerFactory();
        factory.getConfig().setIgnoreSyntheticFields(false);
        return factory;
    }

    /**
     * All throwables under one class: a name that the other side does not know would end the reading of the rest. And all
     * paths, dynamic proxies and values with a form of the user's: their classes may be of one side only.
     */
    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public Registration getRegistration(Class type) {
        if (forms.have(type)) return withForms;
        if (Throwable.class.isAssignableFrom(type)) return throwables;
        if (Path.class.isAssignableFrom(type)) return paths;
        return Proxy.isProxyClass(type) ? proxies : super.getRegistration(type);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public Serializer getDefaultSerializer(Class type) {
        return choice.of(type);
    }

    /** What Kryo would choose. */
    Serializer<?> kryosChoice(Class<?> type) {
        return super.getDefaultSerializer(type);
    }

    /** Where Kryo knows nothing better than the fields, which the JDK's modules do not open to it. */
    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    protected Serializer newDefaultSerializer(Class type) {
        return JavaHooks.isOfTheJdk(type) ? SerializerChoice.java(type) : super.newDefaultSerializer(type);
    }

    // Every object of a graph is written by one of these five, which note a failure on its way out.

    @Override
    public void writeClassAndObject(Output out, @Nullable Object value) {
        try {
            super.writeClassAndObject(out, value);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    @Override
    public void writeObject(Output out, Object value) {
        try {
            super.writeObject(out, value);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public void writeObject(Output out, Object value, Serializer serializer) {
        try {
            super.writeObject(out, value, serializer);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public void writeObjectOrNull(Output out, @Nullable Object value, Class type) {
        try {
            super.writeObjectOrNull(out, value, type);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public void writeObjectOrNull(Output out, @Nullable Object value, Serializer serializer) {
        try {
            super.writeObjectOrNull(out, value, serializer);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    ClassNames names() {
        return names;
    }

    References references() {
        return references;
    }

    Forms forms() {
        return forms;
    }

    /** What was being written when this failure came. */
    WriteTrail trail() {
        return trail;
    }

    @Override
    public Generics getGenerics() {
        return generics;
    }

    /** Does something that may fail halfway with a record of generic types of its own, which would be left in disorder. */
    void apart(Runnable action) {
        Generics before = generics;
        generics = new DefaultGenerics(this);
        try {
            action.run();
        } finally {
            generics = before;
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
        throw (E) failure;
    }
}
