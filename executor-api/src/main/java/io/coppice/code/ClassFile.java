package io.coppice.code;

import io.coppice.code.CodeReferences.Reference;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * As much of a class file as tells what its code refers to (JVMS 4), of any version: what is not looked at is skipped by
 * its length. Immutable.
 */
final class ClassFile {
    private static final int MAGIC = 0xCAFEBABE;

    /** @param references none, if the method has no code */
    record Method(boolean isStatic, Set<Reference> references) {}

    private final List<String> supertypes = new ArrayList<>();
    private final Map<String, Method> methods = new HashMap<>();

    /**
     * @param owners of which classes references are wanted: told their names, with slashes
     * @throws RuntimeException if this is no class file, or has something unknown in it
     */
    ClassFile(byte[] bytes, Predicate<String> owners) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt() != MAGIC) throw new IllegalArgumentException("not a class file: bytes=" + bytes.length);
        ConstantPool.skip(in, 4); // version
        ConstantPool constants = new ConstantPool(in);
        ConstantPool.skip(in, 4); // access flags, this class
        supertypes(in, constants);
        skipMembers(in); // fields
        int behindFields = in.position();
        skipMembers(in); // methods: their code refers to bootstrap methods, which come last
        int[][] bootstraps = bootstraps(in, constants);
        methods(in.position(behindFields), constants, bootstraps, owners);
    }

    /** The superclass and the interfaces, their names with slashes. */
    List<String> supertypes() {
        return supertypes;
    }

    /** The declared methods and constructors by name and descriptor: {@code "size()I"}. */
    Map<String, Method> methods() {
        return methods;
    }

    private void supertypes(ByteBuffer in, ConstantPool constants) {
        int superclass = ConstantPool.u2(in);
        if (superclass != 0) supertypes.add(constants.className(superclass));
        for (int left = ConstantPool.u2(in); left > 0; left--) supertypes.add(constants.className(ConstantPool.u2(in)));
    }

    private static void skipMembers(ByteBuffer in) {
        for (int left = ConstantPool.u2(in); left > 0; left--) {
            ConstantPool.skip(in, 6); // access flags, name, descriptor
            for (int attributes = ConstantPool.u2(in); attributes > 0; attributes--) skipAttribute(in);
        }
    }

    private static void skipAttribute(ByteBuffer in) {
        ConstantPool.skip(in, 2); // name
        ConstantPool.skip(in, in.getInt());
    }

    private static int[][] bootstraps(ByteBuffer in, ConstantPool constants) {
        for (int attributes = ConstantPool.u2(in); attributes > 0; attributes--) {
            if (!constants.utf8(ConstantPool.u2(in)).equals("BootstrapMethods")) {
                ConstantPool.skip(in, in.getInt());
                continue;
            }
            in.getInt(); // length
            int[][] bootstraps = new int[ConstantPool.u2(in)][];
            for (int i = 0; i < bootstraps.length; i++) {
                int method = ConstantPool.u2(in);
                int[] named = new int[1 + ConstantPool.u2(in)];
                named[0] = method;
                for (int j = 1; j < named.length; j++) named[j] = ConstantPool.u2(in);
                bootstraps[i] = named;
            }
            return bootstraps;
        }
        return new int[0][];
    }

    private void methods(ByteBuffer in, ConstantPool constants, int[][] bootstraps, Predicate<String> owners) {
        for (int left = ConstantPool.u2(in); left > 0; left--) {
            boolean isStatic = Modifier.isStatic(ConstantPool.u2(in));
            String key = constants.utf8(ConstantPool.u2(in)) + constants.utf8(ConstantPool.u2(in));
            Set<Reference> references = Set.of();
            for (int attributes = ConstantPool.u2(in); attributes > 0; attributes--) {
                String name = constants.utf8(ConstantPool.u2(in));
                int end = Math.addExact(in.getInt(), in.position());
                if (name.equals("Code")) references = new CodeReferences(constants, bootstraps, owners).of(code(in));
                in.position(end);
            }
            methods.put(key, new Method(isStatic, references));
        }
    }

    /** The instructions of a Code attribute, counted from the first of them. */
    private static ByteBuffer code(ByteBuffer in) {
        ConstantPool.skip(in, 4); // depth of the stack, local variables
        int length = in.getInt();
        return in.slice(in.position(), length);
    }
}
