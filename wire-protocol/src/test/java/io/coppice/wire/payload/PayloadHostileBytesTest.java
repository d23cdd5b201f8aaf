package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.coppice.wire.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZonedDateTime;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What comes out of bytes that nobody wrote? A value or a PayloadException, and no memory for made-up lengths. Of many more
 * of them: {@code scripts/fuzz}.
 */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage", "UnnecessaryStringBuilder"}) // values that users send
class PayloadHostileBytesTest {
    private static final int FLIPPED_PER_VALUE = 200;
    private static final int RANDOM_PAYLOADS = 3_000;

    /** Far above what these values need, far below what a made-up length would take. */
    private static final long MOST_ALLOCATED = 64 << 20;

    static final List<Object> VALUES = List.of(
            "a text of some length, with ä",
            "a text of some length, with €",
            -1_000_000,
            Long.MIN_VALUE,
            1e100,
            new byte[20],
            new int[20],
            new long[20],
            new double[20],
            new boolean[20],
            new float[20],
            new char[20],
            new short[20],
            new Object[] {1, "b", null},
            new String[] {"a", "b"},
            new int[][] {{1}, {2}},
            new ArrayList<>(List.of(1, 2, "x")),
            new ArrayList<>(Arrays.asList(null, null)),
            new HashSet<>(List.of("a", "b")),
            new HashMap<>(Map.of("a", 1, "b", 2)),
            new ConcurrentHashMap<>(Map.of("a", 1)),
            new CopyOnWriteArrayList<>(List.of(1, 2)),
            new TreeMap<>(Map.of("a", 1)),
            new PriorityQueue<>(List.of(1, 2)),
            new ArrayDeque<>(List.of(1, 2)),
            List.of(1, 2, 3),
            Set.of(1, 2, 3),
            Map.of(1, 2, 3, 4),
            Arrays.asList(1, 2, 3),
            BigInteger.TWO.pow(200),
            new BigDecimal("3.14"),
            BitSet.valueOf(new long[] {1, 2}),
            EnumSet.allOf(java.time.DayOfWeek.class),
            ZonedDateTime.parse("2026-11-22T10:00:00+01:00[Europe/Berlin]"),
            Optional.of("x"),
            new StringBuilder("sä"),
            UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
            Locale.GERMANY,
            Collections.unmodifiableList(new ArrayList<>(List.of(1, 2, 3))),
            new Vector<>(List.of(1)),
            new Stack<>(),
            new EnumMap<>(Map.of(java.time.DayOfWeek.MONDAY, 1)),
            new IdentityHashMap<>(Map.of("a", 1)),
            new PayloadGraphTest.Point(1, List.of("nested", new HashMap<>(Map.of(1, new int[3])))),
            new PayloadGraphTest.Plain("name", 2),
            PayloadGraphTest.Op.NEGATED,
            new IllegalStateException("thrown", new RuntimeException("cause")),
            (PayloadLambdaTest.Source<Object>) () -> "captured nothing",
            new PayloadFunctionTest.OfSource(() -> "captured nothing"));

    private final long seed = Long.getLong("coppice.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @FieldSource("VALUES")
    void flippedBitsGiveAValueOrARefusal(Object value) throws Exception {
        byte[] right = Travel.written(value).toArray();
        PayloadCodec codec = Travel.codec();
        for (int i = 0; i < FLIPPED_PER_VALUE; i++) {
            byte[] flipped = right.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--)
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            onlyAValueOrARefusal(codec, flipped);
        }
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void aTruncatedPayloadIsRefused(Object value) throws Exception {
        byte[] right = Travel.written(value).toArray();
        PayloadCodec codec = Travel.codec();
        for (int length = 0; length < right.length; length++) {
            Payload truncated = new Payload(right, 0, length);
            assertThatThrownBy(() -> codec.readValue(truncated)).isInstanceOf(PayloadException.class);
        }
    }

    @Test
    void randomBytesGiveAValueOrARefusal() throws Exception {
        PayloadCodec codec = Travel.codec();
        for (int i = 0; i < RANDOM_PAYLOADS; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextInt(4) > 0) bytes[0] = (byte) random.nextInt(37); // a known tag
            if (bytes.length > 1 && random.nextBoolean()) bytes[1] = (byte) random.nextInt(16); // a known class
            onlyAValueOrARefusal(codec, bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {6, 7, 37, 127, -1, -128})
    void anUnknownTagIsRefused(byte tag) {
        assertThatThrownBy(() -> Travel.read(Payload.of(new byte[] {tag, 0, 0, 0})))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("tag=" + tag);
    }

    @ParameterizedTest
    @ValueSource(bytes = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void aSimpleValuesMadeUpLengthIsRefusedBeforeItIsAllocated(byte tag) throws Exception {
        long before = allocatedByThisThread();
        for (byte top : new byte[] {0, 1, 7, 15, 127}) { // of a length up to beyond what an int holds
            byte[] length = {tag, (byte) 0xFF, -1, -1, -1, top, 0, 0};
            assertThatThrownBy(() -> Travel.read(Payload.of(length)))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("longer than its bytes");
            assertThatThrownBy(() -> SimpleValues.read(length, 0, length.length))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("longer than its bytes");
        }
        assertThat(allocatedByThisThread() - before).isLessThan(MOST_ALLOCATED);
    }

    @Test
    void aNumberThatDoesNotEndIsRefused() {
        for (byte tag : new byte[] {10, 14}) {
            byte[] endless = {tag, -1, -1, -1, -1, -1, -1, 0};
            assertThatThrownBy(() -> Travel.read(Payload.of(endless)))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("a number without an end");
        }
    }

    /** Between others' bytes, as an item lies in its frame: none of theirs is read. */
    @ParameterizedTest
    @FieldSource("VALUES")
    void aTruncatedPayloadIsRefusedWhateverStandsBehindIt(Object value) throws Exception {
        byte[] right = Travel.written(value).toArray();
        byte[] row = Arrays.copyOf(right, 2 * right.length);
        System.arraycopy(right, 0, row, right.length, right.length);
        PayloadCodec codec = Travel.codec();
        for (int length = 0; length < right.length; length++) {
            int end = length;
            assertThatThrownBy(() -> codec.readValue(row, 0, end)).isInstanceOf(PayloadException.class);
            assertThatThrownBy(() -> codec.readArguments(row, 0, end, new Object[2]))
                    .isInstanceOf(PayloadException.class);
        }
    }

    @Test
    void randomBytesAsArgumentsGiveThemOrARefusal() throws Exception {
        PayloadCodec codec = Travel.codec();
        for (int i = 0; i < RANDOM_PAYLOADS; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at += 3) bytes[at] = (byte) random.nextInt(20); // known tags
            long before = allocatedByThisThread();
            try {
                codec.readArguments(bytes, 0, bytes.length, new Object[random.nextInt(4)]);
            } catch (PayloadException refused) {
                if (isOutOfMemory(refused)) fail(told(bytes), refused);
            } catch (Throwable anythingElse) {
                fail(told(bytes), anythingElse);
            }
            assertThat(allocatedByThisThread() - before).as(() -> told(bytes)).isLessThan(MOST_ALLOCATED);
        }
    }

    @Test
    void moreNullsThanAnyoneWouldBelieveComeWithAByteEach() throws PayloadException {
        List<Object> nulls = new ArrayList<>(Collections.nCopies((1 << 20) + 1, null));
        Payload payload = Travel.written(nulls);
        assertThat(payload.length()).isGreaterThan(nulls.size());
        assertThat(Travel.<List<Object>>read(payload)).isEqualTo(nulls);
    }

    @Test
    void bytesBehindAValueAreRefused() throws PayloadException {
        for (Object value : List.of(1, "text", new ArrayList<>(List.of(1)))) {
            byte[] right = Travel.written(value).toArray();
            byte[] longer = Arrays.copyOf(right, right.length + 1);
            assertThatThrownBy(() -> Travel.read(Payload.of(longer)))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("bytesLeft=1");
        }
    }

    @Test
    void aStringBuildersMadeUpLengthIsRefusedBeforeItIsAllocated() throws Exception {
        byte[] right = Travel.written(new StringBuilder("sä")).toArray();
        int text = right.length - 4; // how long it is, and three bytes
        byte[] forged = Arrays.copyOf(right, text + 6);
        byte[] length = {(byte) 0xFF, -1, -1, -1, 7, 0};
        System.arraycopy(length, 0, forged, text, length.length);
        long before = allocatedByThisThread();
        assertThatThrownBy(() -> Travel.read(Payload.of(forged)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("longer than its bytes");
        assertThat(allocatedByThisThread() - before).isLessThan(MOST_ALLOCATED);
    }

    private void onlyAValueOrARefusal(PayloadCodec codec, byte[] bytes) throws Exception {
        long before = allocatedByThisThread();
        try {
            codec.readValue(Payload.of(bytes));
        } catch (PayloadException refused) {
            if (isOutOfMemory(refused)) fail(told(bytes), refused);
        } catch (Throwable anythingElse) {
            fail(told(bytes), anythingElse);
        }
        assertThat(allocatedByThisThread() - before).as(() -> told(bytes)).isLessThan(MOST_ALLOCATED);
    }

    private static boolean isOutOfMemory(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause())
            if (each instanceof OutOfMemoryError) return true;
        return false;
    }

    private String told(byte[] bytes) {
        return "seed=" + seed + ", bytes=" + HexFormat.of().formatHex(bytes);
    }

    /** By reflection: the module under test does not read jdk.management. */
    private static long allocatedByThisThread() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getCurrentThreadAllocatedBytes")
                .invoke(threads);
    }
}
