package io.coppice.code;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the code of a class file names by number (JVMS 4.4). */
final class ConstantPool {
    /** Where it stands in a class file. */
    static final int OFFSET = 8;

    static final int CLASS = 7;
    static final int FIELD = 9;
    static final int METHOD = 10;
    static final int INTERFACE_METHOD = 11;
    static final int METHOD_HANDLE = 15;
    static final int DYNAMIC = 17;
    static final int INVOKE_DYNAMIC = 18;

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private final ByteBuffer file;
    private final int[] at; // where a constant's tag stands; 0: nowhere

    /** Reads the pool at the buffer's position, and leaves the buffer behind it. */
    ConstantPool(ByteBuffer file) {
        this.file = file.duplicate();
        at = new int[u2(file)];
        for (int i = 1; i < at.length; i++) {
            at[i] = file.position();
            int tag = file.get();
            skip(file, tag == UTF8 ? u2(file) : length(tag));
            if (tag == LONG || tag == DOUBLE) i++; // takes two numbers
        }
    }

    private static int length(int tag) {
        return switch (tag) {
            case CLASS, 8, 16, 19, 20 -> 2; // String, MethodType, Module, Package
            case METHOD_HANDLE -> 3;
            case 3, 4, FIELD, METHOD, INTERFACE_METHOD, 12, DYNAMIC, INVOKE_DYNAMIC -> 4; // Integer, Float, NameAndType
            case LONG, DOUBLE -> 8;
            default -> throw new IllegalArgumentException("unknown kind of constant: tag=" + tag);
        };
    }

    /** The binary names of all classes in it. */
    Set<String> classNames() {
        Set<String> names = new LinkedHashSet<>();
        for (int constant = 1; constant < at.length; constant++) {
            if (at[constant] == 0 || tag(constant) != CLASS) continue;
            String name = className(constant);
            if (name.indexOf('/') >= 0 || name.length() > 1) names.add(name.replace('/', '.'));
        }
        return names;
    }

    int tag(int constant) {
        return file.get(start(constant));
    }

    /** The operands of a constant, behind its tag. */
    int u1(int constant, int offset) {
        return file.get(start(constant) + 1 + offset) & 0xFF;
    }

    int u2(int constant, int offset) {
        return file.getShort(start(constant) + 1 + offset) & 0xFFFF;
    }

    /** The name of a class, with slashes; for an array, that of what it is an array of. */
    String className(int constant) {
        String name = utf8(u2(constant, 0));
        if (!name.startsWith("[")) return name;
        String element = name.substring(name.lastIndexOf('[') + 1);
        return element.startsWith("L") ? element.substring(1, element.length() - 1) : element;
    }

    String utf8(int constant) {
        int text = start(constant) + 1; // in modified UTF-8, as DataInput reads it, with its length in front
        try {
            return new DataInputStream(new ByteArrayInputStream(file.array(), text, 2 + u2(constant, 0))).readUTF();
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private int start(int constant) {
        if (at[constant] == 0) throw new IllegalArgumentException("no such constant: number=" + constant);
        return at[constant];
    }

    /** An unsigned number of two bytes. */
    static int u2(ByteBuffer in) {
        return in.getShort() & 0xFFFF;
    }

    static void skip(ByteBuffer in, int bytes) {
        in.position(Math.addExact(in.position(), bytes));
    }
}
