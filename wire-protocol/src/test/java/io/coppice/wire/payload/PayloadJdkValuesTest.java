package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DayOfWeek;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Do the JDK's less usual values come back as what they were? */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage", "JavaUtilDate", "unchecked"}) // values that users send
class PayloadJdkValuesTest {
    static Stream<Object> valuesThatAreEqual() throws Exception {
        Map<String, Integer> map = new LinkedHashMap<>(Map.of("a", 1));
        map.put("b", 2);
        TimeZone changed = TimeZone.getTimeZone("Europe/Berlin");
        changed.setRawOffset(1234);
        return Stream.of(
                Map.entry("k", 1),
                new AbstractMap.SimpleImmutableEntry<>("k", 1),
                map.entrySet().iterator().next(),
                map.keySet(),
                map.entrySet(),
                new TreeMap<>(map).keySet(),
                new TreeMap<>(map).headMap("b"),
                new TreeMap<>(map).descendingMap(),
                new ConcurrentHashMap<>(map).keySet(),
                ConcurrentHashMap.newKeySet(),
                new ArrayList<>(List.of(1, 2, 3)).subList(1, 2),
                new LinkedList<>(List.of(1, 2, 3)).subList(1, 3),
                Collections.unmodifiableList(new ArrayList<>(List.of(1, 2, 3))).subList(0, 2),
                Arrays.asList(1, 2, 3).subList(0, 2),
                new TreeSet<>(Set.of(1, 2, 3)).headSet(3),
                new EnumMap<>(Map.of(DayOfWeek.MONDAY, 1)).keySet(),
                Collections.checkedList(new ArrayList<>(List.of(1)), Integer.class),
                Collections.synchronizedSet(new HashSet<>(Set.of(1))),
                Collections.unmodifiableSortedMap(new TreeMap<>(map)),
                setFromMap(),
                UUID.randomUUID(),
                URI.create("mailto:a@b"),
                new File("a/../b"),
                InetAddress.getLoopbackAddress(),
                new GregorianCalendar(2026, Calendar.MARCH, 1),
                Calendar.getInstance(Locale.forLanguageTag("th-TH-u-ca-buddhist")),
                changed,
                IllegalStateException.class,
                int.class,
                void.class,
                int[][].class,
                Map.Entry.class,
                ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2).order(ByteOrder.LITTLE_ENDIAN),
                ByteBuffer.allocateDirect(3),
                Locale.forLanguageTag("de-DE-x-lvariant-POSIX"));
    }

    private static Set<Object> setFromMap() {
        Set<Object> set = Collections.newSetFromMap(new ConcurrentHashMap<>());
        set.add(1);
        return set;
    }

    @ParameterizedTest
    @MethodSource("valuesThatAreEqual")
    void aValueComesBackEqual(Object value) throws PayloadException {
        assertThat(Travel.<Object>read(Travel.written(value))).isEqualTo(value);
        assertThat(Travel.<List<?>>read(Travel.written(Arrays.asList(value, value))))
                .isEqualTo(List.of(value, value));
    }

    @Test
    void valuesAreAListOfTheirOwnInOrder() throws PayloadException {
        Map<Integer, String> map = new TreeMap<>(Map.of(1, "a", 2, "b"));
        assertThat(Travel.<Collection<String>>read(Travel.written(map.values())))
                .containsExactly("a", "b");
        assertThat(Travel.<Collection<String>>read(Travel.written(new ConcurrentHashMap<>(map).values())))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aViewKeepsItsKind() throws PayloadException {
        TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
        map.putAll(Map.of("a", 1, "b", 2));
        Object keys = Travel.read(Travel.written(map.keySet()));
        assertThat((NavigableSet<String>) keys).containsExactly("b", "a");
        assertThat(((NavigableSet<String>) keys).comparator()).isEqualTo(Comparator.reverseOrder());
        assertThat((Object) Travel.travelled(Map.entry(1, 2))).hasSameClassAs(Map.entry(1, 2));
    }

    @Test
    void theKeysOfAnIdentityMapAreRefusedAsTwoCouldBecomeOne() {
        Travel.assertRefused(new IdentityHashMap<>(Map.of("a", 1)).keySet()).hasMessageContaining("copy it first");
    }

    @Test
    void aMapWhoseEntriesMayVanishIsRefused() {
        Travel.assertRefused(new WeakHashMap<>(Map.of("a", 1))).hasMessageContaining("copy it first");
    }

    @Test
    void iteratorsAndTheLikeAreRefused() {
        for (Object each : List.of(
                new ArrayList<>(List.of(1)).iterator(),
                List.of(1).iterator(),
                Stream.of(1),
                new Scanner("a"),
                new ThreadLocal<>(),
                ThreadLocal.withInitial(() -> 1),
                new Timer(true),
                new Thread())) Travel.assertRefused(each).hasMessageContaining("which is not Serializable");
    }

    @Test
    void aLinkedHashMapKeepsItsOrderOfAccess() throws PayloadException {
        for (boolean byAccess : List.of(true, false)) {
            LinkedHashMap<Object, Object> map = new LinkedHashMap<>(16, 0.75f, byAccess);
            map.put("a", 1);
            map.put("b", 2);
            LinkedHashMap<Object, Object> read = Travel.travelled(map);
            read.get("a");
            assertThat(read.keySet()).containsExactly(byAccess ? "b" : "a", byAccess ? "a" : "b");
            assertThat(map.keySet()).containsExactly("a", "b");
            LinkedHashMap<Object, Object> empty = Travel.travelled(new LinkedHashMap<>(16, 0.75f, byAccess));
            empty.putAll(map);
            empty.get("a");
            assertThat(empty.keySet()).containsExactly(byAccess ? "b" : "a", byAccess ? "a" : "b");
        }
    }

    @Test
    void aBufferKeepsItsKindPlaceAndOrder() throws PayloadException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(7).putInt(8).position(2).limit(6);
        ByteBuffer read = Travel.travelled(buffer.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
        assertThat(read.isDirect()).isTrue();
        assertThat(read.isReadOnly()).isTrue();
        assertThat(read.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(read.position()).isEqualTo(2);
        assertThat(read.limit()).isEqualTo(6);
        assertThat(read.clear().getInt()).isEqualTo(7);
        assertThat(buffer.position()).isEqualTo(2);
    }

    @Test
    void aRandomGoesOnWhereItWas() throws PayloadException {
        Random random = new Random(5);
        random.nextGaussian();
        Random read = Travel.travelled(random);
        assertThat(read.nextGaussian()).isEqualTo(random.nextGaussian());
        assertThat(read.nextInt()).isEqualTo(random.nextInt());
    }

    @Test
    void whatHoldsOneValueComesBackWithIt() throws PayloadException {
        assertThat(Travel.travelled(new AtomicReference<>(List.of(1)))).hasValue(List.of(1));
        assertThat(Travel.travelled(new AtomicBoolean(true))).isTrue();
        assertThat(Travel.travelled(new AtomicIntegerArray(new int[] {1, 2}))).hasToString("[1, 2]");
        assertThat(Travel.travelled(new AtomicReferenceArray<>(new Object[] {1, "b"})))
                .hasToString("[1, b]");
        LongAdder adder = new LongAdder();
        adder.add(7);
        assertThat(Travel.travelled(adder).sum()).isEqualTo(7);
        assertThat(Travel.travelled(Pattern.compile("a+", Pattern.CASE_INSENSITIVE))
                        .matcher("AA")
                        .matches())
                .isTrue();
        assertThat(Travel.travelled(new StringBuilder("s"))).hasToString("s");
        assertThat(Travel.travelled(new StringJoiner2("s")).text).isEqualTo("s");
    }

    private record StringJoiner2(String text) {}

    @Test
    void aProxyTravelsIfItsHandlerCan() throws PayloadException {
        Comparator<Object> proxy = proxy(new Answers("42"));
        Comparator<Object> read = Travel.travelled(proxy);
        assertThat(Proxy.isProxyClass(read.getClass())).isTrue();
        assertThat(read.compare(1, 2)).isEqualTo(42);
        Object[] both = Travel.travelledArguments(new Hashtable<>(Map.of(1, proxy)), proxy);
        assertThat(((Map<?, ?>) both[0]).get(1)).isSameAs(both[1]);
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Object> proxy(InvocationHandler handler) {
        return (Comparator<Object>)
                Proxy.newProxyInstance(Travel.LOADER, new Class<?>[] {Comparator.class, Unusual.class}, handler);
    }

    interface Unusual {}

    private record Answers(String text) implements InvocationHandler {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return Integer.valueOf(text);
        }
    }

    static final class Tripled extends AbstractList<Object> {
        private final List<Object> elements = new ArrayList<>();

        @Override
        public Object get(int index) {
            return elements.get(index / 3);
        }

        @Override
        public int size() {
            return 3 * elements.size();
        }

        @Override
        public boolean add(Object element) {
            return elements.add(element);
        }
    }

    static final class Upper extends AbstractMap<String, Integer> {
        private final Map<String, Integer> entries = new HashMap<>();

        @Override
        public Integer put(String key, Integer value) {
            return entries.put(key.toUpperCase(Locale.ROOT), value);
        }

        @Override
        public Set<Entry<String, Integer>> entrySet() {
            return entries.entrySet();
        }
    }

    static final class Dates extends Date {
        private final List<Object> more = new ArrayList<>();

        Dates(long time) {
            super(time);
        }
    }

    @Test
    void aUsersCollectionComesBackByItsFields() throws PayloadException {
        Tripled tripled = new Tripled();
        tripled.add("a");
        assertThat(Travel.travelled(tripled)).isExactlyInstanceOf(Tripled.class).containsExactly("a", "a", "a");
        Upper upper = new Upper();
        upper.put("k", 1);
        assertThat(Travel.travelled(upper)).isExactlyInstanceOf(Upper.class).isEqualTo(Map.of("K", 1));
        Tripled itself = new Tripled();
        itself.add(itself);
        Tripled read = Travel.travelled(itself);
        assertThat(read.get(0)).isSameAs(read);
    }

    @Test
    void aUsersSubclassOfASerializableClassOfTheJdkComesBack() throws PayloadException {
        Dates dates = new Dates(5);
        dates.more.add(new PayloadGraphTest.NoDefault(3));
        Dates read = Travel.travelled(dates);
        assertThat(read.getTime()).isEqualTo(5);
        assertThat(((PayloadGraphTest.NoDefault) read.more.get(0)).number).isEqualTo(3);
    }
}
