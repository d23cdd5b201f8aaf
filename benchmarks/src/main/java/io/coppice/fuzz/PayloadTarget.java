package io.coppice.fuzz;

import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A codec that reads values, or a call's arguments. */
final class PayloadTarget implements Target {
    private static final byte GRAPH = 0x20;
    private static final int MOST_CAUSES = 100;

    /** Some that carry code, some that Kryo or Java serialization treat in a way of their own, some that are none. */
    private static final List<String> CLASS_NAMES = List.of(
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.lang.ProcessBuilder",
            "java.lang.Class",
            "java.lang.invoke.SerializedLambda",
            "java.lang.invoke.MethodHandle",
            "java.lang.ref.SoftReference",
            "java.io.FileOutputStream",
            "java.io.File",
            "java.net.URI",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.locks.ReentrantLock",
            "java.util.Optional",
            "java.util.Properties",
            "java.util.Collections$EmptyList",
            "java.util.Collections$SynchronizedMap",
            "java.util.ImmutableCollections$MapN",
            "java.util.concurrent.ConcurrentSkipListMap",
            "java.util.GregorianCalendar",
            "java.util.IdentityHashMap",
            "java.util.EnumMap",
            "java.util.RegularEnumSet",
            "java.util.BitSet",
            "java.util.LinkedList",
            "java.time.Ser",
            "java.math.BigInteger",
            "java.sql.Timestamp",
            "java.lang.StackOverflowError",
            "io.coppice.ProcessPoolExecutor",
            "io.coppice.wire.payload.Part",
            "io.coppice.fuzz.PayloadSamples$Point",
            "io.coppice.fuzz.PayloadSamples$Plain",
            "[I",
            "[[Ljava.lang.Object;",
            "[Ljava.util.List;",
            "[",
            "no.such.Class",
            "");

    private final PayloadCodec codec;
    private final Mutator mutator;
    private final int arguments;

    private PayloadTarget(PayloadCodec codec, List<byte[]> samples, int arguments) {
        this.codec = codec;
        this.mutator = new Mutator(samples);
        this.arguments = arguments;
    }

    static Target ofValues(PayloadCodec codec, List<byte[]> samples) {
        return new PayloadTarget(codec, samples, 0);
    }

    static Target ofArguments(PayloadCodec codec, List<byte[]> samples, int arguments) {
        return new PayloadTarget(codec, samples, arguments);
    }

    @Override
    public byte[] input(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> ofAClass(random);
            case 1 -> small(random);
            default -> mutator.mutant(random);
        };
    }

    /** A graph that begins with an object of a class by name, and goes on anyhow. */
    private static byte[] ofAClass(SplittableRandom random) {
        String name = CLASS_NAMES.get(random.nextInt(CLASS_NAMES.size()));
        ByteBuffer bytes = ByteBuffer.allocate(name.length() + 6 + random.nextInt(40));
        bytes.put(GRAPH).put((byte) 1).put((byte) 0).put((byte) (random.nextInt(10) == 0 ? 1 : 0));
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        if (text.length > 0) text[text.length - 1] |= (byte) 0x80; // where it ends
        bytes.put(text).put((byte) 1);
        while (bytes.hasRemaining()) bytes.put(anyByte(random));
        return bytes.array();
    }

    private static byte[] small(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(40)];
        for (int at = 0; at < bytes.length; at++) bytes[at] = anyByte(random);
        if (bytes.length > 0) bytes[0] = (byte) random.nextInt(40); // a tag
        return bytes;
    }

    private static byte anyByte(SplittableRandom random) {
        return (byte) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(18));
    }

    @Override
    public boolean takes(byte[] input) throws Throwable {
        try {
            if (arguments > 0) codec.readArguments(input, 0, input.length, new @Nullable Object[arguments]);
            else codec.readValue(input, 0, input.length);
            return true;
        } catch (PayloadException refused) {
            Throwable cause = refused;
            for (int level = 0; level < MOST_CAUSES && cause != null; level++) {
                if (cause instanceof OutOfMemoryError) throw cause;
                cause = cause.getCause();
            }
            return false;
        }
    }

    @Override
    public long mostAllocated(int length) {
        return (8L << 20) + 2048L * length;
    }
}
