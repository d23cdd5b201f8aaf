package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.util.*;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Is what an object that goes by Java serialization holds sent as it is everywhere else? */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage", "unchecked", "LockNotBeforeTry"}) // values that users send
class PayloadPartsTest {
    /** Not Serializable. */
    static final class Job {
        final String name;
        Object held;

        Job(String name) {
            this.name = name;
        }
    }

    /** Writes itself by hand. */
    static final class Node implements Serializable {
        Node parent;
        List<Object> children = new ArrayList<>();
        Object held;

        private void writeObject(ObjectOutputStream stream) throws IOException {
            stream.defaultWriteObject();
        }

        private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
            stream.defaultReadObject();
        }
    }

    public static final class Outer implements Externalizable {
        Object held;

        public Outer() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeObject(held);
            out.writeObject(held);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            held = in.readObject();
            if (in.readObject() != held) throw new IOException("two");
        }
    }

    static final class Jobs extends ArrayList<Object> {}

    private static Stream<Function<Object, Object>> holders() {
        return Stream.of(
                job -> Collections.unmodifiableList(new ArrayList<>(List.of(job))),
                job -> Collections.synchronizedMap(new HashMap<>(Map.of("k", job))),
                job -> new Hashtable<>(Map.of("k", job)),
                job -> new EnumMap<>(Map.of(DayOfWeek.MONDAY, job)),
                job -> new IdentityHashMap<>(Map.of(job, 1)),
                job -> Collections.nCopies(2, job),
                PayloadPartsTest::stack,
                job -> {
                    Jobs jobs = new Jobs();
                    jobs.add(job);
                    return jobs;
                },
                job -> {
                    Node node = new Node();
                    node.held = job;
                    return node;
                },
                job -> {
                    Outer outer = new Outer();
                    outer.held = job;
                    return outer;
                });
    }

    private static Object stack(Object element) {
        Stack<Object> stack = new Stack<>();
        stack.push(element);
        return stack;
    }

    private static Object firstOf(Object holder) {
        if (holder instanceof Collection<?> collection)
            return collection.iterator().next();
        if (holder instanceof IdentityHashMap<?, ?> map)
            return map.keySet().iterator().next();
        if (holder instanceof Map<?, ?> map) return map.values().iterator().next();
        return holder instanceof Node node ? node.held : ((Outer) holder).held;
    }

    @ParameterizedTest
    @MethodSource("holders")
    void whatItHoldsNeedNotBeSerializableAndStaysShared(Function<Object, Object> holder) throws PayloadException {
        Job job = new Job("a");
        Object[] read = Travel.travelledArguments(job, holder.apply(job), holder.apply(job), job);
        assertThat(((Job) read[0]).name).isEqualTo("a");
        assertThat(firstOf(read[1])).isSameAs(read[0]);
        assertThat(firstOf(read[2])).isSameAs(read[0]);
        assertThat(read[1]).isNotSameAs(read[2]);
        assertThat(read[3]).isSameAs(read[0]);
    }

    @ParameterizedTest
    @MethodSource("holders")
    void whatIsMetInItFirstIsTheSameOutside(Function<Object, Object> holder) throws PayloadException {
        for (Object shared : List.of(
                new Job("a"), new int[] {1}, EnumSet.of(DayOfWeek.MONDAY), List.of(new Job("b")), new Hashtable<>())) {
            Object[] read = Travel.travelledArguments(holder.apply(shared), shared);
            assertThat(firstOf(read[0])).as(shared.getClass().getName()).isSameAs(read[1]);
        }
    }

    @ParameterizedTest
    @MethodSource("holders")
    void aCycleFurtherDownIsKept(Function<Object, Object> holder) throws PayloadException {
        Job job = new Job("a");
        job.held = new ArrayList<>(List.of(job));
        Job read = (Job) firstOf(Travel.travelled(holder.apply(job)));
        assertThat((List<?>) read.held).hasSize(1);
        assertThat(((List<?>) read.held).get(0)).isSameAs(read);
    }

    @Test
    void aCycleThroughItIsKeptWhereJavaSerializationCan() throws PayloadException {
        Node root = new Node();
        Node child = new Node();
        child.parent = root;
        Job job = new Job("a");
        child.held = job;
        root.children.add(child);
        root.held = child;
        Object[] read = Travel.travelledArguments(root, child, job, root.children);
        Node rootRead = (Node) read[0];
        assertThat(rootRead.held).isSameAs(read[1]).isSameAs(rootRead.children.get(0));
        assertThat(((Node) read[1]).parent).isSameAs(rootRead);
        assertThat(((Node) read[1]).held).isSameAs(read[2]);
        assertThat(read[3]).isSameAs(rootRead.children);
    }

    @Test
    void whatWasThereBeforeACycleIsNotMadeTwice() throws PayloadException {
        Job job = new Job("a");
        Node root = new Node();
        Node child = new Node();
        child.parent = root;
        child.held = job;
        root.children.add(child);
        List<Object> list = new ArrayList<>(List.of(job));
        root.held = list;
        Object[] read = Travel.travelledArguments(list, job, root);
        assertThat(((Node) read[2]).held).isSameAs(read[0]);
        assertThat(((Node) ((Node) read[2]).children.get(0)).held).isSameAs(read[1]);
    }

    @Test
    void whatIsReplacedInAStreamWithACycleStaysSharedToo() throws PayloadException {
        Node root = new Node();
        Node child = new Node();
        child.parent = root;
        List<Object> children = Collections.unmodifiableList(new ArrayList<>(List.of(child)));
        Source<Integer> lambda = () -> 5;
        EnumSet<DayOfWeek> days = EnumSet.of(DayOfWeek.MONDAY);
        root.held = children;
        child.held = new Object[] {lambda, days};
        Object[] read = Travel.travelledArguments(root, children, lambda, days);
        Node rootRead = (Node) read[0];
        assertThat(rootRead.held).isSameAs(read[1]);
        Node childRead = (Node) ((List<?>) read[1]).get(0);
        assertThat(childRead.parent).isSameAs(rootRead);
        Object[] held = (Object[]) childRead.held;
        assertThat(held[0]).isSameAs(read[2]);
        assertThat(held[1]).isSameAs(read[3]);
    }

    @Test
    void aCycleThroughWhatIsReplacedInAStreamIsRefused() {
        Node root = new Node();
        Node child = new Node();
        child.parent = root;
        List<Object> children = Collections.unmodifiableList(new ArrayList<>(List.of(child)));
        root.held = children;
        child.held = children;
        Travel.assertRefused(root).hasMessageContaining("UnmodifiableRandomAccessList again, in a cycle");
    }

    @Test
    void manyObjectsInCyclesAreWrittenInReasonableTime() throws PayloadException {
        List<Object> trees = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Node root = new Node();
            Node child = new Node();
            child.parent = root;
            root.children.add(child);
            trees.add(root);
        }
        List<Node> read = Travel.travelled((List) trees);
        assertThat(read)
                .hasSize(2000)
                .allSatisfy(
                        root -> assertThat(((Node) root.children.get(0)).parent).isSameAs(root));
    }

    @Test
    void aCycleThroughItAndWhatIsNotSerializableIsRefusedByItsWay() {
        Node node = new Node();
        Job job = new Job("a");
        job.held = new Object[] {node};
        node.held = job;
        Travel.assertRefused(List.of(node))
                .hasMessageStartingWith("List[0] → Node.held → Job.held → array[0] holds an " + Node.class.getName())
                .hasMessageContaining("cycle");
    }

    @Test
    void aMapOfSelfAndTheLikeComeBackAsTheyWere() throws PayloadException {
        Hashtable<Object, Object> map = new Hashtable<>();
        map.put("self", map);
        map.put("in a list", new ArrayList<>(List.of(map)));
        Hashtable<Object, Object> read = Travel.travelled(map);
        assertThat(read.get("self")).isSameAs(read);
        assertThat(((List<?>) read.get("in a list")).get(0)).isSameAs(read);
    }

    static final class Guarded {
        final ReentrantLock lock = new ReentrantLock();
        final Condition condition = lock.newCondition();
    }

    @Test
    void aLockAndItsConditionStayTogether() throws PayloadException {
        Guarded read = Travel.travelled(new Guarded());
        read.lock.lock();
        read.condition.signalAll(); // fails for another lock's
        read.lock.unlock();
    }

    @Test
    void lambdasInItAreExact() throws PayloadException {
        Source<Integer> source = () -> 5;
        Object[] read = Travel.travelledArguments(new Hashtable<>(Map.of(1, source)), source);
        assertThat(((Map<?, ?>) read[0]).get(1)).isSameAs(read[1]);
        TreeMap<Object, Object> map =
                new TreeMap<>(Comparator.comparing((Function<Object, String> & Serializable) Object::toString)
                        .reversed());
        map.put(1, 1);
        map.put(2, 2);
        TreeMap<Object, Object> back =
                Travel.travelled(new Hashtable<>(Map.of(1, map))).get(1);
        assertThat(back.keySet()).containsExactly(2, 1);
    }

    interface Source<R> extends Supplier<R>, Serializable {}

    @Test
    void aValueThatReplacesItselfByWhatIsThereIsThat() throws PayloadException {
        List<Object> canonical = new ArrayList<>(List.of("c"));
        Object[] read = Travel.travelledArguments(canonical, new Alias(canonical), new Alias(canonical));
        assertThat(read[1]).isSameAs(read[0]);
        assertThat(read[2]).isSameAs(read[0]);
        read = Travel.travelledArguments(new Alias(canonical), canonical);
        assertThat(read[1]).isSameAs(read[0]);
    }

    static final class Alias implements Serializable {
        private final Object of;

        Alias(Object of) {
            this.of = of;
        }

        private Object writeReplace() {
            return of;
        }
    }
}
