package io.coppice.pool;

import io.coppice.launch.PoolDirectory;
import io.coppice.launch.WorkerLauncher;
import io.coppice.lifetime.KeepAlive;
import io.coppice.wire.Frame;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.netty.WireLoop;
import io.coppice.wire.netty.WorkerListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher's thread: everything here runs on it, but for what says otherwise. It works in steps, each some
 * work and a wait:
 *
 * <pre>
 *   inbox ──► take in calls and requests ──► hand calls to idle workers ──► start workers for calls that are left
 *     ▲                                                                                     │
 *   submit, shutdown,                                                                       ▼
 *   process started or exited       CallSinks ◄── answers, ends of connections ◄── flush, wait for I/O
 * </pre>
 */
final class DispatcherLoop implements WorkerOwner {
    private static final Duration LOOKS_AROUND_EVERY = Duration.ofSeconds(1);

    private final PoolSettings settings;
    private final Inbox inbox;
    private final Runnable whenEnded;
    private final BooleanSupplier isAbandoned;
    private final KeepAlive keepAlive;
    private final Functions functions = new Functions(this::livingWorkers);
    private final PendingCalls pending = new PendingCalls(functions::unused);
    private final RecallWatch recalls = new RecallWatch(this::livingWorkers);
    private final TimeWatch times = new TimeWatch(this::livingWorkers);
    private final HandOver handOver;
    private final Intake intake;
    private final Deaths deaths;
    private final MemoryWatch memory;
    private final List<Worker> unflushed = new ArrayList<>();
    private volatile boolean hasCalls; // written here, read by any thread: true before a call leaves the inbox

    private final AtExit atExit = new AtExit();
    private @Nullable Workers workers; // made when the thread starts

    DispatcherLoop(PoolSettings settings, Inbox inbox, Runnable whenEnded, BooleanSupplier isAbandoned) {
        this.settings = settings;
        this.inbox = inbox;
        this.whenEnded = whenEnded;
        this.isAbandoned = isAbandoned;
        intake = new Intake(settings, inbox, pending, functions);
        handOver = new HandOver(pending, recalls, times, settings);
        memory = new MemoryWatch(settings.mostResidentBytes());
        deaths = new Deaths(settings, inbox, handOver, pending, atExit, () -> workers, this);
        keepAlive = new KeepAlive(settings.name() + "-keepalive", () -> inbox.hasCalls() || hasCalls);
    }

    /** Any thread may hold it. */
    KeepAlive keepAlive() {
        return keepAlive;
    }

    /** How often workers were handed calls so far. */
    long handOvers() {
        return handOver.count();
    }

    /** For the exit hook. */
    AtExit atExit() {
        return atExit;
    }

    // ---- the thread's life ----

    void run() {
        BlockingThreads launches = BlockingThreads.forLaunching(settings.name());
        BlockingThreads servers = BlockingThreads.forServing(settings.name());
        try (PoolDirectory directory = atExit.makeDirectory();
                WorkerLauncher launcher = launcher(directory, launches);
                WireLoop loop = new WireLoop(Thread.currentThread(), () -> !inbox.isEmpty())) {
            inbox.setLoop(loop);
            startAhead(launcher, launches);
            recalls.runOn(loop);
            times.runOn(loop);
            Workers workers = new Workers(this, launcher, launches, servers, inbox::request, loop, settings);
            this.workers = workers;
            atExit.has(workers);
            try (WorkerListener listener = loop.listen(directory.socket(), workers.entrance())) {
                // What the work of a step ends is seen before the wait, what comes in the wait by the next step's work.
                lookAround(loop, workers);
                Duration archiveAfter = launcher.archiveAfter();
                if (archiveAfter != null) loop.schedule(archiveAfter, () -> launcher.makeArchive());
                HeapNotice.schedule(launcher, loop, launches);
                work(workers);
                loop.awaitFirst();
                for (; !isOver(workers); work(workers)) loop.step();
            } catch (Throwable bug) {
                // No call may be left waiting for it.
                deaths.failed("the dispatcher failed", bug);
            }
            workers.killProcesses();
            launches.end();
        } catch (Throwable notSetUp) {
            // also what closing the loop or the directory throws: then every call has ended already
            deaths.failed("the pool could not be set up", notSetUp);
        } finally {
            end(servers);
        }
    }

    /** Whatever fails, nobody waits for a pool that has ended. */
    private void end(BlockingThreads servers) {
        try {
            servers.endNow();
        } finally {
            inbox.setEnded();
            try {
                inbox.endLateCalls();
            } finally {
                hasCalls = false;
                keepAlive.end();
                whenEnded.run();
            }
        }
    }

    /** With the first processes on their way: they come up while the socket is opened here. */
    private WorkerLauncher launcher(PoolDirectory directory, BlockingThreads launches) {
        WorkerLauncher launcher = new WorkerLauncher(
                settings.name(),
                directory,
                settings.launch(),
                settings.maxWorkers() + settings.spareWorkers(),
                settings.ofTheApi());
        atExit.has(launcher);
        startAhead(launcher, launches);
        return launcher;
    }

    private void startAhead(WorkerLauncher launcher, BlockingThreads launches) {
        if (isEnding()) return;
        launcher.startAhead(Math.min(Math.max(1, inbox.callCount()), settings.maxWorkers()), launches);
    }

    /** What the garbage collector may have taken: an executor that nobody holds ends as if it had been shut down. */
    private void lookAround(WireLoop loop, Workers workers) {
        workers.unload();
        if (isAbandoned.getAsBoolean()) inbox.setClosing();
        else loop.schedule(LOOKS_AROUND_EVERY, () -> lookAround(loop, workers));
    }

    @Override
    public boolean isEnding() {
        return inbox.isClosing() || inbox.breakage() != null;
    }

    private boolean isOver(Workers workers) {
        return isEnding() && workers.roster.isEmpty() && pending.isEmpty() && inbox.isEmpty();
    }

    private void work(Workers workers) {
        inbox.takeAll(() -> hasCalls = true, work -> intake.takeIn(work, workers.roster));
        handOver.toIdle(workers.roster);
        if (inbox.isClosing() && pending.isEmpty()) workers.sendHome();
        else if (inbox.breakage() == null) handOver.startWorkers(workers); // no spare ones of a broken pool
        handOver.ahead(workers.roster);
        if (hasCalls && handOver.isOver() && pending.isEmpty()) {
            hasCalls = false;
            keepAlive.idle();
        }
        for (int i = 0; i < unflushed.size(); i++) unflushed.get(i).flush(); // which may add to it
        unflushed.clear();
    }

    // ---- requests ----

    /** Cancels what no worker has, and will what a worker gives back; gives what was cancelled now. */
    List<Unstarted> cancelPending() {
        return intake.cancelAll();
    }

    void interruptRunning() {
        livingWorkers().forEach(Worker::interruptAll);
    }

    void interrupt(CallSink sink) {
        for (Worker worker : livingWorkers()) worker.interrupt(sink);
    }

    void stop(CallSink sink) {
        for (Worker worker : livingWorkers()) if (worker.stop(sink)) times.watch();
    }

    /** Ends all calls and workers, as somebody has asked for. */
    void forceShutdown(Breakage forced, boolean byTerm) {
        deaths.breakPool(forced, List.of(), byTerm);
    }

    void close(PoolFunction function) {
        functions.close(function);
    }

    // ---- what workers tell ----

    @Override
    public void hasUnsent(Worker worker) {
        unflushed.add(worker);
    }

    @Override
    public void initializerReturned(Worker worker, Items outcome) {
        Workers workers = workers();
        Items.Cursor only = outcome.cursor();
        only.next();
        if (only.outcomeKind() == OutcomeKind.RETURNED) {
            workers.roster.isReady(worker);
            workers.letRetiredGo();
            deaths.workerIsReady();
            return;
        }
        workers.initializerFailed(
                worker, origin -> settings.initializerFailure().read(outcome, origin));
    }

    @Override
    public void answered() {
        deaths.callWasAnswered();
    }

    @Override
    public void batchEnded(Worker worker, Batch batch) {
        batchGone(batch);
        if (memory.isTooMuch(worker)) worker.retirement.isWanted();
        if (worker.state() == Worker.State.IDLE) isIdle(worker);
    }

    @Override
    public void batchGone(Batch batch) {
        handOver.ended(1);
        functions.unused(batch.function);
    }

    @Override
    public void gaveBack(Work work) {
        intake.giveBack(work, deaths);
    }

    @Override
    public void isIdle(Worker worker) {
        boolean isUsedUp = worker.callCount() >= settings.maxTasksPerChild() || worker.retirement.takesNoMore();
        if (isUsedUp || worker.retirement.waitsForAnother() && workers().roster.hasSuccessor(worker))
            workers().leave(worker);
        else workers().roster.isIdle(worker);
        if (worker.retirement.waitsForAnother()) workers().startSuccessor();
    }

    @Override
    public void wants(SentClasses classes, Frame.Fetch fetch) {
        workers().serve(classes, fetch);
    }

    @Override
    public void sentenced(Worker worker) {
        workers().killInCall(worker);
    }

    @Override
    public void connectionEnded(Worker worker) {
        workers().connectionEnded(worker);
    }

    @Override
    public void ended(Worker worker) {
        workers().ended(worker);
    }

    @Override
    public void gone(Worker worker) {
        deaths.gone(worker, workers());
    }

    private List<Worker> livingWorkers() {
        Workers made = workers;
        return made == null ? List.of() : made.roster.living();
    }

    private Workers workers() {
        return Objects.requireNonNull(workers, "not started");
    }
}
