package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Is what was one object still one on the other side, and what was two still two? */
@NullUnmarked
@SuppressWarnings("JdkObsolete") // goes by Java serialization
class PayloadIdentityTest {
    private static final class Guarded {
        private final Object lock = new Object();
        private final List<Object> locks = List.of(lock, new Object());
    }

    @Test
    void aBareObjectIsANewOneThatStaysShared() throws PayloadException {
        Guarded back = Travel.travelled(new Guarded());
        assertThat(back.lock).isExactlyInstanceOf(Object.class).isSameAs(back.locks.get(0));
        assertThat(back.locks.get(1)).isExactlyInstanceOf(Object.class).isNotSameAs(back.lock);
        Object[] map = {new Object(), null};
        map[1] = new Hashtable<>(Map.of("key", map[0])); // by Java serialization
        Object[] there = Travel.travelled(map);
        assertThat(((Map<?, ?>) there[1]).get("key")).isSameAs(there[0]);
    }

    @Test
    void aCycleComesBackAsACycle() throws PayloadException {
        List<Object> list = new ArrayList<>(List.of("head"));
        list.add(list);
        List<Object> readList = Travel.travelled(list);
        assertThat(readList.get(1)).isSameAs(readList);

        PayloadGraphTest.Plain plain = new PayloadGraphTest.Plain("self", 1);
        plain.next = new Object[] {Map.of("back", List.of()), new HashMap<>(), plain};
        Object[] next = (Object[]) Travel.travelled(plain).next;
        assertThat(((PayloadGraphTest.Plain) next[2]).next).isSameAs(next);
    }

    @Test
    void aCycleThroughAnythingMadeAfterItsPartsIsRefusedWhenItIsWritten() {
        List<Object> inner = new ArrayList<>();
        PayloadLambdaTest.Source<Object> lambda = () -> inner;
        for (Object holder : List.of(
                new PayloadGraphTest.Point(1, inner),
                List.of(inner),
                Arrays.asList(inner),
                Map.of(1, inner),
                Optional.of(inner),
                Collections.singletonList(inner),
                Map.entry(1, inner),
                lambda)) {
            inner.clear();
            inner.add(holder);
            assertThatThrownBy(() -> Travel.written(holder))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("in a cycle")
                    .hasMessageContaining("leave the reference back out");
        }
        inner.set(0, new PayloadGraphTest.Point(1, inner));
        assertThatThrownBy(() -> Travel.written(inner.get(0)))
                .hasMessageStartingWith(
                        "Point.y → List[0] holds an " + PayloadGraphTest.Point.class.getName() + " again");
    }

    @Test
    void aCycleThroughAnEntrysValueIsKept() throws PayloadException {
        AbstractMap.SimpleEntry<Object, Object> entry = new AbstractMap.SimpleEntry<>("k", null);
        entry.setValue(List.of(entry));
        AbstractMap.SimpleEntry<Object, Object> read = Travel.travelled(entry);
        assertThat(((List<?>) read.getValue()).get(0)).isSameAs(read);
    }

    private static final class Member {
        private final String name;
        private final Set<Object> team = new HashSet<>();
        private final Map<Object, Object> byMember = new LinkedHashMap<>();
        private Object last; // behind the sets

        Member(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Member that && that.name.equals(name) && Objects.equals(that.last, last);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, last);
        }
    }

    @Test
    void whatIsInASetThatItHoldsIsFoundThere() throws PayloadException {
        Member member = new Member("a");
        member.last = "z";
        member.team.add(member);
        member.team.add(new Member("b"));
        member.byMember.put(member, 1);
        Member read = Travel.travelled(member);
        assertThat(read.team.contains(read)).isTrue();
        assertThat(read.team).hasSize(2);
        assertThat(read.byMember.get(read)).isEqualTo(1);
    }

    @Test
    void whatArgumentsShareStaysShared() throws PayloadException {
        List<Integer> shared = new ArrayList<>(List.of(1));
        Object[] read = Travel.travelledArguments(shared, Map.of("k", shared), 3, shared);
        assertThat(read[3]).isSameAs(read[0]).isEqualTo(shared);
        assertThat(((Map<?, ?>) read[1]).get("k")).isSameAs(read[0]);
    }

    @Test
    void anImmutableCollectionSharedByArgumentsStaysSharedAndImmutable() throws PayloadException {
        for (Object shared : List.of(
                List.of(1, 2, 3), Set.of(1), Map.of(1, 2), Arrays.asList(1, 2), new PayloadGraphTest.Point(1, 2))) {
            Object[] read = Travel.travelledArguments(shared, shared);
            assertThat(read[1]).isSameAs(read[0]).hasSameClassAs(shared);
        }
    }

    @Test
    void whatIsEqualButNotSharedStaysApart() throws PayloadException {
        Object[] read = Travel.travelledArguments(new ArrayList<>(List.of(1)), new ArrayList<>(List.of(1)));
        assertThat(read[1]).isEqualTo(read[0]).isNotSameAs(read[0]);
    }
}
