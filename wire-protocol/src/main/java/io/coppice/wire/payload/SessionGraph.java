package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.NotSerializableException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value in one graph with the variables of an interactive session that its code uses: static fields, which nothing
 * else would set on the other side. What value and variables share stays shared.
 */
final class SessionGraph {
    private static final OfSessionGraph SERIALIZER = new OfSessionGraph();

    private final @Nullable Object value;
    private final List<Field> variables;
    private final List<@Nullable Object> values = new ArrayList<>();

    private SessionGraph(@Nullable Object value, List<Field> variables) {
        this.value = value;
        this.variables = variables;
    }

    @Nullable
    Object value() {
        return value;
    }

    /** What it holds, as {@link Contents} tells it. */
    boolean visit(Contents.Visitor visitor) {
        for (int i = 0; i < values.size(); i++) {
            String name = variables.get(i).getName();
            if (visitor.visit(values.get(i), () -> "snippet variable " + name)) return true;
        }
        return false;
    }

    /** The variables that the code uses which was met since {@link ClassNames#forgetMet}. */
    static List<Field> variables(ClassSpace space, ClassNames names) {
        return space.variablesUsedBy(names.met(), names.metLambdas());
    }

    /** @return these variables and those that code in their values uses: if there are more, it must be written again */
    static List<Field> write(
            KryoSetup kryo, Output out, ClassSpace space, @Nullable Object value, List<Field> variables) {
        kryo.names().forgetMet();
        kryo.writeObject(out, new SessionGraph(value, variables), SERIALIZER);
        Set<Field> all = new LinkedHashSet<>(variables);
        all.addAll(variables(space, kryo.names()));
        return List.copyOf(all);
    }

    /** @return the value; the variables are set */
    static @Nullable Object read(KryoSetup kryo, Input in) {
        if (!kryo.names().takesVariables())
            throw new IllegalArgumentException("variables of an interactive session, where none are taken");
        SessionGraph graph = kryo.readObject(in, SessionGraph.class, SERIALIZER);
        for (int i = 0; i < graph.variables.size(); i++)
            try {
                graph.variables.get(i).set(null, graph.values.get(i));
            } catch (IllegalAccessException notOpen) {
                throw KryoSetup.sneaky(notOpen);
            }
        return graph.value;
    }

    private static final class OfSessionGraph extends Serializer<SessionGraph> {
        @Override
        public void write(Kryo kryo, Output out, SessionGraph graph) {
            out.writeVarInt(graph.variables.size(), true);
            try {
                for (Field variable : graph.variables) {
                    Class<?> owner = variable.getDeclaringClass();
                    out.writeVarInt(((KryoSetup) kryo).names().loaderOf(owner), true);
                    out.writeString(owner.getName());
                    out.writeString(variable.getName());
                    variable.setAccessible(true);
                    graph.values.add(variable.get(null));
                }
            } catch (NotSerializableException | IllegalAccessException notThere) {
                throw KryoSetup.sneaky(notThere);
            }
            kryo.writeClassAndObject(out, graph.value);
            for (Object each : graph.values) kryo.writeClassAndObject(out, each);
        }

        @Override
        public SessionGraph read(Kryo kryo, Input in, Class<? extends SessionGraph> type) {
            int count = ((CheckedInput) in).checked(in.readVarInt(true), 1);
            List<Field> variables = new ArrayList<>();
            for (int i = 0; i < count; i++) variables.add(variable(kryo, in));
            SessionGraph graph = new SessionGraph(kryo.readClassAndObject(in), variables);
            for (int i = 0; i < count; i++) graph.values.add(kryo.readClassAndObject(in));
            return graph;
        }

        private static Field variable(Kryo kryo, Input in) {
            int loader = in.readVarInt(true);
            String owner = in.readString();
            String name = in.readString();
            try {
                Class<?> type = ((KryoSetup) kryo).names().find(loader, owner);
                Field field = type.getDeclaredField(name);
                if (loader == ClassSpace.CLASS_PATH || !Modifier.isStatic(field.getModifiers()))
                    throw new NoSuchFieldException(owner + "." + name + " is no variable of an interactive session");
                field.setAccessible(true);
                return field;
            } catch (ClassNotFoundException | NoSuchFieldException notThere) {
                throw KryoSetup.sneaky(notThere);
            }
        }
    }
}
