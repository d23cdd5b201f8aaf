package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;
import com.esotericsoftware.kryo.kryo5.util.IdentityObjectIntMap;
import com.esotericsoftware.kryo.kryo5.util.IntMap;
import java.io.NotSerializableException;
import java.util.HashMap;
import java.util.Map;

/**
 * How a class is named in a graph: the first time by the number of its loader and its name, then by a number of its own.
 */
final class ClassNames extends DefaultClassResolver {
    private record Name(int loader, String name) {}

    private final ClassSpace space;
    private final Map<Name, Class<?>> found = new HashMap<>();

    ClassNames(ClassSpace space) {
        this.space = space;
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
            loader = space.loaderOf(type);
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
            Class<?> type = space.find(name.loader, name.name);
            found.put(name, type);
            return type;
        } catch (ClassNotFoundException notThere) {
            throw KryoSetup.sneaky(notThere);
        }
    }
}
