package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Fn1;
import io.coppice.ProcessPoolExecutor;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Do the values that people pass without thinking arrive in a worker as they are, and come back? */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class ValuesIT {
    /** Also when it is asked in a worker: what the value says there, in a form that is the same in every JVM. */
    static String told(boolean withItsClass, Object value) {
        if (value == null) return "null";
        String type = withItsClass ? value.getClass().getName() + " " : "";
        if (value instanceof ValueSamples.Failure failure)
            return type + failure + failure.code() + failure.getCause() + List.of(failure.getSuppressed());
        if (value.getClass().isArray()) return type + Arrays.deepToString(new Object[] {value});
        return type + inOrder(value);
    }

    /** Of what has an order of its own in every JVM, the sorted texts. */
    private static String inOrder(Object value) {
        boolean unordered =
                value instanceof Set<?> && !(value instanceof SortedSet<?>) && !(value instanceof LinkedHashSet<?>);
        if (unordered)
            return ((Set<?>) value)
                    .stream().map(String::valueOf).sorted().toList().toString();
        if (value instanceof Map<?, ?> map
                && !(map instanceof SortedMap<?, ?>)
                && !(map instanceof LinkedHashMap<?, ?>))
            return map.entrySet().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList()
                    .toString();
        return value.toString();
    }

    @Test
    void aValueArrivesInAWorkerAsItIsAndComesBack() throws Exception {
        List<Object> parts = ValueSamples.parts();
        List<Object> values = new ArrayList<>();
        for (List<Object> some : List.of(
                ValueSamples.scalars(),
                ValueSamples.arrays(),
                ValueSamples.collections(),
                ValueSamples.usersOwn(),
                parts)) values.addAll(some);
        List<String> failures = new ArrayList<>();
        try (var pool = new ProcessPoolExecutor(1)) {
            for (int i = 0; i < values.size(); i++)
                travel(pool, values.get(i), i < values.size() - parts.size(), failures);

            Fn1<Integer, Integer> twice = x -> 2 * x;
            assertThat(pool.submit((f, x) -> f.apply(x), twice, 21).result()).isEqualTo(42);
            int captured = values.size();
            Fn1<Integer, Integer> more = x -> x + captured;
            assertThat(pool.submit(Calls::echo, more).result().apply(1)).isEqualTo(1 + values.size());
        }
        assertThat(values).hasSizeGreaterThan(140);
        assertThat(failures).isEmpty();
    }

    /** As an argument, as a result, and as a part of both. */
    private static void travel(ProcessPoolExecutor pool, Object value, boolean keepsItsClass, List<String> failures) {
        String sent = told(keepsItsClass, value);
        try {
            String there = pool.submit(ValuesIT::told, keepsItsClass, value).result();
            if (!there.equals(sent)) failures.add(sent + " arrived as " + there);
            Object back = pool.submit(Calls::echo, value).result();
            String cameBack = told(keepsItsClass, back);
            if (!cameBack.equals(sent)) failures.add(sent + " came back as " + cameBack);
            List<Object> twice = new ArrayList<>(Arrays.asList(value, value));
            ValueSamples.Point point =
                    pool.submit(Calls::echo, new ValueSamples.Point(1, twice)).result();
            List<?> row = (List<?>) point.y();
            String cameWithin = told(keepsItsClass, row.get(1));
            if (!cameWithin.equals(sent)) failures.add(sent + " came back within others as " + cameWithin);
        } catch (Exception failed) {
            failures.add(sent + ": " + failed);
        }
    }
}
