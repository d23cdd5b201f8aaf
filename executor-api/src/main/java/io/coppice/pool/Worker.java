package io.coppice.pool;

import io.coppice.code.CodeServer;
import io.coppice.launch.Death;
import io.coppice.launch.Death.Circumstance;
import io.coppice.launch.WorkerProcess;
import io.coppice.wire.FlightRecord;
import io.coppice.wire.Frame;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Token;
import io.coppice.wire.WireException;
import io.coppice.wire.netty.WorkerChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final boolean keepsArguments;
    private final long startNanos = System.nanoTime();
    private final Set<PoolFunction> known = new HashSet<>();

    private State state = State.STARTING;
    private long lookedNanos; // at its memory; 0: never
    private boolean retires; // leaves when another is up
    private boolean takesNoMore; // leaves when it has nothing
    private boolean recordsOutcomes; // keeps those it has not sent where they outlive it
    private boolean expendable; // its end is our own doing, or of no consequence
    final Handed handed;
    private int callsHanded; // and not given back
    private long callsDone;
    private @Nullable WorkerName name; // made when it is first needed, with its process

    final Child child = new Child();
    private final Interrupts interrupts;
    final Stopwatch stopwatch;

    final Connection connection;

    final Blame blame = new Blame();

    /** @param keepsArguments whether what it was handed may have to be handed to another */
    Worker(int number, Token token, WorkerOwner owner, boolean keepsArguments) {
        handed = new Handed(keepsArguments);
        interrupts = new Interrupts(child::interrupt, handed);
        stopwatch = new Stopwatch(new StopwatchHand(this, owner), handed);
        this.number = number;
        this.token = token;
        this.owner = owner;
        this.keepsArguments = keepsArguments;
        this.connection = new Connection(() -> owner.hasUnsent(this));
    }

    State state() {
        return state;
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
        connection.opened(channel, setup, code);
        if (keepsArguments) recordsOutcomes();
    }

    void unload(int loader) {
        if (state == State.LEAVING) return;
        // No call names its functions any more: whoever could has held the loader.
        for (PoolFunction function : Set.copyOf(known)) if (function.isOf(loader)) forget(function);
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
            answered(answer);
        } else if (frame instanceof Frame.Recalled recalled) {
            gaveBack(recalled);
        } else if (frame instanceof Frame.Condemned condemned) {
            if (!stopwatch.answered(condemned)) connection.breakOff(frame, "it was not asked");
        } else if (frame instanceof Frame.Spent) {
            retire();
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
        if (state != State.IDLE && state != State.BUSY || takesNoMore || stopwatch.isLastCall()) return 0;
        return Math.min(handed.room(function), maxTasksPerChild - callsHanded);
    }

    void run(Batch batch) {
        assert state == State.IDLE || state == State.BUSY;
        state = State.BUSY;
        callsHanded += batch.callCount();
        PoolFunction function = batch.function;
        if (function.limit != null) recordsOutcomes();
        if (known.add(function)) connection.send(new Frame.Function(function.id, function.encoded));
        connection.send(handed.handOver(batch));
    }

    /** From here on its death costs no other call than the one it is in. */
    void recordsOutcomes() {
        if (recordsOutcomes) return;
        recordsOutcomes = true;
        connection.send(new Frame.Record());
    }

    /** How many calls it was given, in all. */
    int callCount() {
        return callsHanded;
    }

    private void answered(Frame.Answer answer) {
        int count = answer.outcomes().count();
        Batch batch = handed.due(answer.turn(), count);
        if (batch == null) {
            connection.breakOff(answer, handed.describe() + ", outcomes=" + count);
            return;
        }
        callsDone += count;
        batch.function.pace.measured(count, answer.runNanos());
        if (stopwatch.wereHurried(answer.turn(), count)) answerOneByOne(batch, answer.outcomes());
        else batch.answer(answer.outcomes(), name());
        boolean batchEnded = handed.answered(batch, count);
        interrupts.handedChanged();
        if (!batchEnded) return;
        if (handed.isEmpty()) state = State.IDLE;
        owner.batchEnded(this, batch);
    }

    /** One of them was over its time: if it has failed then, that is why. */
    private void answerOneByOne(Batch batch, Items outcomes) {
        for (Items.Cursor outcome = outcomes.cursor(); outcome.next(); ) {
            Items one = outcome.item();
            boolean late = outcome.outcomeKind() != OutcomeKind.RETURNED && stopwatch.wereHurried(batch.nextTurn(), 1);
            if (late) batch.lose(Aftermath.interrupted(batch, this, one));
            else batch.answer(one, name());
        }
    }

    /** The turn that it has begun last; as long as it leaves no record, that of the first call without an answer. */
    long begun() {
        WorkerProcess process = child.process();
        if (process == null) return 0;
        long begun = FlightRecord.begun(process.directory());
        return begun > 0 ? begun : handed.currentTurn();
    }

    /** What it has ended and not sent, as its flight record has it. It is gone. */
    void takeRecorded(List<FlightRecord.Ended> ended) {
        for (FlightRecord.Ended one : ended) {
            Batch batch = handed.due(one.turn(), 1);
            if (batch == null) continue; // it was sent
            callsDone++;
            answerOneByOne(batch, one.outcome());
            if (handed.answered(batch, 1)) owner.batchGone(batch);
        }
    }

    /** What it has begun, and ended without sending it; null if it has left nothing that tells. */
    @Nullable
    FlightRecord flightRecord() {
        WorkerProcess process = child.process();
        try {
            return process == null ? null : FlightRecord.read(process.directory());
        } catch (IOException noRecord) {
            return null;
        }
    }

    /** It gets nothing more, and leaves when it has nothing. */
    void retire() {
        takesNoMore = true;
        retires = true;
        if (state == State.IDLE) owner.isIdle(this);
    }

    /** Another is to take its place, and then it leaves; until then it goes on. */
    void makeRoom() {
        retires = true;
    }

    boolean retires() {
        return retires;
    }

    boolean takesNoMore() {
        return takesNoMore;
    }

    /** Whether there should be no other in its place. */
    boolean stays(int maxTasksPerChild) {
        return state != State.LEAVING
                && !expendable
                && !retires
                && callsHanded < maxTasksPerChild
                && !stopwatch.isSentenced();
    }

    /** Whether so much time has passed since this was true last. */
    boolean isTimeToLook(long everyNanos) {
        long now = System.nanoTime();
        if (lookedNanos != 0 && now - lookedNanos < everyNanos) return false;
        lookedNanos = now;
        return true;
    }

    /** The memory of its process; 0 if that is not known. */
    long residentBytes() {
        WorkerProcess process = child.process();
        return process == null ? 0 : process.residentBytes();
    }

    /** Asks for what it has not begun, if it has answered nothing since it was looked at last. */
    void recallIfStuck() {
        if (child.process() == null || state != State.BUSY) return;
        Frame.Recall recall = handed.recallIfStuck();
        if (recall != null) child.recall(recall);
    }

    private void gaveBack(Frame.Recalled recalled) {
        if (!handed.mayKeep(recalled.upTo(), recalled.kept())) {
            connection.breakOff(recalled, handed.describe() + ", kept=" + recalled.kept());
            return;
        }
        handed.takeBack(
                recalled.kept(),
                work -> {
                    callsHanded -= work.size();
                    owner.gaveBack(work);
                },
                owner::batchGone);
        interrupts.handedChanged();
        if (!handed.isEmpty()) return;
        state = State.IDLE;
        owner.isIdle(this);
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
        boolean listens = state == State.IDLE || state == State.BUSY;
        if (known.remove(function) && listens) connection.send(new Frame.Forget(function.id));
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
                callsDone,
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
    private WorkerName name() {
        WorkerName name = this.name;
        if (name == null || !name.isComplete()) this.name = name = new WorkerName(number, child.process());
        return name;
    }
}
