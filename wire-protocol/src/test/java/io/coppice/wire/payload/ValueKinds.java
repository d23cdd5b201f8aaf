package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/**
 * What a Java user passes without thinking, by kind: each with a name, a way to make one, and how to tell whether it came
 * back as it was.
 */
@NullUnmarked
final class ValueKinds {
    interface Making {
        Object make() throws Exception;
    }

    interface Check {
        void same(Object sent, Object back) throws Exception;
    }

    record Kind(String name, Making making, Check check) {
        Object make() {
            try {
                return making.make();
            } catch (Exception cannotBeMade) {
                throw new AssertionError(name + " cannot be made", cannotBeMade);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The same classes and values in the same places, and shared where it was shared. */
    static final Check SAME_SHAPE = (sent, back) ->
            assertThat(RandomGraphComparison.difference(sent, back)).isNull();

    private final List<Kind> kinds = new ArrayList<>();

    private ValueKinds() {}

    static List<Kind> thatTravel() {
        ValueKinds all = new ValueKinds();
        ValueKindsOfTheLanguage.addTo(all);
        ValueKindsOfTime.addTo(all);
        ValueKindsOfCollections.addTo(all);
        ValueKindsOfMaps.addTo(all);
        ValueKindsOfWrappers.addTo(all);
        ValueKindsOfConcurrency.addTo(all);
        ValueKindsOfClasses.addTo(all);
        ValueKindsOfSubclasses.addTo(all);
        ValueKindsOfRecords.addTo(all);
        ValueKindsOfSerialization.addTo(all);
        ValueKindsOfThrowables.addTo(all);
        ValueKindsOfFunctions.addTo(all);
        ValueKindsOfGraphs.addTo(all);
        return all.checked();
    }

    static List<Kind> thatAreRefused() {
        ValueKinds all = new ValueKinds();
        ValueKindsRefused.addTo(all);
        return all.checked();
    }

    private List<Kind> checked() {
        Set<String> names = new HashSet<>();
        for (Kind kind : kinds) if (!names.add(kind.name)) throw new AssertionError("twice: " + kind.name);
        return kinds;
    }

    /** Comes back in the same shape. */
    void add(String name, Making making) {
        kinds.add(new Kind(name, making, SAME_SHAPE));
    }

    /** Comes back in the same shape, and more can be said of it. */
    @SuppressWarnings("unchecked")
    <T> void add(String name, MakingOf<T> making, CheckOf<T> also) {
        kinds.add(new Kind(name, making, (sent, back) -> {
            SAME_SHAPE.same(sent, back);
            also.same((T) sent, (T) back);
        }));
    }

    /** Its shape cannot be seen, or is another by intention: what this check says counts alone. */
    @SuppressWarnings("unchecked")
    <T> void addLoosely(String name, MakingOf<T> making, CheckOf<T> check) {
        kinds.add(new Kind(name, making, (sent, back) -> check.same((T) sent, (T) back)));
    }

    interface MakingOf<T> extends Making {
        @Override
        T make() throws Exception;
    }

    interface CheckOf<T> {
        void same(T sent, T back) throws Exception;
    }
}
