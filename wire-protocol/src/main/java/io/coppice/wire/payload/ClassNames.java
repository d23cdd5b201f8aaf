package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;
import com.esotericsoftware.kryo.kryo5.util.IdentityObjectIntMap;
import com.esotericsoftware.kryo.kryo5.util.IntMap;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a class is named in a graph: the first time by the number of its loader and its name, then by a number of its own.
 */
final class ClassNames extends DefaultClassResolver {
    private record Name(int loader, String name) {}

    private final ClassSpace space;
    private final Map<Name, Class<?>> found = new HashMap<>();
    private final Set<Class<?>> met = new LinkedHashSet<>();
    private final List<SerializedLambda> metLambdas = new ArrayList<>();
    private boolean hasMetOthers;

    ClassNames(ClassSpace space) {
        this.space = space;
    }

    /** As {@link ClassSpace#loaderOf}, remembered for {@link #met}. */
    int loaderOf(Class<?> type) throws NotSerializableException {
        int loader;
        try {
            loader = space.loaderOf(type);
        } catch (NotSerializableException notThere) {
            throw Refusal.ofClass(type, String.valueOf(notThere.getMessage()));
        }
        if (loader != ClassSpace.CLASS_PATH) {
            met.add(type);
            hasMetOthers = true;
        }
        return loader;
    }

    /** As {@link ClassSpace#find}. */
    Class<?> find(int loader, String name) throws ClassNotFoundException {
        if (loader != ClassSpace.CLASS_PATH) hasMetOthers = true;
        return space.find(loader, name);
    }

    /** As {@link ClassSpace#check}. */
    void check(String className) throws InvalidClassException {
        space.check(className);
    }

    /** A lambda's class is made of classes that nobody looks for here. */
    void check(SerializedLambda form) throws InvalidClassException {
        LambdaMaker.check(form, space);
    }

    /** As {@link ClassSpace#takesVariables}. */
    boolean takesVariables() {
        return space.takesVariables();
    }

    /** A lambda that was written. */
    void met(SerializedLambda lambda, int loader) {
        if (loader != ClassSpace.CLASS_PATH) metLambdas.add(lambda);
    }

    /** The classes named since {@link #forgetMet}, but for those on the class path. */
    Set<Class<?>> met() {
        return met;
    }

    List<SerializedLambda> metLambdas() {
        return metLambdas;
    }

    void forgetMet() {
        if (met.isEmpty()) return;
        met.clear();
        metLambdas.clear();
    }

    /** Whether any class, ever, was not on the class path: Kryo then holds it. */
    boolean hasMetOthers() {
        return hasMetOthers;
    }

    int mark() {
        return nextNameId;
    }

    /** The names that were written since the mark will be written anew, under the same numbers or others. */
    void forgetSince(int mark, boolean sameNumbers) {
        if (nextNameId == mark) return;
        List<Class<?>> late = new ArrayList<>();
        for (Class<?> type : classToNameId.keys()) if (classToNameId.get(type, -1) >= mark) late.add(type);
        for (Class<?> type : late) classToNameId.remove(type, -1);
        if (sameNumbers) nextNameId = mark;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    protected void writeName(Output out, Class type, Registration registration) {
        out.writeByte(NAME + 2);
        if (classToNameId == null) classToNameId = new IdentityObjectIntMap<>();
        int known = classToNameId.get(type, -1);
        if (known >= 0) {
            out.writeVarInt(known, true);
            return;
        }
        int loader;
        try {
            loader = loaderOf(type);
        } catch (NotSerializableException notThere) {
            throw KryoSetup.sneaky(notThere);
        }
        int id = nextNameId++;
        classToNameId.put(type, id);
        out.writeVarInt(id, true);
        out.writeVarInt(loader, true);
        out.writeString(type.getName());
    }

    @Override
    protected Registration readName(Input in) {
        int id = in.readVarInt(true);
        if (nameIdToClass == null) nameIdToClass = new IntMap<>();
        Class<?> type = nameIdToClass.get(id);
        if (type == null) {
            type = find(new Name(in.readVarInt(true), in.readString()));
            nameIdToClass.put(id, type);
        }
        return kryo.getRegistration(type);
    }

    private Class<?> find(Name name) {
        Class<?> known = found.get(name);
        if (known != null) return known;
        try {
            Class<?> type = find(name.loader, name.name);
            found.put(name, type);
            return type;
        } catch (ClassNotFoundException notThere) {
            throw KryoSetup.sneaky(notThere);
        }
    }
}
