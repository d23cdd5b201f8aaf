package io.coppice.pool;

import io.coppice.code.CodeServer;
import io.coppice.launch.Death;
import io.coppice.launch.Death.Circumstance;
import io.coppice.launch.WorkerProcess;
import io.coppice.wire.Frame;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import io.coppice.wire.Token;
import io.coppice.wire.WireException;
import io.coppice.wire.netty.WorkerChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker as the dispatcher sees it: its process, its connection, and what it was handed. Dispatcher thread only.
 *
 * <pre>
 *   STARTING -> IDLE     READY came: the initializer has returned
 *   IDLE     -> BUSY     a call was handed over
 *   BUSY     -> IDLE     its last outcome came, or it gave back what was left
 *   IDLE     -> LEAVING  it was told to leave
 *   any      -> DEAD     the connection has ended and the process too (or will not tell)
 * </pre>
 *
 * A worker ends twice, in either order: its connection is closed, which everything it has sent comes before, and its
 * process exits, which tells why. Only both together are the end; {@link Workers} sets a limit on the wait for the
 * other.
 */
final class Worker implements WorkerChannel.Events {
    enum State {
        STARTING,
        IDLE,
        BUSY,
        LEAVING,
        DEAD
    }

    final int number;
    final Token token;
    private final WorkerOwner owner;
    private final PoolSettings settings;
    private final long startNanos = System.nanoTime();

    private State state = State.STARTING;
    private boolean expendable; // its end is our own doing, or of no consequence
    private int callsHanded; // and not given back
    private @Nullable WorkerName name; // made when it is first needed, with its process

    final Child child = new Child();
    final Connection connection = new Connection(this::hasUnsent);
    private final SentFunctions functions = new SentFunctions(connection::send);
    final Handed handed;
    final Answers answers;
    final Interrupts interrupts;
    final Stopwatch stopwatch;
    final Retirement retirement = new Retirement();
    final Blame blame = new Blame();
    final CallNames callNames = new CallNames();

    Worker(int number, Token token, WorkerOwner owner, PoolSettings settings) {
        this.number = number;
        this.token = token;
        this.owner = owner;
        this.settings = settings;
        handed = new Handed(settings.onDeath().replaces());
        answers = new Answers(this, owner);
        interrupts = new Interrupts(child::interrupt, handed);
        stopwatch = new Stopwatch(new StopwatchHand(this, owner), handed);
    }

    private void hasUnsent() {
        owner.hasUnsent(this);
    }

    State state() {
        return state;
    }

    /** Whether nothing is known yet of its end. */
    boolean isThere() {
        return !child.hasEnded() && connection.isOpen();
    }

    private boolean takesCalls() {
        return state == State.IDLE || state == State.BUSY;
    }

    // ---- process ----

    void processStarted(WorkerProcess process) {
        child.started(process);
        endIfOver();
    }

    void processNotStarted(Throwable cause) {
        child.notStarted();
        blame.put(Circumstance.NOT_STARTED, cause);
        processEnded(null);
    }

    /** The process has exited, or we stop waiting for it to tell (null). */
    void processEnded(@Nullable Integer exitCode) {
        if (child.hasEnded()) return;
        child.ended(exitCode);
        endIfOver();
    }

    /** Ends it now, as something nobody needs. */
    void dismiss() {
        expendable = true;
        child.kill();
    }

    /** Asks it to end, as something nobody needs. */
    void terminate() {
        expendable = true;
        child.terminate();
    }

    boolean isExpendable() {
        return expendable;
    }

    // ---- connection ----

    void connected(WorkerChannel channel, Items setup, CodeServer code) {
        connection.opened(channel, code);
        if (settings.onDeath().replaces()) functions.recordsOutcomes();
        connection.send(Handshake.welcome(setup));
    }

    void unload(int loader) {
        if (state == State.LEAVING) return;
        functions.unload(loader, takesCalls());
        connection.send(new Frame.Unload(loader));
    }

    void flush() {
        handed.isFilled();
        connection.flush();
    }

    @Override
    public void received(Frame frame) {
        if (state == State.DEAD || expendable) return;
        if (frame instanceof Frame.Answer answer) {
            answers.take(answer);
        } else if (frame instanceof Frame.Recalled recalled) {
            answers.gaveBack(recalled);
        } else if (frame instanceof Frame.Condemned condemned) {
            if (!stopwatch.answered(condemned)) connection.breakOff(frame, "it was not asked");
        } else if (frame instanceof Frame.Spent) {
            isSpent();
        } else if (frame instanceof Frame.Fetch fetch && connection.mayAskForClasses()) {
            owner.wants(connection.classes(), fetch);
        } else if (frame instanceof Frame.Ready ready && state == State.STARTING) {
            owner.initializerReturned(this, ready.outcome());
        } else if (frame instanceof Frame.Goodbye && state == State.LEAVING) {
            expendable = true; // from here on nothing it does is of consequence
            child.letGo();
        } else {
            connection.breakOff(frame, "state=" + state);
        }
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        connection.ended();
        // A reset or a frame cut off is what a death looks like from here; anything else is a reason of its own.
        if (cause instanceof WireException wire) {
            if (wire.reason() != WireException.Reason.TRUNCATED) blame.put(Circumstance.PROTOCOL_BROKEN, cause);
        } else if (cause != null && !(cause instanceof IOException)) {
            blame.put(Circumstance.CONNECTION_FAILED, cause);
        }
        owner.connectionEnded(this);
        endIfOver();
    }

    private void endIfOver() {
        if (state == State.DEAD || child.isStarting() || !child.hasEnded() || connection.isOpen())
            return; // of two ends, one
        owner.ended(this);
    }

    // ---- calls ----

    void becomesIdle() {
        assert state == State.STARTING;
        state = State.IDLE;
    }

    /** How many more calls on this function it should have. */
    int room(PoolFunction function, int maxTasksPerChild) {
        if (!takesCalls() || retirement.takesNoMore() || stopwatch.isLastCall()) return 0;
        return Math.min(handed.room(function), maxTasksPerChild - callsHanded);
    }

    void run(Batch batch) {
        assert takesCalls();
        state = State.BUSY;
        callsHanded += batch.callCount();
        functions.sent(batch.function);
        connection.send(handed.handOver(batch));
        if (settings.launch().output().namesCalls()) callNames.handedOver(batch, handed.currentTurn());
    }

    /** Something it had is no longer its own; says whether it has nothing now. */
    boolean hasLess() {
        if (!handed.isEmpty()) return false;
        state = State.IDLE;
        return true;
    }

    /** So many calls that it was given are its own no more. */
    void gaveBack(int calls) {
        callsHanded -= calls;
    }

    /** How many calls it was given, in all. */
    int callCount() {
        return callsHanded;
    }

    /** It is to get nothing more. */
    private void isSpent() {
        retirement.isDue();
        if (state == State.IDLE) owner.isIdle(this);
    }

    /** Whether there should be no other in its place. */
    boolean stays(int maxTasksPerChild) {
        return state != State.LEAVING
                && !expendable
                && !retirement.waitsForAnother()
                && callsHanded < maxTasksPerChild
                && !stopwatch.isSentenced();
    }

    /** Asks for what it has not begun, if it has answered nothing since it was looked at last. */
    void recallIfStuck() {
        if (child.process() == null || state != State.BUSY) return;
        Frame.Recall recall = handed.recallIfStuck();
        if (recall != null) child.recall(recall);
    }

    /** Interrupts this call, if it is here; not before it may run. */
    void interrupt(CallSink sink) {
        interrupts.call(sink);
    }

    /** This call, if it is here, is interrupted, and if it goes on all the same the worker is killed. */
    boolean stop(CallSink sink) {
        long turn = handed.turnOf(sink);
        if (turn == 0) return false;
        stopwatch.cancelled(turn);
        interrupts.call(sink);
        return true;
    }

    /** Interrupts all it was handed; what it has not begun will not run. */
    void interruptAll() {
        interrupts.all();
    }

    void forget(PoolFunction function) {
        functions.forget(function, takesCalls());
    }

    /** Takes all it has from a worker that is gone, or whose pool is broken; what it was running comes first. */
    List<Batch> takeHanded() {
        return handed.takeAll();
    }

    void leave() {
        assert state == State.IDLE;
        state = State.LEAVING;
        connection.send(new Frame.Leave());
    }

    // ---- death ----

    /** What is known now; {@link #dies} comes once. */
    Death death() {
        return new Death(
                number,
                child.pid(),
                child.exitCode(),
                Duration.ofNanos(System.nanoTime() - startNanos),
                answers.count(),
                blame.circumstanceOr(byState()),
                blame.cause(),
                blame.causeText(),
                child.evidence());
    }

    private Circumstance byState() {
        return switch (state) {
            case STARTING -> connection.wasOpened() ? Circumstance.IN_INITIALIZER : Circumstance.WHILE_STARTING;
            case BUSY -> Circumstance.WHILE_RUNNING;
            default -> Circumstance.WHILE_IDLE;
        };
    }

    void dies() {
        state = State.DEAD;
    }

    String describe() {
        return name().describe();
    }

    /** Small: what it is put into may live for long. */
    WorkerName name() {
        WorkerName name = this.name;
        if (name == null || !name.isComplete()) this.name = name = new WorkerName(number, child.process());
        return name;
    }
}
