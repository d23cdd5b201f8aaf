package io.coppice.wire.payload;

import static io.coppice.wire.payload.RefusedValues.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.DayOfWeek;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where in a value is what cannot be written? */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "UnusedVariable"}) // values that users send, fields that are written
class RefusalPathTest {
    static Stream<Arguments> shapes() {
        Object pending = PENDING;
        Object thread = THREAD;
        int before = 1;
        Source<Object> capturesSecond = () -> before + thread.toString();
        Source<Object> capturesList = () -> List.of(1, pending);
        List<Object> list = List.of(0, 1, 2, new Report("r", pending));
        Source<Object> capturesAList = () -> list;
        Source<Boolean> receiver = new Job(pending)::isReady;
        return Stream.of(
                Arguments.of(pending, "it is " + A_FUTURE),
                Arguments.of(thread, "it is " + A_THREAD),
                // fields
                Arguments.of(new Report("r", pending), "Report.pending holds " + A_FUTURE),
                Arguments.of(new Job(thread), "Job.held holds " + A_THREAD),
                Arguments.of(new SubJob(thread), "Job.held holds " + A_THREAD),
                Arguments.of(new SerializableJob(thread), "SerializableJob.held holds " + A_THREAD),
                Arguments.of(
                        new Job(new Report("r", new Job(thread))),
                        "Job.held → Report.pending → Job.held holds " + A_THREAD),
                // what the JDK holds together
                Arguments.of(new Object[] {1, pending}, "array[1] holds " + A_FUTURE),
                Arguments.of(new Future<?>[] {PENDING}, "array[0] holds " + A_FUTURE),
                Arguments.of(new Object[][] {{}, {1, 2, thread}}, "array[1] → array[2] holds " + A_THREAD),
                Arguments.of(List.of(1, 2, 3, thread), "List[3] holds " + A_THREAD),
                Arguments.of(new ArrayList<>(List.of(pending)), "List[0] holds " + A_FUTURE),
                Arguments.of(new LinkedList<>(List.of(1, pending)), "List[1] holds " + A_FUTURE),
                Arguments.of(Arrays.asList(1, pending), "List[1] holds " + A_FUTURE),
                Arguments.of(new CopyOnWriteArrayList<>(List.of(1, pending)), "List[1] holds " + A_FUTURE),
                Arguments.of(new ArrayDeque<>(List.of(1, pending)), "Queue[1] holds " + A_FUTURE),
                Arguments.of(new LinkedBlockingQueue<>(List.of(1, pending)), "Queue[1] holds " + A_FUTURE),
                Arguments.of(Set.of(pending), "Set element holds " + A_FUTURE),
                Arguments.of(new HashSet<>(List.of(1, pending)), "Set element holds " + A_FUTURE),
                Arguments.of(Map.of("key", pending), "Map[\"key\"] holds " + A_FUTURE),
                Arguments.of(new HashMap<>(Map.of(7, pending)), "Map[7] holds " + A_FUTURE),
                Arguments.of(
                        Map.of(new Key(), pending),
                        "Map[an io.coppice.wire.payload.RefusedValues$Key] holds " + A_FUTURE),
                Arguments.of(new HashMap<>(Map.of(pending, 1)), "Map key holds " + A_FUTURE),
                Arguments.of(new EnumMap<>(Map.of(DayOfWeek.MONDAY, pending)), "Map[MONDAY] holds " + A_FUTURE),
                Arguments.of(new ConcurrentHashMap<>(Map.of('c', pending)), "Map[c] holds " + A_FUTURE),
                Arguments.of(Optional.of(pending), "Optional holds " + A_FUTURE),
                Arguments.of(new AtomicReference<>(pending), "AtomicReference holds " + A_FUTURE),
                Arguments.of(new AbstractMap.SimpleEntry<>(1, pending), "Entry value holds " + A_FUTURE),
                Arguments.of(
                        new TreeSet<Object>(new UnsendableOrder()),
                        "comparator → UnsendableOrder.thread holds " + A_THREAD),
                // in Java's serialization
                Arguments.of(
                        Collections.unmodifiableMap(new TreeMap<>(Map.of("k", pending))),
                        "Map[\"k\"] holds " + A_FUTURE),
                Arguments.of(
                        new Hashtable<>(Map.of("k", List.of(1, new SerializableJob(thread)))),
                        "Map[\"k\"] → List[1] → SerializableJob.held holds " + A_THREAD),
                Arguments.of(
                        Collections.unmodifiableList(new ArrayList<>(List.of(pending))), "List[0] holds " + A_FUTURE),
                Arguments.of(new Jobs(1, pending), "List[1] holds " + A_FUTURE),
                Arguments.of(new ByHand(pending), "ByHand.held holds " + A_FUTURE),
                Arguments.of(new Job(new Replaced()), "Job.held → … → SerializableJob.held holds " + A_THREAD),
                Arguments.of(
                        new Job(new FailsToWrite()),
                        "Job.held (io.coppice.wire.payload.RefusedValues$FailsToWrite):"
                                + " java.io.IOException: on purpose"),
                Arguments.of(new FailsToWrite(), "java.io.IOException: on purpose"),
                // captured
                Arguments.of(capturesSecond, "captured variable 2 holds " + A_THREAD),
                Arguments.of(capturesList, "captured variable 1 holds " + A_FUTURE),
                Arguments.of(capturesAList, "captured variable 1 → List[3] → Report.pending holds " + A_FUTURE),
                Arguments.of(receiver, "captured receiver → Job.held holds " + A_FUTURE),
                Arguments.of(
                        new SerializableJob(thread).capturing("x"),
                        "captured this → SerializableJob.held holds " + A_THREAD
                                + " (the lambda uses a field or method of its object:"
                                + " make the method static, or copy the field to a local variable)"),
                Arguments.of(new Job(thread).inner(), "enclosing instance of Inner → Job.held holds " + A_THREAD),
                Arguments.of(anonymous(thread), "captured variable captured holds " + A_THREAD),
                // other reasons
                Arguments.of(
                        new Job((Supplier<Object>) () -> 1),
                        "Job.held holds a lambda that is not serializable (" + lambdaName()
                                + "): give it a serializable type"
                                + " (io.coppice.Task, Action, Fn1, Fn2, Fn3), or cast it to (… & Serializable)"));
    }

    /** Of the lambda above: the JDK numbers them on 17 and does not on 25. */
    private static String lambdaName() {
        Supplier<Object> plain = () -> 2;
        String name = plain.getClass().getName();
        return name.substring(0, name.indexOf("$$Lambda")) + "$$Lambda";
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theMessageNamesTheWayAndWhatIsThere(Object value, String message) {
        PayloadException refused = refused(value);
        assertThat(refused.getMessage().replaceAll("(\\$\\$Lambda)\\$\\d+", "$1"))
                .isEqualTo(message);
    }

    @Test
    void theArgumentThatHoldsItIsKnownByItsNumber() {
        Object[] arguments = {1, new Report("r", "sent"), new Report("r", THREAD)};
        PayloadException refused = catchThrowableOfType(
                PayloadException.class, () -> Travel.codec().addArguments(arguments));
        assertThat(refused.argument()).isEqualTo(3);
        assertThat(refused.about("argument 3")).isEqualTo("argument 3 → Report.pending holds " + A_THREAD);
        refused = catchThrowableOfType(
                PayloadException.class, () -> Travel.codec().addArguments(THREAD));
        assertThat(refused.argument()).isEqualTo(1);
        assertThat(refused.about("argument 1")).isEqualTo("argument 1 is " + A_THREAD);
    }
}
