package io.coppice.wire.payload;

import io.coppice.wire.payload.RandomGraphByHand.*;
import io.coppice.wire.payload.RandomGraphNodes.*;
import java.lang.reflect.Proxy;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;

/** Every kind of object that a random graph may hold. */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage"}) // values that users send
final class RandomGraphKinds {
    interface Maker {
        /** @param with other objects, one at least, any of which may be null */
        Object make(Object[] with, Random random);
    }

    /**
     * @param rigid made after what it holds, so that a cycle through it need not travel
     */
    record Kind(String name, boolean rigid, Maker maker) {}

    static final List<Kind> ALL = new ArrayList<>();

    private RandomGraphKinds() {}

    private static void open(String name, Maker maker) {
        ALL.add(new Kind(name, false, maker));
    }

    private static void rigid(String name, Maker maker) {
        ALL.add(new Kind(name, true, maker));
    }

    static {
        for (int i = 0; i < 5; i++) rigid("leaf", (with, random) -> RandomGraphLeaves.leaf(random));
        open("Plain", (with, random) -> new Plain(random.nextInt(), with[0], last(with)));
        open("Inner", (with, random) -> new Plain(random.nextInt(), null, with[0]).inner(last(with)));
        open("Holder", (with, random) -> new Holder(random.nextInt(9), with[0]));
        open("anonymous", (with, random) -> RandomGraphNodes.anonymous(with[0], random.nextInt()));
        open("local", (with, random) -> RandomGraphNodes.local(with[0]));
        open("Square", (with, random) -> new Square());
        open("ByHand", (with, random) -> new ByHand(with[0], last(with)));
        open("External", (with, random) -> new External(with[0], text(random)));
        rigid("Proxied", (with, random) -> new Proxied(with[0]));
        open("OwnList", (with, random) -> filled(new OwnList(with[0]), with));
        open("FillsItself", (with, random) -> filled(new FillsItself(), with));
        open("OwnMap", (with, random) -> filled(new OwnMap(with[0]), with, random));
        rigid("Leaf", (with, random) -> new Leaf(random.nextInt(), text(random), random.nextDouble()));
        rigid("Twins", (with, random) -> new Twins<>(with[0], last(with), with));
        rigid("Checked", (with, random) -> new Checked(with[0] instanceof List ? list(with[0]) : new ArrayList<>()));
        rigid("Round", (with, random) -> new Round(with[0]));
        open("Failure", (with, random) -> new Failure(random.nextInt(), text(random), thrown(with[0]), last(with)));
        open("IllegalState", (with, random) -> failed(new IllegalStateException(text(random)), with));
        open("Error", (with, random) -> failed(new AssertionError(text(random)), with));
        open("Silent", (with, random) -> new Silent(thrown(with[0])));
        open("proxy", (with, random) -> proxy(new Handler(with[0])));
        rigid("lambda", (with, random) -> RandomGraphNodes.capturing(with[0], random.nextInt()));
        rigid("lambda of this", (with, random) -> new Holder(1, last(with)).capturingThis(with[0]));
        rigid("lambda without state", (with, random) -> RandomGraphNodes.withoutState());
        rigid("bound reference", (with, random) -> (Source<Object>) new Leaf(random.nextInt(), "bound", 0)::text);
        ofTheJdk();
        wrappers();
    }

    private static void ofTheJdk() {
        open("ArrayList", (with, random) -> filled(new ArrayList<>(), with));
        open("LinkedList", (with, random) -> filled(new LinkedList<>(), with));
        open("Vector", (with, random) -> filled(new Vector<>(), with));
        open("Stack", (with, random) -> filled(new Stack<>(), with));
        rigid("CopyOnWriteArrayList", (with, random) -> filled(new CopyOnWriteArrayList<>(), with));
        open("ArrayDeque", (with, random) -> filled(new ArrayDeque<>(), notNull(with)));
        open("ConcurrentLinkedQueue", (with, random) -> filled(new ConcurrentLinkedQueue<>(), notNull(with)));
        open("LinkedBlockingDeque", (with, random) -> filled(new LinkedBlockingDeque<>(), notNull(with)));
        open("HashSet", (with, random) -> filled(new HashSet<>(), keys(with, random)));
        open("LinkedHashSet", (with, random) -> filled(new LinkedHashSet<>(), keys(with, random)));
        open("HashMap", (with, random) -> filled(new HashMap<>(), with, random));
        open(
                "LinkedHashMap",
                (with, random) -> filled(new LinkedHashMap<>(16, .75f, random.nextBoolean()), with, random));
        open("Hashtable", (with, random) -> filled(new Hashtable<>(), notNull(with), random));
        open("ConcurrentHashMap", (with, random) -> filled(new ConcurrentHashMap<>(), notNull(with), random));
        open("IdentityHashMap", (with, random) -> filled(new IdentityHashMap<>(), with, random));
        open("TreeMap", (with, random) -> sorted(new TreeMap<>(order(random)), with, random));
        open("ConcurrentSkipListMap", (with, random) -> sorted(new ConcurrentSkipListMap<>(), notNull(with), random));
        rigid("TreeSet", (with, random) -> texts(new TreeSet<>(order(random)), with, random));
        rigid("PriorityQueue", (with, random) -> texts(new PriorityQueue<>(order(random)), with, random));
        open("EnumMap", (with, random) -> colored(with));
        rigid("EnumSet", (with, random) -> EnumSet.of(color(random), color(random)));
        open("Object[]", (with, random) -> with.clone());
        open("Object[][]", (with, random) -> new Object[][] {with.clone(), {}, null, with});
        open("Open[]", (with, random) -> new Open[] {with[0] instanceof Open open ? open : null, null});
        rigid("int[]", (with, random) -> random.ints(random.nextInt(4)).toArray());
        rigid("String[][]", (with, random) -> new String[][] {{text(random), null}, {}});
        rigid("List.of", (with, random) -> List.of(notNull(with)));
        rigid("toList", (with, random) -> Arrays.stream(with).toList());
        rigid("Set.of", (with, random) -> Set.copyOf(new HashSet<>(List.of(keys(with, random)))));
        rigid("Map.of", (with, random) -> Map.of(text(random), notNull(with)[0]));
        rigid("Arrays.asList", (with, random) -> Arrays.asList(with.clone()));
        rigid("Optional", (with, random) -> Optional.ofNullable(with[0]));
        open("AtomicReference", (with, random) -> new AtomicReference<>(with[0]));
        rigid("SimpleEntry", (with, random) -> new AbstractMap.SimpleEntry<>(last(with), with[0]));
        rigid("Map.entry", (with, random) -> Map.entry(text(random), notNull(with)[0]));
    }

    private static void wrappers() {
        rigid("unmodifiableList", (with, random) -> Collections.unmodifiableList(list(with[0])));
        rigid("unmodifiableCollection", (with, random) -> Collections.unmodifiableCollection(list(with[0])));
        rigid("unmodifiableMap", (with, random) -> Collections.unmodifiableMap(map(with[0])));
        rigid("synchronizedList", (with, random) -> Collections.synchronizedList(list(with[0])));
        rigid("synchronizedMap", (with, random) -> Collections.synchronizedMap(map(with[0])));
        rigid("checkedList", (with, random) -> Collections.checkedList(list(with[0]), Object.class));
        rigid("singletonList", (with, random) -> Collections.singletonList(with[0]));
        rigid("singletonMap", (with, random) -> Collections.singletonMap(text(random), with[0]));
        rigid("nCopies", (with, random) -> Collections.nCopies(random.nextInt(4), with[0]));
        rigid("emptyList", (with, random) -> Collections.emptyList());
        rigid("reverseOrder", (with, random) -> Collections.reverseOrder());
        rigid(
                "newSetFromMap",
                (with, random) -> filled(Collections.newSetFromMap(new ConcurrentHashMap<>()), keys(with, random)));
        rigid("subList", (with, random) -> filled(new ArrayList<>(), with).subList(0, with.length / 2));
        rigid("keySet", (with, random) -> filled(new HashMap<>(), with, random).keySet());
        rigid(
                "values",
                (with, random) -> filled(new LinkedHashMap<>(), with, random).values());
    }

    // ---- what goes in ----

    /**
     * Puts a value into a place that is open.
     *
     * @return false if there is none
     */
    @SuppressWarnings("unchecked")
    static boolean put(Object owner, Object value) {
        if (owner instanceof Open open) open.put(value);
        else if (owner instanceof Throwable thrown && value instanceof Throwable other && thrown != other)
            thrown.addSuppressed(other);
        else if (LISTS.contains(owner.getClass())) ((Collection<Object>) owner).add(value);
        else if (QUEUES.contains(owner.getClass()) && value != null) ((Collection<Object>) owner).add(value);
        else if (owner instanceof HashSet<?> && value instanceof RandomGraphComparison.Labelled)
            ((Set<Object>) owner).add(value);
        else if (MAPS.contains(owner.getClass()) && value != null) ((Map<Object, Object>) owner).put("put", value);
        else if (owner instanceof EnumMap<?, ?>) ((Map<Color, Object>) owner).put(Color.BLUE, value);
        else if (owner.getClass() == Object[].class && ((Object[]) owner).length > 0) ((Object[]) owner)[0] = value;
        else if (owner instanceof AtomicReference<?>) ((AtomicReference<Object>) owner).set(value);
        else if (Proxy.isProxyClass(owner.getClass())) ((Open) Proxy.getInvocationHandler(owner)).put(value);
        else return false;
        return true;
    }

    private static final Set<Class<?>> LISTS = Set.of(
            ArrayList.class,
            LinkedList.class,
            Vector.class,
            Stack.class,
            CopyOnWriteArrayList.class,
            OwnList.class,
            FillsItself.class);
    private static final Set<Class<?>> QUEUES =
            Set.of(ArrayDeque.class, ConcurrentLinkedQueue.class, LinkedBlockingDeque.class);
    private static final Set<Class<?>> MAPS = Set.of(
            HashMap.class,
            LinkedHashMap.class,
            Hashtable.class,
            ConcurrentHashMap.class,
            IdentityHashMap.class,
            TreeMap.class,
            ConcurrentSkipListMap.class,
            OwnMap.class);

    static String text(Random random) {
        return "text " + random.nextInt(1000);
    }

    static Color color(Random random) {
        return List.of(Color.values()).get(random.nextInt(3));
    }

    private static Object last(Object[] with) {
        return with[with.length - 1];
    }

    private static Throwable thrown(Object value) {
        return value instanceof Throwable thrown ? thrown : null;
    }

    private static Throwable failed(Throwable thrown, Object[] with) {
        if (with[0] instanceof Throwable cause) thrown.initCause(cause);
        for (int i = 1; i < with.length; i++) if (with[i] instanceof Throwable other) thrown.addSuppressed(other);
        return thrown;
    }

    private static Object proxy(Handler handler) {
        return Proxy.newProxyInstance(
                RandomGraphKinds.class.getClassLoader(), new Class<?>[] {Source.class, Runnable.class}, handler);
    }

    private static Object[] notNull(Object[] with) {
        Object[] row = Arrays.stream(with).filter(Objects::nonNull).toArray();
        return row.length == 0 ? new Object[] {"in place of null"} : row;
    }

    /** Hash tables hold what has a hash that does not change, and that the comparison can find again. */
    private static Object[] keys(Object[] with, Random random) {
        return Arrays.stream(with).map(each -> key(each, random)).distinct().toArray();
    }

    private static Object key(Object value, Random random) {
        return value instanceof RandomGraphComparison.Labelled || value instanceof String || value instanceof Color
                ? value
                : text(random);
    }

    private static <C extends Collection<Object>> C filled(C collection, Object[] with) {
        Collections.addAll(collection, with);
        return collection;
    }

    private static <M extends Map<Object, Object>> M filled(M map, Object[] with, Random random) {
        for (Object each : with) {
            Object key = key(each, random);
            // An IdentityHashMap would take it twice, and the comparison cannot tell the two apart.
            if (map.keySet().stream().noneMatch(known -> known == key || known.equals(key))) map.put(key, each);
        }
        return map;
    }

    private static Object sorted(Map<String, Object> map, Object[] with, Random random) {
        for (Object each : with) map.put(text(random), each);
        return map;
    }

    private static Object texts(Collection<String> collection, Object[] with, Random random) {
        for (int i = 0; i < with.length; i++) collection.add(text(random));
        return collection;
    }

    private static Object colored(Object[] with) {
        Map<Color, Object> map = new EnumMap<>(Color.class);
        map.put(Color.GREEN, with[0]);
        return map;
    }

    private static Comparator<String> order(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Comparator.reverseOrder();
            default -> (Order<String>) (a, b) -> b.compareTo(a);
        };
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return value instanceof List<?> list ? (List<Object>) list : new ArrayList<>(Arrays.asList(value));
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> map(Object value) {
        if (value instanceof Map<?, ?> map) return (Map<Object, Object>) map;
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("wrapped", value);
        return map;
    }
}
