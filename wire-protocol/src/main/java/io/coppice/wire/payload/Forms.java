package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Form}s of one codec, and the serializer of all values that have one: the number of the form, which both
 * sides have in the same order, and what it makes of the value.
 */
final class Forms extends Serializer<Object> {
    /** So many forms may stand in each other: more are made without an end. */
    private static final int MOST_DEEP = 500;

    /** Stands between a value and what its form has made of it, in a {@link WriteTrail}. */
    record Made(Object value, @Nullable Object made) {}

    private final List<Form> forms;
    private final Map<Class<?>, Integer> nearest = new HashMap<>();
    private int depth; // forms that are being written, one in the other

    Forms(List<Form> forms) {
        this.forms = forms;
    }

    /** Whether values of exactly this class have a form. */
    boolean have(Class<?> type) {
        return !forms.isEmpty() && numberOf(type) >= 0;
    }

    private int numberOf(Class<?> type) {
        return nearest.computeIfAbsent(type, this::search);
    }

    private int search(Class<?> type) {
        if (Form.alwaysGoesAsItIs(type)) return -1;
        int best = -1;
        for (int i = 0; i < forms.size(); i++) {
            Class<?> candidate = forms.get(i).type();
            if (!candidate.isAssignableFrom(type)) continue;
            if (best < 0
                    || forms.get(best).type() != candidate
                            && forms.get(best).type().isAssignableFrom(candidate)) best = i;
        }
        return best;
    }

    @Override
    public void write(Kryo kryo, Output out, Object value) {
        int number = numberOf(value.getClass());
        Form form = forms.get(number);
        if (depth == MOST_DEEP)
            throw KryoSetup.sneaky(Refusal.of(
                    value,
                    ", which a serializer has made within " + depth
                            + " others: do serializers make each other's values?"));
        Object made = invoke(form.toForm(), value);
        if (made != null && numberOf(made.getClass()) == number)
            throw KryoSetup.sneaky(Refusal.of(
                    value,
                    ", whose serializer for " + form.type().getTypeName() + " has made " + Refusal.named(made)
                            + " of it, which has the same serializer: let it make something else"));
        out.writeVarInt(number, true);
        References references = ((KryoSetup) kryo).references();
        references.begin();
        depth++;
        try {
            kryo.writeClassAndObject(out, made);
        } catch (Throwable failure) {
            ((KryoSetup) kryo).trail().note(failure, new Made(value, made));
            throw failure;
        } finally {
            depth--;
            references.end();
        }
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        int number = in.readVarInt(true);
        if (number < 0 || number >= forms.size())
            throw new IllegalArgumentException("a serializer that is not registered here: number=" + number);
        Form form = forms.get(number);
        Object made = kryo.readClassAndObject(in);
        Object value = invoke(form.fromForm(), made);
        if (value == null)
            throw new IllegalStateException("the serializer for " + form.type().getTypeName() + " has returned null");
        return value;
    }

    private static @Nullable Object invoke(Invocable function, @Nullable Object argument) {
        try {
            return function.invoke(new @Nullable Object[] {argument});
        } catch (Throwable thrownByTheUser) {
            throw KryoSetup.sneaky(thrownByTheUser);
        }
    }
}
