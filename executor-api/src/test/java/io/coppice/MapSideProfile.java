package io.coppice;

import com.sun.management.ThreadMXBean;
import io.coppice.pool.Pace;
import io.coppice.pool.PoolFunction;
import io.coppice.pool.Series;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A program: what an item of a map costs the thread that calls it, in processor time and in memory, without a
 * dispatcher and a worker. What those would answer is made beforehand. With {@code -Xms2g -Xmx2g} the collector keeps
 * out of it.
 */
final class MapSideProfile {
    private static final int ITEMS = 1 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final CodecPool codecs = new CodecPool(ClassSpace.of(MapSideProfile.class.getClassLoader()));
    private final PoolFunction function =
            PoolFunction.open(Payload.of(new byte[0]), () -> "f", Object.class, 0, new Pace(), null);
    private final List<Long> input =
            LongStream.range(1000, 1000 + ITEMS).boxed().toList();

    private MapSideProfile() {}

    /** As the submitters, without their dispatcher. */
    private final class Source implements MapResults.Source<Long> {
        private final Rows rows = Rows.of(input);
        private final int chunksize;
        private final List<SubmittedSeries<Long>> series = new ArrayList<>();
        private long items;
        private SubmittedSeries<Long> open = new SubmittedSeries<>(this, codecs, true);

        Source(int chunksize) {
            this.chunksize = chunksize;
        }

        @Override
        public boolean submit(Deque<MapResults.Segment<Long>> segments, int atMost) {
            PayloadCodec codec = codecs.take();
            try {
                for (int i = 0; i < atMost; i++) {
                    if (!rows.hasNext()) return false;
                    if (chunksize == 1) item(codec, segments);
                    else chunk(codec, segments);
                }
                return true;
            } catch (PayloadException unexpected) {
                throw new AssertionError(unexpected);
            } finally {
                codecs.giveBack(codec);
            }
        }

        private void item(PayloadCodec codec, Deque<MapResults.Segment<Long>> segments) throws PayloadException {
            codec.addArgument(rows.nextOfOne());
            codec.takeMet();
            items++;
            Series series = open.series();
            if (series == null || !series.append(codec.bytes(), 0, codec.size())) {
                open.close();
                segments.add(open = new SubmittedSeries<>(this, codecs, true));
                this.series.add(open);
                open.open(function, 1 << 14, 1 << 10).append(codec.bytes(), 0, codec.size());
            }
            open.sent();
            codec.clear();
        }

        private void chunk(PayloadCodec codec, Deque<MapResults.Segment<Long>> segments) throws PayloadException {
            SubmittedSeries<Long> chunk = new SubmittedSeries<>(this, codecs, false);
            do {
                codec.addArgument(rows.nextOfOne());
                chunk.sent();
                items++;
            } while (chunk.size() < chunksize && rows.hasNext());
            chunk.chunk(function, new Items(chunk.size(), codec.take()));
            segments.add(chunk);
            series.add(chunk);
        }

        @Override
        public boolean countsChunks() {
            return chunksize > 1;
        }

        @Override
        public long items() {
            return items;
        }

        @Override
        public void end() {
            open.close();
        }
    }

    private Items outcomes(int count) throws PayloadException {
        PayloadCodec codec = codecs.take();
        for (int i = 0; i < count; i++) codec.addOutcome(OutcomeKind.RETURNED, 1000L + i);
        Items outcomes = new Items(count, codec.take());
        codecs.giveBack(codec);
        return outcomes;
    }

    private void run(int chunksize, int rowItems) throws Exception {
        Source source = new Source(chunksize);
        long thread = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long start = THREADS.getCurrentThreadCpuTime();
        MapResults<Long> results = new MapResults<>(source, (MapSettings) MapOptions.chunksize(chunksize));
        long submitted = THREADS.getCurrentThreadCpuTime();
        long bytesSubmitted = THREADS.getThreadAllocatedBytes(thread);
        Items full = outcomes(rowItems);
        source.series.forEach(series -> {
            for (int first = 0; first < series.size(); first += rowItems) {
                int count = Math.min(rowItems, series.size() - first);
                try {
                    series.rows().answer(first, count == rowItems ? full : outcomes(count), item -> "");
                } catch (PayloadException unexpected) {
                    throw new AssertionError(unexpected);
                }
            }
        });
        long bytesAnswered = THREADS.getThreadAllocatedBytes(thread);
        long answered = THREADS.getCurrentThreadCpuTime();
        long sum = 0;
        while (results.hasNext()) sum += results.next();
        long end = THREADS.getCurrentThreadCpuTime();
        System.out.printf(
                "chunksize %d, rows of %d: submit %.1f ns, %.1f B; take %.1f ns, %.1f B an item (%d)%n",
                chunksize,
                rowItems,
                (submitted - start) / (double) ITEMS,
                (bytesSubmitted - bytes) / (double) ITEMS,
                (end - answered) / (double) ITEMS,
                (THREADS.getThreadAllocatedBytes(thread) - bytesAnswered) / (double) ITEMS,
                sum);
    }

    public static void main(String[] arguments) throws Exception {
        MapSideProfile profile = new MapSideProfile();
        for (int round = 0; round < 12; round++) {
            profile.run(1, 100);
            profile.run(1, 1);
            profile.run(100, 100);
            profile.run(1000, 1000);
        }
    }
}
