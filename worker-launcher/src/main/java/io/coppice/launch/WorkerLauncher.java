package io.coppice.launch;

import io.coppice.wire.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Starts a pool's workers, all in the same way. Thread-safe, but for {@link #startAhead}.
 *
 * <p>The first processes are started ahead of their workers: a JVM takes as long to come up as the pool does to open its
 * socket, and both can happen at once. Such a process waits for its birth certificate, which {@link #start} gives it.
 */
public final class WorkerLauncher implements AutoCloseable {
    /** From SIGKILL to the exit. */
    private static final Duration SHOWS_WITHIN = Duration.ofSeconds(2);

    private final String pool;
    private final PoolDirectory directory;
    private final LaunchSettings settings;
    private final JvmCommand command;
    private final @Nullable ArchiveMaker archiveMaker;

    /** By the number of the worker; until it takes its process, or {@link #close} does. */
    private final Map<Integer, FutureTask<WorkerProcess>> ahead = new ConcurrentHashMap<>();

    private int lastAhead; // of the thread that starts ahead
    private volatile boolean closed;

    /**
     * @param pool in the names of threads
     * @param workers so many at most live at a time
     * @param ofTheApi a class of the module that holds the user's function types, for its jar to be found by
     */
    public WorkerLauncher(
            String pool, PoolDirectory directory, LaunchSettings settings, int workers, Class<?> ofTheApi) {
        this.pool = pool;
        this.directory = directory;
        this.settings = settings;
        command = new JvmCommand(settings, CodePath.ofThisJvm(ofTheApi, directory), directory, workers);
        archiveMaker = command.archiveMaker(ofTheApi.getPackageName());
    }

    /** Loads what a first start takes, of the JDK and of this package; starts nothing. Any thread. */
    public static void loadAhead() {
        new ProcessBuilder().environment();
        InheritedOptions.ofThisJvm();
        ArchiveFolder.ownerOf(Path.of(System.getProperty("java.io.tmpdir")));
        try {
            Class.forName("java.lang.ProcessImpl"); // the JDK's own, behind ProcessBuilder
            for (Class<?> later : new Class<?>[] {
                PoolDirectory.class,
                JvmCommand.class,
                HeapShare.class,
                CountedLoops.class,
                NestedPools.class,
                CodePath.class,
                CoppiceJars.class,
                ClassArchive.class,
                ArchiveMaker.class,
                WorkerProcess.class,
                WorkerOutput.class,
                OutputPump.class,
                OutputPipe.class,
                OutputTail.class,
                OutputTarget.class,
                RunningCall.class,
                ParentOutput.class,
                FutureTask.class,
                CompletableFuture.class
            }) Class.forName(later.getName());
        } catch (ClassNotFoundException another) {
            // a JDK that does it in another way
        }
    }

    /** Starts the processes of workers 1 to {@code last}, but for those that were started; one thread's only. */
    public void startAhead(int last, Executor launches) {
        while (lastAhead < last) {
            int worker = ++lastAhead;
            FutureTask<WorkerProcess> process = new FutureTask<>(() -> begin(worker));
            ahead.put(worker, process);
            launches.execute(process);
        }
    }

    private WorkerProcess begin(int worker) throws IOException {
        if (closed) throw new IOException("the pool has ended");
        WorkerProcess begun = WorkerProcess.start(pool, directory, worker, settings, command);
        if (closed) begun.kill(); // it may have come too late to be seen
        return begun;
    }

    /**
     * Starts a child JVM, or takes the one that was started ahead, and gives it its birth certificate. Blocks for the
     * milliseconds that starting a process takes; the JVM inside it comes up later, and shows itself at the pool's
     * socket, which must be bound, with the token.
     *
     * @param callNames given a turn, or -1 if none was noted, its call's name, or null; asked by any thread
     */
    public WorkerProcess start(int worker, Token token, LongFunction<@Nullable String> callNames) throws IOException {
        FutureTask<WorkerProcess> begun = ahead.remove(worker);
        WorkerProcess process =
                begun == null ? WorkerProcess.start(pool, directory, worker, settings, command) : outcome(begun);
        process.callsAreNamed(callNames);
        process.tellBirth(token);
        return process;
    }

    /** What is left to do for the pool's directory when its first worker is on its way; little for a later one. */
    public void settleDirectory() {
        directory.settle();
    }

    private static WorkerProcess outcome(FutureTask<WorkerProcess> begun) throws IOException {
        begun.run(); // if nobody has yet
        try {
            return begun.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException failure) throw failure;
            throw new IOException(failed.getCause());
        } catch (InterruptedException poolEnds) {
            throw new IOException(poolEnds);
        }
    }

    /** How large the workers' heaps may grow; null if the JVM chooses. */
    public @Nullable String describeHeap() {
        return command.heap().describe();
    }

    /** How long a pool lives before {@link #makeArchive}; null if it never should. */
    public @Nullable Duration archiveAfter() {
        return archiveMaker == null ? null : ArchiveMaker.after();
    }

    /** Starts making an archive of the workers' classes, if there is none: later workers use it. Does not wait. */
    public void makeArchive() {
        if (archiveMaker != null) archiveMaker.start(pool);
    }

    /** The JVM is ending: ends what was started ahead and never taken, and what is being made. Any thread. */
    public void killAhead() {
        closed = true;
        if (archiveMaker != null) archiveMaker.kill();
        for (FutureTask<WorkerProcess> begun : ahead.values()) {
            begun.run(); // if nobody has, nothing is started any more; one that is just starting is waited for
            kill(begun);
        }
    }

    /** As {@link #killAhead}, and waits until it is gone. */
    @Override
    public void close() {
        killAhead();
        if (archiveMaker != null) archiveMaker.close();
        for (FutureTask<WorkerProcess> begun : ahead.values()) {
            WorkerProcess killed = kill(begun);
            if (killed != null) killed.awaitExit(SHOWS_WITHIN);
        }
        ahead.clear();
    }

    private static @Nullable WorkerProcess kill(FutureTask<WorkerProcess> begun) {
        try {
            WorkerProcess process = begun.get(SHOWS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            process.kill();
            return process;
        } catch (ExecutionException | TimeoutException | InterruptedException neverStarted) {
            return null; // then there is nothing to end
        }
    }
}
