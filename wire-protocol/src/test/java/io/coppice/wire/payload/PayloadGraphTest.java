package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does a graph of objects come back as it was, or not at all? */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage", "JavaUtilDate"}) // values that users send
class PayloadGraphTest {
    static Stream<Object> values() throws ReflectiveOperationException {
        return Stream.of(
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                Stream.of(1, null).toList(),
                Set.of(),
                Set.of(1),
                Set.of(1, 2, 3),
                Map.of(),
                Map.of(1, "a"),
                Map.of(1, "a", 2, "b", 3, "c"),
                Arrays.asList("a", null, 3),
                new ArrayList<>(Arrays.asList(1, "two", 3.0, null)),
                new ArrayList<>(Arrays.asList(null, null)),
                new LinkedList<>(List.of(1, 2)),
                new Vector<>(List.of(1, 2)),
                new Stack<Object>(),
                new HashSet<>(List.of("a", "b")),
                new LinkedHashSet<>(List.of(3, 1, 2)),
                new TreeSet<>(List.of(3, 1, 2)),
                new CopyOnWriteArrayList<>(List.of(1, 2)),
                new CopyOnWriteArraySet<>(List.of(1, 2)),
                new HashMap<>(Map.of("a", 1)),
                new LinkedHashMap<>(Map.of("a", List.of(1))),
                new Hashtable<>(Map.of(1, 2)),
                new TreeMap<>(Map.of(2, "b", 1, "a")),
                new ConcurrentHashMap<>(Map.of("k", "v")),
                new ConcurrentSkipListMap<>(Map.of(2, "b", 1, "a")),
                new EnumMap<>(Map.of(DayOfWeek.MONDAY, 1)),
                EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                EnumSet.noneOf(DayOfWeek.class),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.unmodifiableMap(new TreeMap<>(Map.of(1, 2))),
                Collections.synchronizedList(new ArrayList<>(List.of(1))),
                Collections.nCopies(3, "x"),
                Collections.emptyList(),
                Collections.singletonList(1),
                Collections.singletonMap(1, 2),
                new IdentityHashMap<>(Map.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY)),
                Optional.of("x"),
                Optional.empty(),
                OptionalInt.of(3),
                BitSet.valueOf(new long[] {5, 1L << 63}),
                new BigDecimal("-12345678901234567890.123456789"),
                BigInteger.TWO.pow(300),
                BigInteger.ZERO,
                Instant.MAX,
                Duration.ofNanos(-1),
                LocalDate.of(-5, 2, 28),
                DayOfWeek.SUNDAY,
                ZonedDateTime.of(2026, 3, 29, 2, 30, 0, 7, ZoneId.of("Europe/Berlin")),
                UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
                URI.create("http://a/b?c#d"),
                Locale.forLanguageTag("zh-Hant-TW"),
                StandardCharsets.UTF_8,
                Currency.getInstance("EUR"),
                String.class,
                new Date(1),
                timestampWithNanos(),
                new SimpleTimeZone(3_600_000, "Made/Up"),
                new AbstractMap.SimpleEntry<>("k", 1),
                new boolean[] {true, false},
                new char[] {'\uD800'},
                new short[] {-1},
                new float[] {Float.NaN},
                new String[] {"a", null},
                new Object[] {1, null, new int[] {1}},
                new int[][] {{1}, null, {}},
                new Point(1, null),
                new Point(-1, List.of(new Point(2, "x"))),
                Op.PLUS,
                Op.NEGATED,
                List.of(Op.NEGATED),
                new Plain("value", 3));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueComesBackEqualAndOfItsClass(Object value) throws PayloadException {
        Object read = Travel.travelled(value);
        assertThat(read).hasSameClassAs(value);
        if (value.getClass().isArray())
            assertThat(Objects.deepEquals(read, value)).isTrue();
        else assertThat(read).isEqualTo(value);
    }

    /** The collections that do not say whether they are equal. */
    static Stream<Collection<?>> queues() {
        return Stream.of(
                new ArrayDeque<>(List.of(1, 2)),
                new PriorityQueue<>(List.of(1, 2)),
                new ConcurrentLinkedQueue<>(List.of(1, 2)),
                new LinkedBlockingQueue<>(List.of(1, 2)),
                Collections.unmodifiableCollection(new ArrayList<>(List.of(1, 2))));
    }

    @ParameterizedTest
    @MethodSource("queues")
    void aQueueComesBackWithItsElementsInOrder(Collection<?> queue) throws PayloadException {
        Collection<?> read = Travel.travelled(queue);
        assertThat(read).hasSameClassAs(queue);
        assertThat(read.toArray()).isEqualTo(queue.toArray());
    }

    @Test
    void whatComesBackCanBeAddedTo() throws PayloadException {
        for (Collection<Object> empty : List.<Collection<Object>>of(
                new ArrayList<>(),
                new ArrayDeque<>(),
                new LinkedList<>(),
                new Vector<>(),
                new HashSet<>(),
                new LinkedHashSet<>(),
                new CopyOnWriteArrayList<>(),
                new ConcurrentLinkedQueue<>())) {
            Collection<Object> read = Travel.travelled(empty);
            for (int i = 0; i < 100; i++) read.add(i);
            assertThat(read).as(read.getClass().getName()).hasSize(100).contains(0, 99);
        }
        for (Map<Object, Object> empty :
                List.<Map<Object, Object>>of(new HashMap<>(), new LinkedHashMap<>(), new ConcurrentHashMap<>())) {
            Map<Object, Object> read = Travel.travelled(empty);
            for (int i = 0; i < 100; i++) read.put(i, i);
            assertThat(read).as(read.getClass().getName()).hasSize(100).containsEntry(99, 99);
        }
    }

    @Test
    void aPartOfAnImmutableListComesBackAsAListOfItsOwn() throws PayloadException {
        assertThat(Travel.travelled(List.of(1, 2, 3, 4).subList(1, 3))).isEqualTo(List.of(2, 3));
    }

    @Test
    void atomicsComeBackWithTheirNumber() throws PayloadException {
        assertThat(Travel.travelled(new AtomicInteger(7))).hasValue(7);
        assertThat(Travel.travelled(new AtomicLong(7))).hasValue(7);
    }

    @Test
    void anArrayListThatFillsItselfComesBackOnce() throws PayloadException {
        assertThat(Travel.travelled(fillsItself())).isEqualTo(List.of(1));
    }

    @Test
    void anEnumConstantComesBackAsItself() throws PayloadException {
        assertThat(Travel.travelled(Op.PLUS)).isSameAs(Op.PLUS);
        assertThat(Travel.travelled(Op.NEGATED)).isSameAs(Op.NEGATED);
        assertThat(Travel.travelledArguments(Op.NEGATED, Op.PLUS)).containsExactly(Op.NEGATED, Op.PLUS);
    }

    @Test
    void aClassOutsideJavaSerializationComesBackFieldByFieldWithTransientsAsItsConstructorLeavesThem()
            throws PayloadException {
        Plain plain = new Plain("v", 9);
        plain.cache = "not sent";
        Plain read = Travel.travelled(plain);
        assertThat(read).isEqualTo(plain);
        assertThat(read.cache).isEqualTo("fresh");
    }

    @Test
    void aClassWithoutADefaultConstructorComesBack() throws PayloadException {
        assertThat(Travel.travelled(new NoDefault(5)).number).isEqualTo(5);
    }

    @Test
    void aListOfManyNullsComesBack() throws PayloadException {
        assertThat(Travel.travelled(new ArrayList<>(Collections.nCopies(1 << 20, null))))
                .hasSize(1 << 20);
    }

    @Test
    void aLongListThatCopiesItselfOnWriteIsReadInOneGo() throws PayloadException {
        List<Integer> list = new CopyOnWriteArrayList<>(Collections.nCopies(1 << 20, 7));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(Travel.travelled(list)).isEqualTo(list));
    }

    @Test
    void whatHasNoMeaningElsewhereIsRefusedByName() {
        Travel.assertRefused(List.of(1, Thread.currentThread())).hasMessageContaining("Thread");
        Travel.assertRefused(new Point(1, new CompletableFuture<>())).hasMessageContaining("CompletableFuture");
    }

    @Test
    void aGraphTooDeepForTheStackIsRefusedOnBothSides() throws Exception {
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) deep = new ArrayList<>(Collections.singletonList(deep));
        Travel.assertRefused(deep).hasMessageContaining("nested too deeply");
    }

    @SuppressWarnings("DoubleBraceInitialization")
    private static List<Integer> fillsItself() {
        return new ArrayList<>() {
            {
                add(1);
            }
        };
    }

    private static Object timestampWithNanos() throws ReflectiveOperationException {
        return Class.forName("java.sql.Timestamp")
                .getMethod("valueOf", String.class)
                .invoke(null, "2026-11-22 10:11:12.123456789");
    }

    record Point(int x, Object y) {}

    enum Op {
        PLUS,
        NEGATED {
            @Override
            int sign() {
                return -1;
            }
        };

        int sign() {
            return 1;
        }
    }

    static final class Plain {
        private String name;
        private int number;
        transient String cache = "fresh";
        Object next;

        private Plain() {}

        Plain(String name, int number) {
            this.name = name;
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Plain that && name.equals(that.name) && number == that.number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    static final class NoDefault {
        final int number;

        NoDefault(int number) {
            this.number = number;
        }
    }

    @Test
    void pathsComeBackAsTheyWere() throws PayloadException {
        for (String text : List.of("/a/b", "relative", "", "a/../b", "/with space/ü"))
            assertThat(Travel.<Object>read(Travel.written(Path.of(text)))).isEqualTo(Path.of(text));
        assertThat(Travel.<Object>read(Travel.written(List.of(Path.of("a"), Path.of("b")))))
                .isEqualTo(List.of(Path.of("a"), Path.of("b")));
    }
}
