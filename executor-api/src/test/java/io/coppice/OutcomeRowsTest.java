package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.pool.Fault;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows of outcomes on their way to the thread that iterates: every item once, in order, and no wait without an end. */
@Timeout(60)
class OutcomeRowsTest {
    private final OutcomeRows rows = new OutcomeRows(this);

    /** A row whose items say nothing. */
    private static Items items(int count) {
        return new Items(count, Payload.of(new byte[count * 5]));
    }

    private void answer(OutcomeRows rows, int first, int count) {
        rows.answer(first, items(count), item -> "item=" + item);
    }

    /** The next rows, from this item on, as first+count. */
    private static List<String> takeAll(OutcomeRows rows, int from) {
        List<String> taken = new ArrayList<>();
        for (int item = from; rows.isThere(item); ) {
            OutcomeRows.Row row = Objects.requireNonNull(rows.take(item));
            taken.add(row.first + "+" + row.count);
            item += row.count;
        }
        return taken;
    }

    @Test
    void rowsAreTakenInTheOrderOfTheirItemsWhateverTheOrderTheyCameIn() {
        answer(rows, 3, 2);
        answer(rows, 7, 1);
        assertThat(rows.isThere(0)).isFalse();
        answer(rows, 0, 3);
        answer(rows, 5, 2);
        assertThat(takeAll(rows, 0)).containsExactly("0+3", "3+2", "5+2", "7+1");
        answer(rows, 9, 1);
        assertThat(rows.isThere(8)).isFalse();
        answer(rows, 8, 1);
        assertThat(takeAll(rows, 8)).containsExactly("8+1", "9+1");
    }

    @Test
    void allOrdersOfRowsGiveTheSame() {
        Random random = new Random(5);
        List<Integer> firsts = new ArrayList<>();
        for (int first = 0; first < 60; first += 3) firsts.add(first);
        List<String> expected = firsts.stream().map(first -> first + "+3").toList();
        for (int round = 0; round < 200; round++) {
            OutcomeRows rows = new OutcomeRows(this);
            Collections.shuffle(firsts, random);
            List<String> taken = new ArrayList<>();
            int next = 0;
            for (int first : firsts) {
                answer(rows, first, 3);
                if (random.nextInt(3) > 0) continue;
                List<String> some = takeAll(rows, next);
                next += 3 * some.size();
                taken.addAll(some);
            }
            taken.addAll(takeAll(rows, next));
            assertThat(taken).isEqualTo(expected);
        }
    }

    @Test
    void aBrokenPoolGivesEveryItemThatHasItsOutcome() {
        answer(rows, 1, 2);
        answer(rows, 4, 1);
        rows.broken(() -> "first", Fault.UNKNOWN);
        rows.broken(() -> "second", Fault.UNKNOWN);
        assertThat(rows.isThere(0)).isTrue();
        assertThat(rows.take(0)).isNull();
        assertThat(takeAllOrBroken(1, 6)).containsExactly("1+2", "broken", "4+1", "broken");
        assertThatThrownBy(() -> rows.breakage().read())
                .isInstanceOf(BrokenProcessPool.class)
                .hasMessage("first");
    }

    private List<String> takeAllOrBroken(int from, int to) {
        List<String> taken = new ArrayList<>();
        for (int item = from; item < to; ) {
            assertThat(rows.isThere(item)).isTrue();
            OutcomeRows.Row row = rows.take(item);
            taken.add(row == null ? "broken" : row.first + "+" + row.count);
            item += row == null ? 1 : row.count;
        }
        return taken;
    }

    @Test
    void cancelledItemsAreARowWithoutOutcomes() {
        rows.cancelled(2, 3);
        answer(rows, 0, 2);
        assertThat(takeAll(rows, 0)).containsExactly("0+2", "2+3");
    }

    @Test
    void aWaitEndsWithTheTimeOrAnInterruptButNotIfTheItemIsThere() throws Exception {
        assertThat(rows.await(0, 0)).isFalse();
        assertThat(rows.await(0, TimeUnit.MILLISECONDS.toNanos(5))).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> rows.await(0, Long.MAX_VALUE)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        answer(rows, 0, 1);
        Thread.currentThread().interrupt();
        assertThat(rows.await(0, 0)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptEndsAWaitThatHasBegun() throws Exception {
        ArrayBlockingQueue<Throwable> seen = new ArrayBlockingQueue<>(1);
        Thread waiting = new Thread(() -> {
            try {
                rows.await(0, Long.MAX_VALUE);
            } catch (Throwable interrupted) {
                seen.add(interrupted);
            }
        });
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        assertThat(seen.poll(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    /** A thread answers in portions of any size and order, as several workers would; this one takes and waits. */
    @Test
    void hammer() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            OutcomeRows rows = new OutcomeRows(this);
            int items = 1 + random.nextInt(2000);
            int broken = random.nextInt(4) == 0 ? random.nextInt(items) : items;
            List<int[]> portions = portions(random, broken);
            Thread dispatcher = new Thread(() -> {
                for (int[] portion : portions) answer(rows, portion[0], portion[1]);
                if (broken < items) rows.broken(() -> "on purpose", Fault.UNKNOWN);
            });
            dispatcher.start();
            for (int item = 0; item < items; ) {
                assertThat(rows.await(item, TimeUnit.SECONDS.toNanos(30)))
                        .as("seed=%s round=%s item=%s", seed, round, item)
                        .isTrue();
                OutcomeRows.Row row = rows.take(item);
                if (row == null) assertThat(item).as("seed=%s", seed).isGreaterThanOrEqualTo(broken);
                else assertThat(row.first).as("seed=%s", seed).isEqualTo(item);
                item += row == null ? 1 : row.count;
            }
            dispatcher.join();
        }
    }

    /** All items before this one, as first and count, somewhat out of order. */
    private static List<int[]> portions(Random random, int items) {
        List<int[]> portions = new ArrayList<>();
        for (int first = 0; first < items; ) {
            int count = Math.min(items - first, 1 + random.nextInt(40));
            portions.add(new int[] {first, count});
            first += count;
        }
        for (int i = 1; i < portions.size(); i++)
            if (random.nextBoolean()) Collections.swap(portions, i, Math.max(0, i - 1 - random.nextInt(3)));
        return portions;
    }
}
