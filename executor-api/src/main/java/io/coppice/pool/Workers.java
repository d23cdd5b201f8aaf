package io.coppice.pool;

import io.coppice.code.CodeServer;
import io.coppice.launch.Death.Circumstance;
import io.coppice.launch.WorkerLauncher;
import io.coppice.launch.WorkerProcess;
import io.coppice.lifetime.Log;
import io.coppice.wire.Code;
import io.coppice.wire.Frame;
import io.coppice.wire.Token;
import io.coppice.wire.netty.WireLoop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pool's workers: starts their processes off the dispatcher's thread, takes in those that show their token, and tells
 * them to end; {@link WorkerEndings} sees to it that they do. Dispatcher thread only, but for {@link #killProcesses}.
 */
final class Workers {
    /** From starting the process to its HELLO: a JVM needs a fraction of a second. */
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(60);
    /** An initializer's exception, by whatever code is in it. */
    private static final Duration IS_READ_WITHIN = Duration.ofSeconds(5);

    /** What calls have printed, when the JVM ends. */
    private static final Duration OUTPUT_ENDS_WITHIN = Duration.ofMillis(500);

    private final WorkerOwner owner;
    private final WorkerLauncher launcher;
    private final Executor launches;
    private final Executor servers;
    private final Consumer<Runnable> onDispatcher;
    private final WireLoop loop;
    private final PoolSettings settings;

    private final WorkerEndings endings;
    private final Examinations examinations;
    final Roster roster;
    private final Set<WorkerProcess> processes = ConcurrentHashMap.newKeySet(); // any thread
    private volatile boolean jvmIsEnding;
    private int lastNumber;

    /**
     * @param launches runs what blocks: starting processes, deleting files
     * @param servers asks class loaders, which may block for ever
     * @param onDispatcher runs a task on the dispatcher's thread
     */
    Workers(
            WorkerOwner owner,
            WorkerLauncher launcher,
            Executor launches,
            Executor servers,
            Consumer<Runnable> onDispatcher,
            WireLoop loop,
            PoolSettings settings) {
        this.owner = owner;
        this.launcher = launcher;
        this.launches = launches;
        this.servers = servers;
        this.onDispatcher = onDispatcher;
        this.loop = loop;
        this.settings = settings;
        endings = new WorkerEndings(loop);
        examinations = new Examinations(owner, launches, onDispatcher, loop);
        roster = new Roster(settings, examinations::isOpen);
    }

    /** Lets in at the socket whom {@link #start} has started. */
    Entrance entrance() {
        return new Entrance(roster.livingNow(), owner, settings);
    }

    // ---- starting ----

    void start() {
        Worker worker = new Worker(++lastNumber, Token.random(), owner, settings);
        roster.starts(worker);
        launches.execute(() -> launch(worker));
    }

    /** On a launching thread: blocks for the milliseconds it takes to start a process. */
    private void launch(Worker worker) {
        try {
            WorkerProcess process = launcher.start(worker.number, worker.token, worker.callNames);
            processes.add(process);
            if (jvmIsEnding) process.kill();
            onDispatcher.accept(() -> {
                worker.processStarted(process);
                endings.watchExit(worker, process);
                loop.schedule(CONNECTS_WITHIN, () -> endIfNotConnected(worker));
            });
            process.onExit(code -> {
                processes.remove(process);
                onDispatcher.accept(() -> endings.exited(worker, code));
            });
        } catch (Exception | Error failed) {
            onDispatcher.accept(() -> worker.processNotStarted(failed));
            return;
        }
        launcher.settleDirectory(); // it connects meanwhile
    }

    private void endIfNotConnected(Worker worker) {
        if (worker.state() != Worker.State.STARTING || worker.connection.wasOpened()) return;
        worker.blame.put(Circumstance.HUNG_WHILE_STARTING, null);
        endings.killAndGiveUp(worker);
    }

    /**
     * The initializer failed: ends the worker, with what it failed with as the reason. Reading that runs a user's code,
     * so it is done elsewhere, and for so long only.
     */
    void initializerFailed(Worker worker, Function<String, Throwable> read) {
        String origin = worker.describe();
        launches.execute(() -> {
            Throwable failure = read.apply(origin);
            String text;
            try {
                text = failure.toString();
            } catch (Throwable itThrows) {
                text = failure.getClass().getName();
            }
            String inWords = text;
            onDispatcher.accept(() -> endBecauseOfInitializer(worker, failure, inWords));
        });
        loop.schedule(IS_READ_WITHIN, () -> endBecauseOfInitializer(worker, null, "its exception could not be read"));
    }

    private static void endBecauseOfInitializer(Worker worker, @Nullable Throwable failure, String inWords) {
        worker.blame.put(Circumstance.INITIALIZER_FAILED, failure, inWords);
        worker.child.kill();
    }

    /** Answers a worker that lacks a class: off the dispatcher's thread, as this runs code of class loaders. */
    void serve(SentClasses classes, Frame.Fetch fetch) {
        CodeServer server = settings.code();
        try {
            servers.execute(() -> {
                Code code = server.serve(fetch.wanted());
                onDispatcher.accept(() -> classes.answer(fetch.id(), code));
                if (server.lookAhead(code)) onDispatcher.accept(classes::sendNew);
            });
        } catch (OutOfMemoryError noThread) {
            classes.answer(fetch.id(), Code.nowhere(fetch.wanted()));
        }
    }

    /** Tells all workers of the parent's class loaders that are gone. */
    void unload() {
        for (int loader : settings.code().takeGone()) for (Worker worker : roster.living()) worker.unload(loader);
    }

    /** For one that goes on only until another is up. */
    void startSuccessor() {
        if (roster.startingCount() == 0 && roster.room() > 0) start();
    }

    /** A worker has come up: one that waited for it leaves. */
    void letRetiredGo() {
        Worker retired = roster.nextToGo();
        if (retired != null) leave(retired);
    }

    void connectionEnded(Worker worker) {
        endings.connectionEnded(worker);
    }

    // ---- ending ----

    /** After shutdown, when no call waits: idle workers leave, and those not ready yet are not needed. */
    void sendHome() {
        for (Worker worker : roster.living()) {
            if (worker.state() == Worker.State.IDLE) leave(worker);
            else if (worker.state() == Worker.State.STARTING && !worker.isExpendable()) dismiss(worker);
        }
    }

    /** Tells an idle worker to leave. */
    void leave(Worker worker) {
        roster.isNotIdle(worker);
        worker.leave();
        endings.mayTakeItsTime(worker);
    }

    /** Ends a worker nobody needs, whatever it is doing. */
    void dismiss(Worker worker) {
        roster.isNotIdle(worker);
        worker.dismiss();
        endings.exitIsDue(worker);
    }

    /** Kills one that is at a call which has taken too long; what it has sent before is still read. */
    void killInCall(Worker worker) {
        worker.child.kill();
        endings.exitIsDue(worker);
    }

    /** Ends all; {@code running} is given what each has not ended. */
    void endAll(boolean byTerm, Consumer<Batch> running) {
        for (Worker worker : roster.living()) {
            worker.takeHanded().forEach(running);
            if (byTerm) terminate(worker);
            else dismiss(worker);
        }
    }

    /** Asks a worker nobody needs to end; one without a process has nothing that could care, and is killed. */
    private void terminate(Worker worker) {
        if (worker.child.process() == null) {
            dismiss(worker);
            return;
        }
        roster.isNotIdle(worker);
        worker.terminate();
        endings.mayTakeItsTime(worker);
    }

    /** Connection and process of a worker have ended. Of one that nobody needs nobody asks why. */
    void ended(Worker worker) {
        WorkerProcess process = worker.child.process();
        if (process == null || worker.isExpendable() || worker.state() == Worker.State.LEAVING) {
            owner.gone(worker);
            return;
        }
        roster.isNotIdle(worker);
        examinations.begin(worker, process);
    }

    /** What is left of a worker that has ended goes too; if not now, with the pool's directory. */
    void cleanUp(Worker worker) {
        WorkerProcess process = worker.child.process();
        if (process == null) return;
        try {
            launches.execute(process::cleanUp);
        } catch (OutOfMemoryError noThread) {
            Log.of(Workers.class).warn("no thread to delete a worker's files: {}", worker.describe(), noThread);
        }
    }

    /** The JVM is ending. Any thread. */
    void killProcesses() {
        jvmIsEnding = true; // and no process that is just being started is missed: it reads this after it was added
        WorkerProcess.killAll(processes);
    }

    /** The same, and nothing is lost of what calls have printed. On the exit hook's thread. */
    void killProcessesAtExit() {
        List<WorkerProcess> killed = List.copyOf(processes); // they go as they exit
        killProcesses();
        long deadlineNanos = System.nanoTime() + OUTPUT_ENDS_WITHIN.toNanos();
        for (WorkerProcess process : killed)
            process.passOutputOn(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())));
    }
}
