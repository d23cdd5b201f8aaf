package io.coppice.code;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What instructions name: classes, fields and methods, also those that they name through bootstrap methods. */
final class CodeReferences {
    /** How something is named; {@link #CLASS} where the named class may get, or has, instances. */
    enum Kind {
        STATIC_FIELD,
        STATIC_METHOD,
        CLASS
    }

    /** @param owner a class, its name with slashes; {@code member} is empty for a class itself */
    record Reference(Kind kind, String owner, String member) {}

    /** How many bytes of operands each instruction has (JVMS 6.5), from 0 on; the three of no fixed length as {@code *}. */
    private static final String OPERANDS = "0".repeat(16)
            + "12122" // bipush .. ldc2_w
            + "11111" // iload .. aload
            + "0".repeat(28)
            + "11111" // istore .. astore
            + "0".repeat(73)
            + "2" // iinc
            + "0".repeat(20)
            + "2".repeat(16) // ifeq .. jsr
            + "1**" // ret, tableswitch, lookupswitch
            + "0".repeat(6)
            + "222222244" // getstatic .. invokedynamic
            + "21200220" // new .. monitorenter
            + "0*3" // monitorexit, wide, multianewarray
            + "2244"; // ifnull .. jsr_w

    private static final int LDC = 18;
    private static final int LDC2_W = 20;
    private static final int IINC = 132;
    private static final int TABLESWITCH = 170;
    private static final int LOOKUPSWITCH = 171;
    private static final int GETSTATIC = 178;
    private static final int PUTSTATIC = 179;
    private static final int INVOKESTATIC = 184;
    private static final int NEW = 187;
    private static final int ANEWARRAY = 189;
    private static final int CHECKCAST = 192;
    private static final int INSTANCEOF = 193;
    private static final int WIDE = 196;
    private static final int MULTIANEWARRAY = 197;

    private static final int HANDLE_GETSTATIC = 2;
    private static final int HANDLE_PUTSTATIC = 4;
    private static final int HANDLE_INVOKESTATIC = 6;

    private final ConstantPool constants;
    private final int[][] bootstraps;
    private final Predicate<String> owners;
    private final Set<Reference> found = new LinkedHashSet<>();
    private final BitSet bootstrapsSeen = new BitSet();

    /**
     * @param bootstraps the bootstrap methods: for each the constants of the method and of its arguments
     * @param owners of which classes references are wanted
     */
    CodeReferences(ConstantPool constants, int[][] bootstraps, Predicate<String> owners) {
        this.constants = constants;
        this.bootstraps = bootstraps;
        this.owners = owners;
    }

    /** All references in the instructions of one method. */
    Set<Reference> of(ByteBuffer code) {
        while (code.hasRemaining()) {
            int at = code.position();
            int instruction = code.get() & 0xFF;
            if (instruction == LDC) constant(instruction, code.get(at + 1) & 0xFF);
            else if (namesAConstant(instruction)) constant(instruction, code.getShort(at + 1) & 0xFFFF);
            ConstantPool.skip(code, operands(instruction, code));
        }
        return found;
    }

    private static boolean namesAConstant(int instruction) {
        return instruction > LDC && instruction <= LDC2_W
                || instruction >= GETSTATIC && instruction <= NEW
                || instruction == ANEWARRAY
                || instruction == CHECKCAST
                || instruction == INSTANCEOF
                || instruction == MULTIANEWARRAY;
    }

    /** The operands' length; for a switch the buffer moves to its table. */
    private static int operands(int instruction, ByteBuffer code) {
        if (instruction >= OPERANDS.length())
            throw new IllegalArgumentException("unknown instruction: opcode=" + instruction);
        switch (instruction) {
            case WIDE:
                return (code.get(code.position()) & 0xFF) == IINC ? 5 : 3;
            case TABLESWITCH:
                align(code);
                code.getInt(); // default
                int low = code.getInt();
                return Math.multiplyExact(4, Math.addExact(Math.subtractExact(code.getInt(), low), 1));
            case LOOKUPSWITCH:
                align(code);
                code.getInt();
                return Math.multiplyExact(8, code.getInt());
            default:
                return OPERANDS.charAt(instruction) - '0';
        }
    }

    /** Tables begin at a multiple of four, counted from the method's first instruction. */
    private static void align(ByteBuffer code) {
        ConstantPool.skip(code, -code.position() & 3);
    }

    private void constant(int instruction, int constant) {
        switch (constants.tag(constant)) {
            case ConstantPool.CLASS -> add(Kind.CLASS, constants.className(constant), "");
            case ConstantPool.FIELD ->
                member(
                        instruction == GETSTATIC || instruction == PUTSTATIC ? Kind.STATIC_FIELD : Kind.CLASS,
                        constant,
                        false);
            case ConstantPool.METHOD, ConstantPool.INTERFACE_METHOD ->
                member(instruction == INVOKESTATIC ? Kind.STATIC_METHOD : Kind.CLASS, constant, true);
            case ConstantPool.METHOD_HANDLE -> handle(constant);
            case ConstantPool.DYNAMIC, ConstantPool.INVOKE_DYNAMIC -> bootstrap(constants.u2(constant, 0));
            default -> {} // a number, a string: names nothing
        }
    }

    private void handle(int constant) {
        int member = constants.u2(constant, 1);
        switch (constants.u1(constant, 0)) {
            case HANDLE_GETSTATIC, HANDLE_PUTSTATIC -> member(Kind.STATIC_FIELD, member, false);
            case HANDLE_INVOKESTATIC -> member(Kind.STATIC_METHOD, member, true);
            default -> member(Kind.CLASS, member, false);
        }
    }

    private void bootstrap(int number) {
        if (bootstrapsSeen.get(number)) return;
        bootstrapsSeen.set(number);
        for (int constant : bootstraps[number]) constant(0, constant);
    }

    private void member(Kind kind, int constant, boolean withDescriptor) {
        String owner = constants.className(constants.u2(constant, 0));
        if (!owners.test(owner)) return;
        int nameAndType = constants.u2(constant, 2);
        String name = constants.utf8(constants.u2(nameAndType, 0));
        if (kind == Kind.CLASS) add(kind, owner, "");
        else add(kind, owner, withDescriptor ? name + constants.utf8(constants.u2(nameAndType, 2)) : name);
    }

    private void add(Kind kind, String owner, String member) {
        if (owners.test(owner)) found.add(new Reference(kind, owner, member));
    }
}
