package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.NullUnmarked;

/** Of java.util.concurrent: collections, atomics, and the locks that may travel, which come back as nobody's. */
@NullUnmarked
final class ValueKindsOfConcurrency {
    private ValueKindsOfConcurrency() {}

    static void addTo(ValueKinds kinds) {
        collections(kinds);
        parts(kinds);
        atomics(kinds);
        locks(kinds);
    }

    private static void canGrow(Collection<Object> sent, Collection<Object> back) {
        assertThat(back.add("added")).isTrue();
        assertThat(back).hasSize(sent.size() + 1);
    }

    private static void collections(ValueKinds kinds) {
        List<Object> some = List.of("a", 2, 'c');
        kinds.add("CopyOnWriteArrayList", () -> new CopyOnWriteArrayList<>(some), ValueKindsOfConcurrency::canGrow);
        kinds.add("CopyOnWriteArraySet", () -> new CopyOnWriteArraySet<>(some), ValueKindsOfConcurrency::canGrow);
        kinds.add("ConcurrentLinkedQueue", () -> new ConcurrentLinkedQueue<>(some), ValueKindsOfConcurrency::canGrow);
        kinds.add("ConcurrentLinkedDeque", () -> new ConcurrentLinkedDeque<>(some), ValueKindsOfConcurrency::canGrow);
        kinds.add(
                "LinkedBlockingQueue keeps its bound",
                () -> {
                    LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>(4);
                    queue.addAll(some);
                    return queue;
                },
                (sent, back) -> assertThat(back.remainingCapacity()).isEqualTo(1));
        kinds.add("LinkedBlockingDeque", () -> new LinkedBlockingDeque<>(some), ValueKindsOfConcurrency::canGrow);
        kinds.add(
                "ArrayBlockingQueue keeps its bound",
                () -> {
                    ArrayBlockingQueue<Object> queue = new ArrayBlockingQueue<>(4);
                    queue.addAll(some);
                    return queue;
                },
                (sent, back) -> assertThat(back.remainingCapacity()).isEqualTo(1));
        kinds.add(
                "PriorityBlockingQueue",
                () -> new PriorityBlockingQueue<>(List.of(3, 1, 2)),
                (sent, back) -> assertThat(back.poll()).isEqualTo(1));
        kinds.add("LinkedTransferQueue", () -> new LinkedTransferQueue<>(some), ValueKindsOfConcurrency::canGrow);
        kinds.add(
                "SynchronousQueue",
                SynchronousQueue::new,
                (sent, back) -> assertThat(back.offer(1)).isFalse());
        kinds.add(
                "ConcurrentHashMap",
                () -> new ConcurrentHashMap<>(Map.of("k", List.of(1))),
                (sent, back) -> assertThat(back.containsKey("k")).isTrue());
        kinds.add("ConcurrentSkipListMap", () -> new ConcurrentSkipListMap<>(Map.of(2, "b", 1, "a")));
        kinds.add(
                "ConcurrentSkipListSet with an order",
                () -> {
                    ConcurrentSkipListSet<Integer> set = new ConcurrentSkipListSet<>(Comparator.reverseOrder());
                    set.addAll(List.of(1, 2));
                    return set;
                },
                (sent, back) -> assertThat(back).containsExactly(2, 1));
        kinds.add("newKeySet", () -> {
            Collection<Object> set = ConcurrentHashMap.newKeySet();
            set.addAll(some);
            return set;
        });
    }

    private static void parts(ValueKinds kinds) {
        kinds.add(
                "subList of a CopyOnWriteArrayList", () -> new CopyOnWriteArrayList<>(List.of(1, 2, 3)).subList(1, 3));
        kinds.add("keySet of a ConcurrentHashMap", () -> new ConcurrentHashMap<>(Map.of("k", 1)).keySet());
        kinds.add("values of a ConcurrentHashMap", () -> new ConcurrentHashMap<>(Map.of("k", 1)).values());
        kinds.add(
                "headMap of a ConcurrentSkipListMap",
                () -> new ConcurrentSkipListMap<>(Map.of(2, "b", 1, "a")).headMap(2));
    }

    private static void atomics(ValueKinds kinds) {
        kinds.add(
                "AtomicInteger",
                () -> new AtomicInteger(7),
                (sent, back) -> assertThat(back.incrementAndGet()).isEqualTo(8));
        kinds.add("AtomicLong", () -> new AtomicLong(-7));
        kinds.add("AtomicBoolean", () -> new AtomicBoolean(true));
        kinds.add(
                "AtomicReference",
                () -> new AtomicReference<>(new ArrayList<>(List.of(1))),
                (sent, back) -> back.set(null));
        kinds.add("empty AtomicReference", AtomicReference::new);
        kinds.add("AtomicIntegerArray", () -> new AtomicIntegerArray(new int[] {1, 2}));
        kinds.add("AtomicLongArray", () -> new AtomicLongArray(new long[] {1, 2}));
        kinds.add("AtomicReferenceArray", () -> new AtomicReferenceArray<>(new Object[] {"a", null, List.of()}));
        kinds.add(
                "LongAdder",
                () -> {
                    LongAdder adder = new LongAdder();
                    adder.add(7);
                    return adder;
                },
                (sent, back) -> back.increment());
        kinds.add("DoubleAdder", () -> {
            DoubleAdder adder = new DoubleAdder();
            adder.add(.5);
            return adder;
        });
        kinds.add("TimeUnit", () -> TimeUnit.DAYS);
    }

    private static void locks(ValueKinds kinds) {
        kinds.addLoosely(
                "ReentrantLock",
                () -> {
                    ReentrantLock lock = new ReentrantLock(true);
                    lock.lock();
                    return lock;
                },
                (sent, back) -> {
                    assertThat(back.isLocked()).isFalse();
                    assertThat(back.isFair()).isTrue();
                });
        kinds.addLoosely(
                "ReentrantReadWriteLock",
                ReentrantReadWriteLock::new,
                (sent, back) -> assertThat(back.writeLock().tryLock()).isTrue());
        kinds.addLoosely(
                "StampedLock",
                StampedLock::new,
                (sent, back) -> assertThat(back.tryWriteLock()).isNotZero());
        kinds.addLoosely(
                "Semaphore",
                () -> new Semaphore(3),
                (sent, back) -> assertThat(back.availablePermits()).isEqualTo(3));
    }
}
