package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.wire.Payload;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.attribute.GroupPrincipal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Do records come back as they were, through their own constructors? */
@NullUnmarked
class RecordSerializerTest {
    record Primitives(boolean z, byte b, char c, short s, int i, long j, float f, double d) {}

    record References(
            Integer boxed, String text, Object any, int[] ints, String[] texts, List<?> list, DayOfWeek day) {}

    record Empty() {}

    record Pair<A, B>(A a, B b) {}

    record Tree(String name, Tree left, Tree[] more) {}

    private record Hidden(int number) {}

    record Positive(int number) {
        Positive {
            if (number <= 0) throw new IllegalStateException("not positive: number=" + number);
        }
    }

    record Swallowing(int number) {
        static boolean strict;

        Swallowing {
            if (strict) throw sneaky(new InvalidObjectException("strict"));
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
            throw (E) failure;
        }
    }

    /** Its accessor does not tell what it holds. */
    record Careful(int[] numbers, int sum) {
        @Override
        public int[] numbers() {
            return numbers.clone();
        }

        @Override
        public int sum() {
            throw new AssertionError("asked");
        }
    }

    record Replaced(String text) implements Serializable {
        private Object writeReplace() {
            return text;
        }
    }

    record Resolved(String text) implements Serializable {
        static final Resolved ONE = new Resolved("one");

        private Object readResolve() {
            return ONE;
        }
    }

    record Dated(LocalDate date, Map<String, Pair<Integer, Long>> pairs) {}

    record Named(String getName) implements GroupPrincipal {}

    enum Shade {
        DARK,
        LIGHT {
            @Override
            public String toString() {
                return "light";
            }
        }
    }

    record Shaded(Shade one, Shade other, Shade none) {}

    @Test
    void primitivesOfEveryTypeComeBackAtTheirEnds() throws PayloadException {
        for (Primitives each : List.of(
                new Primitives(true, (byte) -1, '\uFFFF', Short.MIN_VALUE, -1, -1, -0f, Double.NaN),
                new Primitives(
                        false,
                        Byte.MIN_VALUE,
                        '\0',
                        Short.MAX_VALUE,
                        Integer.MIN_VALUE,
                        Long.MIN_VALUE,
                        Float.MIN_VALUE,
                        Double.NEGATIVE_INFINITY),
                new Primitives(true, Byte.MAX_VALUE, '\uD800', (short) 0, Integer.MAX_VALUE, Long.MAX_VALUE, 1e38f, 0)))
            assertThat(Travel.travelled(each)).isEqualTo(each);
    }

    @Test
    void objectsComeBackOfTheirClassAndNullAsNull() throws PayloadException {
        References one = new References(
                7, "t", new ArrayList<>(List.of(1)), new int[] {1, 2}, new String[] {"a", null}, List.of(1), null);
        References read = Travel.travelled(one);
        assertThat(read).usingRecursiveComparison().isEqualTo(one);
        assertThat(read.any).isExactlyInstanceOf(ArrayList.class);
        assertThat(Travel.travelled(new References(null, null, null, null, null, null, DayOfWeek.FRIDAY)))
                .isEqualTo(new References(null, null, null, null, null, null, DayOfWeek.FRIDAY));
        assertThat(Travel.travelled(new Shaded(Shade.LIGHT, Shade.DARK, null)))
                .isEqualTo(new Shaded(Shade.LIGHT, Shade.DARK, null));
    }

    @Test
    void recordsWithoutComponentsLocalPrivateAndGenericOnesComeBack() throws PayloadException {
        record Local(Object value) {}
        for (Object each : List.of(
                new Empty(),
                new Local(new Local(null)),
                new Hidden(3),
                new Pair<>(new Pair<>(1, "a"), null),
                new Dated(LocalDate.EPOCH, Map.of("k", new Pair<>(1, 2L))))) {
            assertThat(Travel.travelled(each)).isEqualTo(each);
        }
    }

    @Test
    void aRecordMayHoldRecordsOfItsOwnClass() throws PayloadException {
        Tree leaf = new Tree("leaf", null, null);
        Tree read = Travel.travelled(new Tree("root", leaf, new Tree[] {leaf, null}));
        assertThat(read.left).isEqualTo(leaf).isSameAs(read.more[0]);
        assertThat(read.more[1]).isNull();
    }

    @Test
    void oneRecordInTwoPlacesComesBackAsOne() throws PayloadException {
        Hidden one = new Hidden(1);
        List<Hidden> read = Travel.travelled(new ArrayList<>(List.of(one, new Hidden(1), one)));
        assertThat(read.get(0)).isSameAs(read.get(2)).isNotSameAs(read.get(1));
    }

    @Test
    void whatTheConstructorThrowsTheReadThrows() throws Exception {
        Positive forged = new Positive(1);
        byte[] bytes = Travel.written(forged).toArray();
        bytes[bytes.length - 1] = 1; // -1, zigzag
        assertThatThrownBy(() -> Travel.codec().readValue(Payload.of(bytes)))
                .isInstanceOf(PayloadException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not positive: number=-1");

        var written = Travel.written(new Swallowing(1));
        Swallowing.strict = true;
        try {
            assertThatThrownBy(() -> Travel.codec().readValue(written))
                    .hasRootCauseInstanceOf(InvalidObjectException.class);
        } finally {
            Swallowing.strict = false;
        }
    }

    @Test
    void theFieldsAreSentAndNotWhatAccessorsSay() throws PayloadException {
        int[] numbers = {1, 2};
        Object[] read = Travel.travelledArguments(new Careful(numbers, 3), numbers);
        Careful careful = (Careful) read[0];
        assertThat(careful.numbers).isSameAs(read[1]).containsExactly(1, 2);
        assertThat(careful.sum).isEqualTo(3);
    }

    @Test
    void recordsWithHooksOfJavaSerializationGoTheirOwnWay() throws PayloadException {
        assertThat(Travel.<Object>read(Travel.written(new Replaced("text")))).isEqualTo("text");
        assertThat(Travel.travelled(new Resolved("other"))).isSameAs(Resolved.ONE);
    }

    @Test
    void anArrayOfRecordsComesBack() throws PayloadException {
        Hidden[] row = {new Hidden(1), null, new Hidden(2)};
        assertThat(Travel.travelled(row)).isExactlyInstanceOf(Hidden[].class).isEqualTo(row);
    }

    /** Public and exported by its module, jdk.net, but not open to us. */
    @Test
    void aPublicRecordOfAPackageThatIsNotOpenGoesByItsAccessors() throws PayloadException {
        UnixDomainPrincipal one = new UnixDomainPrincipal(new Named("user"), new Named("group"));
        assertThat(Travel.travelled(one)).isEqualTo(one);
    }

    @Test
    void aRecordOfWhichNothingIsOpenHasNoSerializer() throws ClassNotFoundException {
        Class<?> ofTheJdkAlone = Class.forName("sun.nio.ch.IOUtil$LinkedRunnable", false, null);
        assertThatThrownBy(() -> new RecordSerializer(ofTheJdkAlone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class=" + ofTheJdkAlone.getName() + ", module=java.base; open its package");
    }

    @Test
    void theClassOfARecordIsNotHeld() throws Exception {
        WeakReference<Class<?>> type = new WeakReference<>(usedOnce());
        for (int i = 0; i < 100 && type.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(type.get()).isNull();
    }

    private static Class<?> usedOnce() throws Exception {
        URL classes = Hidden.class.getProtectionDomain().getCodeSource().getLocation();
        Class<?> copy = new URLClassLoader(new URL[] {classes}, null).loadClass(Empty.class.getName());
        assertThat(new RecordSerializer(copy)).isNotNull();
        return copy;
    }
}
