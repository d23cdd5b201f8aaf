package io.coppice.it;

import java.io.*;
import java.math.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values that people send without thinking. */
@SuppressWarnings({
    "UnnecessaryStringBuilder",
    "JdkObsolete",
    "JavaUtilDate",
    "DoubleBraceInitialization",
    "IdentityHashMapUsage"
}) // what users send
final class ValueSamples {
    private ValueSamples() {}

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    record Point(int x, Object y) {}

    record Positive(int number) {
        Positive {
            if (number <= 0) throw new IllegalArgumentException("number=" + number);
        }
    }

    /** No default constructor, not Serializable, and an enclosing object within. */
    static class Report {
        private final String name;
        final transient int cache;
        private final List<Object> lines = new ArrayList<>();

        Report(String name, Object... lines) {
            this.name = name;
            this.cache = 7;
            this.lines.addAll(List.of(lines));
        }

        @Override
        public String toString() {
            return "report " + name + lines;
        }

        final class Page {
            private final int number;

            Page(int number) {
                this.number = number;
            }

            @Override
            public String toString() {
                return "page " + number + " of " + Report.this;
            }
        }
    }

    static final class Outside implements Externalizable {
        private static final long serialVersionUID = 1;
        private String text = "";

        public Outside() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(text);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            text = in.readUTF();
        }

        @Override
        public String toString() {
            return "outside " + text;
        }
    }

    record Replaced(String text) implements Serializable {
        private Object writeReplace() {
            return new Form(text);
        }

        private record Form(String text) implements Serializable {
            private Object readResolve() {
                return new Replaced(text);
            }
        }
    }

    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;
        private final int code;

        Failure(int code) {
            super("failed", new IOException("the cause"));
            this.code = code;
            addSuppressed(new IllegalStateException("beside"));
        }

        int code() {
            return code;
        }
    }

    static List<Object> scalars() throws Exception {
        return Arrays.asList(
                null,
                true,
                (byte) -1,
                '\uD83D',
                (short) -1,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                Float.NaN,
                -0.0,
                new BigInteger("-123456789012345678901234567890"),
                new BigDecimal("1.500"),
                MathContext.DECIMAL64,
                "",
                "gr\u00FC\u00DF \uD83C\uDF33",
                "x".repeat(100_000),
                new StringBuilder("abc"),
                StandardCharsets.UTF_16LE,
                Pattern.compile("a+b", Pattern.DOTALL),
                Locale.forLanguageTag("zh-Hant-TW"),
                Currency.getInstance("EUR"),
                new UUID(1, 2),
                URI.create("http://a/b?c#d"),
                new File("a/b"),
                Path.of("a", "b"),
                Path.of("/a/b"),
                URI.create("http://localhost/a").toURL(),
                InetAddress.getByAddress("n", new byte[] {127, 0, 0, 1}),
                Optional.of(1),
                Optional.empty(),
                OptionalInt.of(3),
                Color.RED,
                Color.GREEN,
                String.class,
                int[].class,
                Instant.MAX,
                Duration.ofNanos(-1),
                Period.ofDays(3),
                LocalDate.EPOCH,
                LocalTime.MAX,
                LocalDateTime.MIN,
                ZonedDateTime.of(2026, 3, 29, 2, 30, 0, 7, ZoneId.of("Europe/Berlin")),
                ZoneOffset.ofHours(5),
                Year.of(-1),
                OffsetDateTime.MIN,
                YearMonth.of(2026, 2),
                MonthDay.of(2, 29),
                DayOfWeek.SUNDAY,
                new Date(1),
                TimeZone.getTimeZone("America/New_York"),
                BitSet.valueOf(new long[] {5}),
                ByteBuffer.wrap(new byte[] {1, 2}),
                new AtomicInteger(7),
                new AtomicLong(-7),
                new AtomicBoolean(true),
                new AtomicReference<>("r"),
                new AtomicIntegerArray(new int[] {1}),
                new LongAdder(),
                TimeUnit.DAYS);
    }

    static List<Object> arrays() {
        return List.of(
                new boolean[] {true},
                new byte[] {-1},
                new char[] {'c'},
                new short[] {1},
                new int[] {1, 2},
                new long[] {1},
                new float[] {Float.NaN},
                new double[] {-0.0},
                new double[100_000],
                new String[] {"a", null},
                new Object[] {1, null, new int[] {1}},
                new int[][] {{1}, null, {}},
                new String[][][] {{{"a"}}, null},
                new Object[][] {{1}, new String[] {"b"}},
                new Color[] {Color.GREEN, null},
                new Point[] {new Point(1, 2)});
    }

    static List<Object> collections() {
        return List.of(
                new ArrayList<>(Arrays.asList(1, "two", null)),
                new LinkedList<>(List.of(1)),
                new Vector<>(List.of(1)),
                new ArrayDeque<>(List.of(1, 2)),
                new PriorityQueue<>(List.of(3, 1, 2)),
                List.of(),
                List.of(1, 2, 3),
                Stream.of(1, null).toList(),
                Arrays.asList(1, null),
                new CopyOnWriteArrayList<>(List.of(1)),
                new HashSet<>(List.of("a", 1)),
                new LinkedHashSet<>(List.of(3, 1)),
                new TreeSet<>(List.of(3, 1, 2)),
                Set.of(1, 2, 3),
                EnumSet.of(Color.GREEN),
                EnumSet.noneOf(Color.class),
                new HashSet<>(List.of(Color.RED, Color.GREEN)),
                new ConcurrentLinkedQueue<>(List.of(1)),
                new LinkedBlockingQueue<>(List.of(1)),
                new ArrayBlockingQueue<>(3),
                new ConcurrentSkipListSet<>(List.of(1)),
                new HashMap<>(Map.of("a", 1)),
                new LinkedHashMap<>(Map.of("a", List.of(1))),
                new TreeMap<>(Map.of(2, 1)),
                new TreeMap<>(Comparator.reverseOrder()),
                new EnumMap<>(Map.of(Color.RED, 1)),
                new Hashtable<>(Map.of(1, 2)),
                new IdentityHashMap<>(Map.of(Color.RED, 1)),
                Map.of(),
                Map.of(1, 2, 3, 4),
                new ConcurrentHashMap<>(Map.of(1, 2)),
                new HashMap<>(Map.of(Color.RED, 1, Color.GREEN, 2)),
                new AbstractMap.SimpleEntry<>("k", 1),
                Map.entry("k", 1),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.unmodifiableMap(new TreeMap<>(Map.of(1, 2))),
                Collections.unmodifiableSet(new HashSet<>(List.of(1))),
                Collections.unmodifiableCollection(List.of(1)),
                Collections.synchronizedList(new ArrayList<>(List.of(1))),
                Collections.synchronizedMap(new HashMap<>(Map.of(1, 2))),
                Collections.checkedList(new ArrayList<>(List.of("a")), String.class),
                Collections.nCopies(3, "x"),
                Collections.emptyList(),
                Collections.emptyMap(),
                Collections.singletonList(1),
                Collections.singletonMap(1, 2),
                Collections.newSetFromMap(new ConcurrentHashMap<>()));
    }

    /** What comes back as a collection of its own, of another class. */
    static List<Object> parts() {
        return List.of(
                new ArrayList<>(List.of(1, 2, 3)).subList(1, 3),
                Arrays.asList(1, 2, 3).subList(0, 2),
                new LinkedList<>(List.of(1, 2, 3)).subList(1, 2),
                new HashMap<>(Map.of("a", 1)).keySet(),
                new HashMap<>(Map.of("a", 1)).values(),
                new HashMap<>(Map.of("a", 1)).entrySet(),
                new TreeMap<>(Map.of(2, "b", 1, "a")).keySet(),
                new TreeMap<>(Map.of(2, "b", 1, "a")).values(),
                new TreeMap<>(Map.of(2, "b", 1, "a")).headMap(2),
                new TreeMap<>(Map.of(2, "b", 1, "a")).descendingMap(),
                new TreeSet<>(List.of(1, 2)).descendingSet(),
                Map.of(1, 2).keySet(),
                new EnumMap<>(Map.of(Color.RED, 1)).keySet(),
                new ConcurrentHashMap<>(Map.of(1, 2)).keySet(),
                Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))).values());
    }

    static List<Object> usersOwn() {
        int captured = 5;
        Outside outside = new Outside();
        outside.text = "sent";
        Report report = new Report("r", 1, "two", new Point(3, null));
        List<Object> cycle = new ArrayList<>(List.of(1));
        cycle.add(cycle);
        return List.of(
                new Point(1, new Point(2, List.of())),
                new Positive(1),
                report,
                report.new Page(2),
                outside,
                new Replaced("text"),
                new Object() {
                    @Override
                    public String toString() {
                        return "anonymous" + captured;
                    }
                },
                new ArrayList<>() {
                    {
                        add(1);
                    }
                },
                new TreeMap<String, Integer>(Comparator.reverseOrder()) {
                    {
                        put("a", 1);
                        put("b", 2);
                    }
                },
                cycle,
                new Failure(3),
                new Exception("without more"),
                new StackOverflowError());
    }
}
