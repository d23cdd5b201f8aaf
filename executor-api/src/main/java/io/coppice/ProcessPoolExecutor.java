package io.coppice;

import io.coppice.code.CodeServer;
import io.coppice.code.ParentClasses;
import io.coppice.pool.Dispatcher;
import io.coppice.pool.FirstCall;
import io.coppice.pool.PoolBroken;
import io.coppice.pool.PoolSettings;
import io.coppice.pool.TimeLimit;
import io.coppice.pool.Unstarted;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.Invocable;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls in child JVMs: Python's {@code ProcessPoolExecutor}.
 *
 * <pre>{@code
 * try (var pool = new ProcessPoolExecutor()) {
 *     var results = pool.map(Primes::isPrime, PRIMES);
 *     for (long n : PRIMES) System.out.printf("%d is prime: %s%n", n, results.next());
 * }
 * }</pre>
 *
 * <p>A call's function, arguments and result are copied between the JVMs. They are encoded in the thread that submits:
 * what it changes later is not seen by the worker. ({@code submit} with a large array may return only when that is on
 * its way to the worker, but never waits for one that is busy.) What can be sent is told in docs/serialization.md:
 * nearly everything but what is bound to its JVM, such as threads, streams and futures, which is refused with an {@link
 * IllegalArgumentException} that says where it is; {@link WorkerContext#serializer} is for the rest. Workers have this
 * JVM's class path or modules, and fetch other classes from here. They start when there are calls for them, and live
 * until the pool is shut down, or has given them as many calls as it was told to. A pending call keeps this JVM alive,
 * an idle pool does not; when this JVM ends, in whatever way, so do its workers. Inside a worker a pool can be made, but
 * its first call is refused, unless {@link WorkerContext#nestedPools} allows it.
 *
 * <p>A pool that is garbage-collected without a shutdown finishes what was submitted, then ends its workers.
 *
 * <p>A worker that ends without being asked to (a crash, a signal, {@code System.exit} in a call) breaks the pool, as
 * in Python: every pending future gets a {@link BrokenProcessPool}, and so does every later {@code submit}. {@link
 * OnWorkerDeath} has other ways. A call that takes too long is stopped by {@link #withTimeout(Duration)}, or by its
 * future's {@code cancel(true)}: it is interrupted, and if it does not heed that its worker is killed and replaced.
 */
public final class ProcessPoolExecutor extends AbstractExecutor {
    private static final Object[] NO_ARGUMENTS = new Object[0];
    private static final AtomicInteger LAST_POOL = new AtomicInteger();

    static {
        FirstCall.loadAhead(); // the program goes on making its pool meanwhile
    }

    private final Builder settings; // as they were when the pool was built
    private final CodecPool codecs;
    private final CodecPool answers; // the same, if they may contain any class
    private final CallEncoder encoder;
    private final Callbacks callbacks;
    private final Dispatcher dispatcher;
    private final SubmittedCall.Home home;
    private final ProcessCalls calls;

    /** A pool with one worker per processor of this machine. */
    public ProcessPoolExecutor() {
        this(builder());
    }

    /**
     * A pool with so many workers at most.
     *
     * @param maxWorkers at least 1
     * @throws IllegalArgumentException if it is less than 1
     */
    public ProcessPoolExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private ProcessPoolExecutor(Builder builder) {
        settings = new Builder(builder);
        String name = "coppice-" + LAST_POOL.incrementAndGet();
        ParentClasses classes = ParentClasses.ofTheCaller();
        CodeServer code = new CodeServer(classes);
        codecs = new CodecPool(classes, builder.context.forms());
        answers = builder.context.answerCodecs(classes, codecs);
        encoder = new CallEncoder(codecs, classes, code);
        callbacks = new Callbacks(name);
        CodecPool answers = this.answers; // the engine must not hold the executor
        PoolSettings engine = new PoolSettings(
                name,
                builder.maxWorkers,
                builder.maxTasksPerChild,
                builder.onWorkerDeath.policy(),
                builder.spareWorkers,
                builder.mostResidentBytes,
                builder.context.settings(),
                encoder.setup(builder.context.forms(), builder.initializer, code::hold),
                code,
                ProcessPoolExecutor.class,
                (outcome, origin) -> RemoteOutcome.initializerFailure(answers, outcome, origin));
        WeakReference<ProcessPoolExecutor> self = new WeakReference<>(this);
        dispatcher = new Dispatcher(engine, callbacks::end, () -> self.get() == null);
        home = new SubmittedCall.Home(dispatcher, answers, callbacks);
        calls = new ProcessCalls(this, dispatcher, encoder, codecs, home);
    }

    /**
     * A pool with other than default settings.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    // ---- for those who measure it ----

    int maxWorkers() {
        return settings.maxWorkers;
    }

    /** Another pool with the same settings, but for this one. */
    ProcessPoolExecutor withMaxWorkers(int maxWorkers) {
        return new Builder(settings).maxWorkers(maxWorkers).build();
    }

    /** How often workers were handed calls so far. */
    long handOvers() {
        return dispatcher.handOvers();
    }

    // ---- calls ----

    @Override
    <R extends @Nullable Object> Future<R> start(Invocable invocable, Object function, @Nullable Object... arguments) {
        return calls.start(invocable, function, arguments);
    }

    @Override
    <T extends @Nullable Object> Future<T> startReturning(Runnable task, T result) {
        return calls.startReturning(task, result);
    }

    @Override
    <R extends @Nullable Object> Results<R> startMap(
            Invocable invocable, Object function, Rows rows, MapOptions options) {
        return calls.startMap(invocable, function, rows, options);
    }

    /**
     * A view of this pool in which each call has a deadline that really stops it, as {@link #withTimeout(Duration,
     * Duration)} with a grace of one second.
     *
     * @param limit how long a call may take; more than zero
     * @return an executor that submits to this pool
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Executor withTimeout(Duration limit) {
        return withTimeout(limit, Duration.ofNanos(TimeLimit.GRACE_NANOS));
    }

    /**
     * A view of this pool in which each call has a deadline that really stops it. The time counts from when a worker
     * begins the call, not from its submission; each item of a chunk has it for itself. A call that is over its time is
     * interrupted. If it has not ended when the grace is over, the place where it is is noted and its worker is killed
     * and replaced, whatever {@link OnWorkerDeath} says; no other call is hit. Its future ends with a {@link
     * java.util.concurrent.TimeoutException}, with the worker's stack, or with what the call has thrown after its
     * interrupt, as its cause. (A call that returns within the grace all the same has its result; to encode what it gives or throws counts as a part of
     * it.) The future is done then, as it is not after a {@code result(Duration)} that was not waited for long enough. Time is looked at in
     * steps of a fiftieth of the limit, and of 2 to 50 ms.
     *
     * <p>To shut the view down is to shut this pool down. Python has nothing like it.
     *
     * @param limit how long a call may take; more than zero
     * @param grace from its interrupt until its worker is killed; not negative
     * @return an executor that submits to this pool. Thread-safe; keep it: each view sends a function to a worker anew
     * @throws IllegalArgumentException if the limit is not more than zero, or the grace negative
     */
    public Executor withTimeout(Duration limit, Duration grace) {
        if (limit.isNegative() || limit.isZero())
            throw new IllegalArgumentException("limit must be more than zero: limit=" + limit);
        if (grace.isNegative()) throw new IllegalArgumentException("grace must not be negative: grace=" + grace);
        TimeLimit timeLimit = new TimeLimit(Durations.nanos(limit), Durations.nanos(grace));
        return new TimedCalls(this, new ProcessCalls(this, dispatcher, encoder.withLimit(timeLimit), codecs, home));
    }

    static BrokenProcessPool brokenPool(PoolBroken broken) {
        return BrokenProcessPool.ofAll(Objects.requireNonNull(broken.getMessage()), broken.fault());
    }

    // ---- end ----

    @Override
    public void shutdown() {
        dispatcher.shutdown(false);
    }

    @Override
    public void shutdown(boolean wait, boolean cancelFutures) {
        dispatcher.shutdown(cancelFutures);
        if (wait) awaitEnd();
    }

    /**
     * Takes no more calls, cancels those that were not handed to a worker yet, and interrupts those that were, in their
     * workers; those that do not heed it go on. One that had not begun there never will: it ends with an
     * InterruptedException too, or as cancelled if it was being taken back from its worker. Does not wait for them:
     * {@link #killWorkers} ends them.
     *
     * @return what was cancelled, in the order of submission: to run one runs that call (of a map: that chunk) in this
     *     JVM, for its effects, on what was encoded when it was submitted. What it throws is thrown, a checked
     *     exception as the cause of a CompletionException. The futures stay cancelled
     */
    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> neverStarted = new ArrayList<>();
        for (Unstarted call : dispatcher.shutdownNow()) neverStarted.add(new NeverStarted(codecs, call));
        return neverStarted;
    }

    /**
     * Ends all workers now by SIGTERM, so that their shutdown hooks run, and shuts the pool down: every call that has
     * not ended gets a {@link BrokenProcessPool}. Python's {@code terminate_workers}. Does not wait for the workers to
     * end, which {@link #close} does; one that has not ended after 20 s is killed. Does nothing to calls that have
     * ended, and starts no worker. May be called again.
     */
    public void terminateWorkers() {
        dispatcher.forceShutdown("terminateWorkers()", true);
    }

    /**
     * As {@link #terminateWorkers}, by SIGKILL: nothing more runs in the workers. Python's {@code kill_workers}.
     */
    public void killWorkers() {
        dispatcher.forceShutdown("killWorkers()", false);
    }

    @Override
    public boolean isShutdown() {
        return dispatcher.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return dispatcher.hasEnded() && callbacks.hasEnded();
    }

    /** {@inheritDoc} Terminated means that every worker, socket and file of the pool is gone. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long start = System.nanoTime();
        long nanos = Durations.nanos(timeout, unit);
        if (!dispatcher.await(Duration.ofNanos(nanos))) return false;
        return callbacks.await(Duration.ofNanos(Math.max(0, nanos - (System.nanoTime() - start))));
    }

    @Override
    public String toString() {
        return "ProcessPoolExecutor[" + dispatcher + "]";
    }

    /** Settings of a pool. Not thread-safe. */
    public static final class Builder {
        private int maxWorkers = Runtime.getRuntime().availableProcessors();
        private int maxTasksPerChild = Integer.MAX_VALUE;
        private @Nullable Initializer initializer;
        private WorkerContext context = WorkerContext.spawn();
        private OnWorkerDeath onWorkerDeath = OnWorkerDeath.breakPool();
        private int spareWorkers;
        private long mostResidentBytes = Long.MAX_VALUE;

        private Builder() {}

        private Builder(Builder other) {
            maxWorkers = other.maxWorkers;
            maxTasksPerChild = other.maxTasksPerChild;
            initializer = other.initializer;
            context = other.context;
            onWorkerDeath = other.onWorkerDeath;
            spareWorkers = other.spareWorkers;
            mostResidentBytes = other.mostResidentBytes;
        }

        /**
         * So many workers at most; as many as this machine has processors by default.
         *
         * @param maxWorkers at least 1
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxWorkers(int maxWorkers) {
            if (maxWorkers < 1)
                throw new IllegalArgumentException("maxWorkers must be greater than 0: maxWorkers=" + maxWorkers);
            this.maxWorkers = maxWorkers;
            return this;
        }

        /**
         * Ends a worker when it has run so many calls, and starts another one if there is work: for code that leaks. A
         * chunk of a map is one call. Python's {@code max_tasks_per_child}. Without it a worker lives as long as the
         * pool.
         *
         * @param maxTasks at least 1
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxTasksPerChild(int maxTasks) {
            if (maxTasks < 1)
                throw new IllegalArgumentException("maxTasksPerChild must be at least 1: maxTasksPerChild=" + maxTasks);
            this.maxTasksPerChild = maxTasks;
            return this;
        }

        /**
         * Run once in every worker before its first call. If it throws, the pool is broken, with that as the cause.
         *
         * @param initializer what to run
         * @return this
         */
        public Builder initializer(Action initializer) {
            Objects.requireNonNull(initializer, "initializer");
            this.initializer = new Initializer(new Invocables.OfRunnable(initializer), initializer, NO_ARGUMENTS);
            return this;
        }

        /**
         * Run once in every worker before its first call, on this argument.
         *
         * @param initializer what to run; its result is dropped
         * @param argument its argument
         * @param <A> the argument
         * @return this
         */
        public <A extends @Nullable Object> Builder initializer(Fn1<? super A, ?> initializer, A argument) {
            Objects.requireNonNull(initializer, "initializer");
            this.initializer =
                    new Initializer(new Invocables.OfFn1(initializer), initializer, new @Nullable Object[] {argument});
            return this;
        }

        /**
         * How workers are started.
         *
         * @param context Java, options, environment, directory, output, serializers
         * @return this
         */
        public Builder context(WorkerContext context) {
            this.context = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * What happens when a worker ends without being asked to. {@link OnWorkerDeath#breakPool} by default, as in Python.
         *
         * @param onWorkerDeath what it costs
         * @return this
         */
        public Builder onWorkerDeath(OnWorkerDeath onWorkerDeath) {
            this.onWorkerDeath = Objects.requireNonNull(onWorkerDeath, "onWorkerDeath");
            return this;
        }

        /**
         * Keeps so many workers up besides those that work, from the first call on: when a worker ends, for whatever
         * reason, the next call need not wait for a JVM to start. No more than {@code maxWorkers} work at a time. A spare
         * worker costs the memory of an idle JVM, and has run the initializer. None by default.
         *
         * @param spareWorkers not negative
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder spareWorkers(int spareWorkers) {
            if (spareWorkers < 0)
                throw new IllegalArgumentException("spareWorkers must not be negative: spareWorkers=" + spareWorkers);
            this.spareWorkers = spareWorkers;
            return this;
        }

        /**
         * Replaces a worker whose process has grown: looked at between calls, every 50 ms at most. Its successor is
         * started first, and it goes on until that is up; a call is never interrupted. For native memory and caches that
         * leak, which {@code -Xmx} does not bound. Works where the system tells how much memory a process has in use
         * (Linux); elsewhere no worker is replaced.
         *
         * @param bytes of memory in use (resident); at least 1. A JVM that does nothing has some 40 MB
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder recycleWhenRssAbove(long bytes) {
            if (bytes < 1) throw new IllegalArgumentException("bytes must be at least 1: bytes=" + bytes);
            mostResidentBytes = bytes;
            return this;
        }

        /**
         * Makes the pool. Starts nothing yet: workers start with the first calls.
         *
         * @return a pool
         * @throws IllegalArgumentException if the initializer, or a serializer, cannot be sent to a worker
         */
        public ProcessPoolExecutor build() {
            return new ProcessPoolExecutor(this);
        }
    }
}
