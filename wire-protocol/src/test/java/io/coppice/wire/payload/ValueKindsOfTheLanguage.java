package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.payload.RandomGraphNodes.Color;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ChoiceFormat;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.SimpleDateFormat;
import java.util.*;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/** Scalars, text, arrays, and the small things of the JDK. */
@NullUnmarked
@SuppressWarnings({"AddressSelection", "JavaUtilDate", "JdkObsolete", "removal"}) // values that users send
final class ValueKindsOfTheLanguage {
    private ValueKindsOfTheLanguage() {}

    static void addTo(ValueKinds kinds) {
        scalars(kinds);
        text(kinds);
        names(kinds);
        arrays(kinds);
        buffers(kinds);
        chance(kinds);
    }

    private static void scalars(ValueKinds kinds) {
        kinds.add("null", () -> null);
        kinds.add("Boolean", () -> true);
        kinds.add("Byte", () -> Byte.MIN_VALUE);
        kinds.add("Character", () -> '\uD83D');
        kinds.add("Short", () -> Short.MIN_VALUE);
        kinds.add("Integer", () -> Integer.MIN_VALUE);
        kinds.add("Long", () -> Long.MIN_VALUE);
        kinds.add("Float that is not a number", () -> Float.NaN);
        kinds.add("Double, negative zero", () -> -0.0);
        kinds.add("BigInteger", () -> BigInteger.TWO.pow(300).negate());
        kinds.add("BigDecimal keeps its scale", () -> new BigDecimal("1.500"));
        kinds.add("BigDecimal of negative scale", () -> new BigDecimal("15E+7"));
        kinds.add(
                "user's BigDecimal",
                () -> new Price("9.90"),
                (sent, back) -> assertThat(back.currency).isEqualTo("EUR"));
        kinds.add("MathContext", () -> MathContext.DECIMAL64);
        kinds.add("RoundingMode", () -> RoundingMode.HALF_EVEN);
        kinds.add("Optional", () -> Optional.of(new ArrayList<>(List.of(1))));
        kinds.add("empty Optional", Optional::empty);
        kinds.add("OptionalInt", () -> OptionalInt.of(3));
        kinds.add("OptionalLong", () -> OptionalLong.of(3));
        kinds.add("OptionalDouble", () -> OptionalDouble.of(3));
        kinds.add("enum constant", () -> Color.RED);
        kinds.add(
                "enum constant with a body",
                () -> Color.GREEN,
                (sent, back) -> assertThat(back).isSameAs(sent));
        kinds.add("Class", () -> String.class);
        kinds.add("Class of a primitive", () -> int.class);
        kinds.add("Class of an array", () -> Color[][].class);
        kinds.add("user's Class", () -> Price.class);
    }

    private static void text(ValueKinds kinds) {
        kinds.add("empty String", () -> "");
        kinds.add("String of one character", () -> "a");
        kinds.add("String beyond ASCII", () -> "gr\u00FC\u00DF \uD83C\uDF33 \u65E5\u672C\0");
        kinds.add("String with half a surrogate pair", () -> "a\uD83Cb");
        kinds.add("long String", () -> "\u00E9".repeat(100_000));
        kinds.add("StringBuilder", () -> new StringBuilder("abc"), (sent, back) -> back.append("d"));
        kinds.add("StringBuffer", () -> new StringBuffer("abc"), (sent, back) -> back.append("d"));
        kinds.add("Charset", () -> StandardCharsets.UTF_16LE);
        kinds.add(
                "Pattern with flags",
                () -> Pattern.compile("(?<n>a+)b", Pattern.CASE_INSENSITIVE),
                (sent, back) -> assertThat(back.matcher("AAB").matches()).isTrue());
        kinds.add("Locale with a script", () -> Locale.forLanguageTag("zh-Hant-TW"));
        kinds.add("Locale with extensions", () -> Locale.forLanguageTag("de-DE-u-co-phonebk-x-own"));
        kinds.add("Currency", () -> Currency.getInstance("EUR"));
        kinds.add(
                "SimpleDateFormat",
                () -> new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT),
                (sent, back) -> assertThat(back.format(new Date(0))).isEqualTo(sent.format(new Date(0))));
        kinds.add("DecimalFormat", () -> new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        kinds.add("MessageFormat", () -> new MessageFormat("{0} of {1,number}", Locale.ROOT));
        kinds.add("ChoiceFormat", () -> new ChoiceFormat("0#none|1#one|1<many"));
        kinds.add(
                "StringJoiner, which is no Serializable, in its text",
                () -> new StringJoiner(",").add("a").toString());
    }

    private static void names(ValueKinds kinds) {
        kinds.add("UUID", () -> UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));
        kinds.add("URI", () -> URI.create("http://user@host:80/a%20b?c=d#e"));
        kinds.add("relative URI", () -> URI.create("../a"));
        kinds.add("URL", () -> URI.create("http://localhost/a?b").toURL());
        kinds.add("File", () -> new File("a/b c.txt"));
        kinds.add("Path", () -> Path.of("a", "..", "b"));
        kinds.add("absolute Path", () -> Path.of("/a/b"));
        kinds.add("empty Path", () -> Path.of(""));
        kinds.add("InetAddress", () -> InetAddress.getByAddress("name", new byte[] {127, 0, 0, 1}));
        kinds.add("Inet6Address", () -> InetAddress.getByName("::1"));
        kinds.add("InetSocketAddress", () -> InetSocketAddress.createUnresolved("host", 80));
        kinds.add("StackTraceElement", () -> new Throwable().getStackTrace()[0]);
        kinds.add(
                "Properties with defaults",
                () -> propertiesWithDefaults(),
                (sent, back) -> assertThat(back.getProperty("by default")).isEqualTo("d"));
    }

    private static Properties propertiesWithDefaults() {
        Properties defaults = new Properties();
        defaults.setProperty("by default", "d");
        Properties properties = new Properties(defaults);
        properties.setProperty("k", "v");
        return properties;
    }

    private static void arrays(ValueKinds kinds) {
        kinds.add("boolean[]", () -> new boolean[] {true, false});
        kinds.add("byte[]", () -> new byte[] {-128, 0, 127});
        kinds.add("char[]", () -> new char[] {'\uD800', 'a'});
        kinds.add("short[]", () -> new short[] {-1});
        kinds.add("int[]", () -> new int[] {Integer.MIN_VALUE, 0, 1});
        kinds.add("long[]", () -> new long[] {Long.MIN_VALUE, 0, 1});
        kinds.add("float[]", () -> new float[] {Float.NaN, -0f});
        kinds.add("double[]", () -> new double[] {Double.NaN, -0d, 1e300});
        kinds.add("empty int[]", () -> new int[0]);
        kinds.add("large long[]", () -> new long[100_000]);
        kinds.add("String[] with null", () -> new String[] {"a", null, ""});
        kinds.add("Integer[]", () -> new Integer[] {1, null});
        kinds.add("Object[] of many kinds", () -> new Object[] {1, null, new int[] {1}, "a", new Object[0]});
        kinds.add("Number[], whose elements differ", () -> new Number[] {1, 2.0, BigInteger.ONE});
        kinds.add("Object[] variable that is a String[]", () -> (Object[]) new String[] {"a"});
        kinds.add("Comparable[]", () -> new Comparable<?>[] {1, "a"});
        kinds.add("int[][], jagged", () -> new int[][] {{1, 2}, null, {}});
        kinds.add("String[][][]", () -> new String[][][] {{{"a"}, {}}, null});
        kinds.add("Object[][] with an int[][] in it", () -> new Object[][] {{new int[][] {{1}}}, new String[] {"b"}});
        kinds.add("array of arrays that share a row", () -> {
            int[] row = {1};
            return new int[][] {row, row};
        });
        kinds.add("array of enums", () -> new Color[] {Color.GREEN, null, Color.RED});
        kinds.add("array of a user's class", () -> new Price[] {new Price("1"), null});
        kinds.add("array of lists", () -> new List<?>[] {List.of(1), new ArrayList<>(), null});
        kinds.add("array that holds itself", () -> {
            Object[] array = new Object[2];
            array[0] = array;
            return array;
        });
    }

    private static void buffers(ValueKinds kinds) {
        kinds.add(
                "ByteBuffer",
                () -> ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3));
        kinds.add(
                "direct ByteBuffer",
                () -> ByteBuffer.allocateDirect(8).putInt(7).order(ByteOrder.LITTLE_ENDIAN));
        kinds.add(
                "read-only ByteBuffer", () -> ByteBuffer.wrap(new byte[] {1, 2}).asReadOnlyBuffer());
        kinds.add(
                "slice of a ByteBuffer",
                () -> ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).slice(1, 2));
        kinds.add("BitSet", () -> BitSet.valueOf(new long[] {5, 1L << 63}), (sent, back) -> back.set(1000));
    }

    private static void chance(ValueKinds kinds) {
        kinds.addLoosely(
                "Random goes on where it was",
                () -> {
                    Random random = new Random(42);
                    random.nextGaussian(); // keeps another one
                    return random;
                },
                (sent, back) -> {
                    Random copy = Travel.travelled(back);
                    double[] next = {copy.nextGaussian(), copy.nextInt()};
                    assertThat(new double[] {back.nextGaussian(), back.nextInt()})
                            .isEqualTo(next);
                });
        kinds.addLoosely(
                "SecureRandom",
                java.security.SecureRandom::new,
                (sent, back) -> assertThat(back.nextInt(1)).isZero());
        kinds.add("IntSummaryStatistics in its text", () -> new IntSummaryStatistics().toString());
        kinds.add("Date", () -> new Date(1));
        kinds.add("Calendar", () -> {
            Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Europe/Berlin"), Locale.GERMANY);
            calendar.setTimeInMillis(1);
            return calendar;
        });
        kinds.add("Base64 text", () -> Base64.getEncoder().encodeToString(new byte[] {1, 2}));
    }

    static final class Price extends BigDecimal {
        private static final long serialVersionUID = 1;
        private final String currency = String.valueOf("EUR");

        Price(String amount) {
            super(amount);
        }
    }
}
