package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Results;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many calls and large ones. */
@Timeout(300)
@ExtendWith(NothingLeftBehind.class)
class SizesIT {
    private static final int MILLION = 1_000_000;

    @Test
    void aMillionTinyCallsCompleteInOrder() {
        try (var pool = new ProcessPoolExecutor();
                var results = pool.map(
                        Calls::increment, () -> IntStream.range(0, MILLION).iterator(), MapOptions.chunksize(100))) {
            for (int i = 0; i < MILLION; i++) if (results.next() != i + 1) throw new AssertionError("at " + i);
            assertThat(results.hasNext()).isFalse();
        }
    }

    /** The input would be 1 GB: with a buffer only a little of it is ever here. */
    @Test
    void aBufferBoundsTheMemoryOfTheParent() {
        int items = 10_000;
        long heapBefore = usedHeap();
        long most = 0;
        Iterable<byte[]> large = () -> new Iterator<>() {
            private int left = items;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public byte[] next() {
                left--;
                return new byte[100_000];
            }
        };
        try (var pool = new ProcessPoolExecutor();
                Results<Integer> results = pool.map(
                        (byte[] b) -> b.length, large, MapOptions.defaults().buffersize(50))) {
            for (int i = 0; results.hasNext(); i++) {
                assertThat(results.next()).isEqualTo(100_000);
                if (i % 2_500 == 2_499) most = Math.max(most, usedHeap());
            }
        }
        assertThat(most - heapBefore).isLessThan(100L << 20);
    }

    @Test
    void aBufferBoundsWhatAMillionTinyCallsHold() {
        long heapBefore = usedHeap();
        long most = 0;
        try (var pool = new ProcessPoolExecutor();
                var results = pool.map(
                        Calls::increment,
                        () -> IntStream.range(0, MILLION).iterator(),
                        MapOptions.defaults().buffersize(1000))) {
            for (int i = 0; i < MILLION; i++) {
                if (results.next() != i + 1) throw new AssertionError("at " + i);
                if (i % 250_000 == 249_999) most = Math.max(most, usedHeap());
            }
        }
        assertThat(most - heapBefore).isLessThan(20L << 20);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void argumentsAndResultsOf16MebibytesPass() throws Exception {
        byte[] large = new byte[16 << 20];
        new Random(7).nextBytes(large);
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(Arrays.equals(pool.submit((byte[] b) -> b, large).result(), large))
                    .isTrue();
            double[] doubles = new Random(8).doubles(2 << 20).toArray();
            assertThat(Arrays.equals(pool.submit((double[] d) -> d, doubles).result(), doubles))
                    .isTrue();
            String text = "ü".repeat(8 << 20);
            assertThat(pool.submit((String s) -> s, text).result()).isEqualTo(text);
            List<Integer> list = IntStream.range(0, MILLION).boxed().toList();
            assertThat(pool.submit((List<Integer> l) -> l, list).result()).isEqualTo(list);
        }
    }

    @Test
    void chunksOfLargeItemsAreSplitBetweenCalls() {
        byte[] large = new byte[16 << 20];
        try (var pool = new ProcessPoolExecutor(2);
                var results = pool.map((byte[] b) -> b, List.of(large, large, large), MapOptions.chunksize(100))) {
            int count = 0;
            for (byte[] result : results) {
                assertThat(result.length).isEqualTo(large.length);
                count++;
            }
            assertThat(count).isEqualTo(3);
        }
    }

    /** Needs a few gigabytes for a moment, here and in the worker. */
    @Test
    @Tag("long")
    void whatIsLargerThanTheLimitIsRefusedAndSaysSo() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            byte[] tooLarge = new byte[(1 << 30) + 1];
            assertThatThrownBy(() -> pool.submit((byte[] b) -> b.length, tooLarge))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("argument 1 (byte[]): is larger than the limit: limitBytes=");
            assertThatThrownBy(pool.submit(() -> new byte[(1 << 30) + 1])::result)
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("is larger than the limit");
            assertThat(pool.submit((byte[] b) -> b.length, new byte[512 << 20]).result())
                    .isEqualTo(512 << 20);
        }
    }
}
