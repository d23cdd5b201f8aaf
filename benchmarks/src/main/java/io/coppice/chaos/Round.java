package io.coppice.chaos;

import io.coppice.BrokenProcessPool;
import io.coppice.Executor;
import io.coppice.Fn1;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.OnWorkerDeath;
import io.coppice.Outcome;
import io.coppice.Output;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Results;
import io.coppice.WorkerContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One pool's life in the chaos, and the audit of its calls. */
final class Round {
    private static final int CALLS = 150;
    private static final int MAP_ITEMS = 200;
    private static final int LARGE = 300_000;
    private static final Duration LIMIT = Duration.ofMillis(150);
    private static final Duration GRACE = Duration.ofMillis(50);
    private static final int ENDS_WITHIN_SECONDS = 120;

    private final Random random;
    private final Books books;
    private final Path ledger;
    private final int runsAllowed; // of one call; 0: none is counted, as its pool may have broken
    private final OnWorkerDeath policy;
    private final Map<Long, Deed> deeds = new HashMap<>();
    private final List<Booked> calls = new ArrayList<>();
    private long lastId;

    /** A call and how often its end was told. */
    private record Booked(long id, Deed deed, Future<?> future, AtomicInteger told) {}

    Round(long seed, Path folder, Books books) throws IOException {
        random = new Random(seed);
        this.books = books;
        ledger = Files.createTempFile(folder, "ledger", ".bin");
        int kind = random.nextInt(8);
        int retries = kind < 4 ? 0 : kind < 7 ? 1 + random.nextInt(2) : -1;
        policy = retries < 0
                ? OnWorkerDeath.breakPool()
                : retries == 0 ? OnWorkerDeath.replace() : OnWorkerDeath.retry(retries);
        runsAllowed = 1 + Math.max(0, retries);
    }

    /** Runs it, and counts what has become of each call. */
    void run() throws Exception {
        books.add(Books.Entry.POOLS, 1);
        ProcessPoolExecutor pool = ProcessPoolExecutor.builder()
                .maxWorkers(1 + random.nextInt(3))
                .spareWorkers(random.nextInt(2))
                .maxTasksPerChild(random.nextBoolean() ? 20 + random.nextInt(100) : Integer.MAX_VALUE)
                .onWorkerDeath(policy)
                .context(WorkerContext.spawn()
                        .jvmOptions("-Xmx64m", "-XX:-CreateCoredumpOnCrash")
                        .output(Output.DISCARD))
                .build();
        try (Killer killer = new Killer(random.nextLong(), books)) {
            Executor limited = pool.withTimeout(LIMIT, GRACE);
            for (int i = 0; i < CALLS; i++) submit(pool, limited);
            if (random.nextBoolean()) map(pool);
            pool.shutdown();
            if (!pool.awaitTermination(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS))
                System.err.println("hangs: " + pool + ", policy=" + policy);
        } catch (BrokenProcessPool broken) {
            pool.shutdown(); // as it may under breakPool
            pool.awaitTermination(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } finally {
            pool.killWorkers();
        }
        audit();
        Files.delete(ledger);
    }

    // ---- calls ----

    private Deed randomDeed() {
        int n = random.nextInt(100);
        if (n < 55) return Deed.QUICK;
        if (n < 75) return Deed.BUSY;
        if (n < 85) return Deed.SLEEP;
        if (n < 90) return Deed.THROW;
        if (n < 91) return Deed.OUT_OF_MEMORY;
        if (n < 94) return Deed.HALT;
        if (n < 97) return Deed.EXIT;
        return Deed.SEGV;
    }

    private void submit(Executor pool, Executor limited) {
        long id = ++lastId;
        Deed deed = randomDeed();
        Future<?> future;
        int way = random.nextInt(20);
        if (way == 0) {
            deed = Deed.QUICK;
            future = pool.submit(Deed::echo, new double[LARGE], id, ledger.toString());
        } else if (way == 1) {
            deed = Deed.SPIN;
            future = limited.submit(Deed::run, id, ledger.toString(), deed);
        } else if (way < 5) {
            future = limited.submit(Deed::run, id, ledger.toString(), deed);
        } else {
            future = pool.submit(Deed::run, id, ledger.toString(), deed);
        }
        book(id, deed, future);
        if (random.nextInt(30) == 0)
            calls.get(random.nextInt(calls.size())).future.cancel(random.nextBoolean());
    }

    private void book(long id, Deed deed, Future<?> future) {
        Booked booked = new Booked(id, deed, future, new AtomicInteger());
        future.addDoneCallback(done -> booked.told.incrementAndGet());
        calls.add(booked);
        deeds.put(id, deed);
        books.add(Books.Entry.CALLS, 1);
    }

    private void map(Executor pool) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < MAP_ITEMS; i++) {
            ids.add(++lastId);
            deeds.put(lastId, i % 97 == 50 ? Deed.HALT : Deed.QUICK);
        }
        String path = ledger.toString();
        long poison = ids.get(0) + 50;
        Fn1<Long, Long> function =
                id -> Deed.run(id, path, (id - poison) % 97 == 0 && id >= poison ? Deed.HALT : Deed.QUICK);
        MapOptions options =
                random.nextBoolean() ? MapOptions.chunksize(1 + random.nextInt(60)) : MapOptions.autoChunksize();
        books.add(Books.Entry.CALLS, MAP_ITEMS);
        int seen = 0;
        try (Results<Long> results = pool.map(function, ids, options)) {
            for (Outcome<Long> outcome : results.outcomes()) {
                count(
                        outcome.exception(),
                        outcome instanceof Outcome.Success<Long> ok ? ok.value() : null,
                        ids.get(seen));
                seen++;
            }
        } catch (RejectedExecutionException broken) {
            if (!policy.toString().startsWith("breakPool")) books.add(Books.Entry.LOST, MAP_ITEMS - seen);
            return;
        }
        books.add(Books.Entry.LOST, MAP_ITEMS - seen);
    }

    // ---- the audit ----

    private void audit() throws Exception {
        for (Booked call : calls) {
            if (!call.future.isDone()) {
                books.add(Books.Entry.LOST, 1);
                System.err.println("lost: call=" + call.id + ", deed=" + call.deed + ", policy=" + policy);
                continue;
            }
            if (call.told.get() != 1) books.add(call.told.get() == 0 ? Books.Entry.LOST : Books.Entry.DUPLICATED, 1);
            Throwable failure;
            Object value = null;
            try {
                failure = call.future.exception();
                if (failure == null) value = call.future.result();
            } catch (CancellationException cancelled) {
                failure = cancelled;
            }
            count(failure, value instanceof double[] array ? (Long) (long) array[0] : (Long) value, call.id);
        }
        auditLedger();
    }

    private void count(@Nullable Throwable failure, @Nullable Long value, long id) {
        if (failure == null) {
            books.add(Books.Entry.RESULTS, 1);
            if (value == null || value != Deed.answer(id)) books.add(Books.Entry.WRONG, 1);
        } else if (failure instanceof BrokenProcessPool) books.add(Books.Entry.DIED, 1);
        else if (failure instanceof TimeoutException) books.add(Books.Entry.TIMED_OUT, 1);
        else if (failure instanceof CancellationException) books.add(Books.Entry.CANCELLED, 1);
        else if (failure instanceof IllegalStateException || failure instanceof OutOfMemoryError)
            books.add(Books.Entry.FAILED, 1);
        else {
            books.add(Books.Entry.WRONG, 1);
            System.err.println("not expected of call=" + id + ": " + failure);
        }
    }

    private void auditLedger() throws IOException {
        Map<Long, Integer> runs = new HashMap<>();
        ByteBuffer notes = ByteBuffer.wrap(Files.readAllBytes(ledger));
        while (notes.remaining() >= Long.BYTES) runs.merge(notes.getLong(), 1, Integer::sum);
        runs.forEach((id, times) -> {
            Deed deed = deeds.get(id);
            if (deed != null && deed.kills()) books.add(Books.Entry.DEADLY, times);
            if (times > runsAllowed) {
                books.add(Books.Entry.DUPLICATED, 1);
                System.err.println(
                        "run too often: call=" + id + ", deed=" + deed + ", runs=" + times + ", policy=" + policy);
            }
        });
    }
}
