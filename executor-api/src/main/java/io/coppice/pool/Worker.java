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
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One worker as the dispatcher sees it: its process, its connection, and the call it has. Dispatcher thread only.
 *
 * <pre>
 *   STARTING -> IDLE     READY came: the initializer has returned
 *   IDLE     -> BUSY     a call was handed over
 *   BUSY     -> IDLE     its last outcome came
 *   IDLE     -> LEAVING  it was told to leave
 *   any      -> DEAD     the connection has ended and the process too (or will not tell)
 * </pre>
 *
 * A worker ends twice, in either order: its connection is closed, which everything it has sent comes before, and its
 * process exits, which tells why. Only both together are the end; {@link Workers} sets a limit on the wait for the other.
 */
final class Worker implements WorkerChannel.Events, CallSink.Origin {
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
    private final long startNanos = System.nanoTime();
    private final Set<PoolFunction> known = new HashSet<>();

    private State state = State.STARTING;
    private boolean expendable; // its end is our own doing, or of no consequence
    private @Nullable Batch running;
    private int batches; // handed over so far
    private long callsDone;

    private @Nullable WorkerProcess process;
    private boolean processStarting = true;
    private boolean toBeKilled;
    private long toBeInterrupted; // a call; 0: none
    private boolean processEnded;
    private @Nullable Integer exitCode;

    private @Nullable WorkerChannel channel;
    private boolean channelClosed;
    private boolean unsent;
    private @Nullable SentClasses classes; // with the connection

    final Blame blame = new Blame();

    Worker(int number, Token token, WorkerOwner owner) {
        this.number = number;
        this.token = token;
        this.owner = owner;
    }

    State state() {
        return state;
    }

    // ---- process ----

    void processStarted(WorkerProcess process) {
        this.process = process;
        processStarting = false;
        if (expendable || toBeKilled) process.kill();
        if (toBeInterrupted != 0) process.interrupt(toBeInterrupted);
        endIfOver();
    }

    void processNotStarted(Throwable cause) {
        processStarting = false;
        blame.put(Circumstance.NOT_STARTED, cause);
        processEnded(null);
    }

    /** The process has exited, or we stop waiting for it to tell (null). */
    void processEnded(@Nullable Integer exitCode) {
        if (processEnded) return;
        processEnded = true;
        this.exitCode = exitCode;
        endIfOver();
    }

    boolean hasProcessEnded() {
        return processEnded;
    }

    /** Ends it now, as something nobody needs. */
    void dismiss() {
        expendable = true;
        kill();
    }

    /** Asks it to end, as something nobody needs; if it has no process yet, it is killed when it has one. */
    void terminate() {
        expendable = true;
        if (process != null) process.terminate();
    }

    /** Now, or when its process has been started. */
    void kill() {
        toBeKilled = true;
        if (process != null) process.kill();
    }

    @Nullable
    WorkerProcess process() {
        return process;
    }

    boolean isExpendable() {
        return expendable;
    }

    // ---- connection ----

    boolean isConnected() {
        return channel != null && !channelClosed;
    }

    boolean wasConnected() {
        return channel != null;
    }

    void connected(WorkerChannel channel, Items setup, CodeServer code) {
        this.channel = channel;
        classes = new SentClasses(code, this::send);
        classes.sendNew();
        send(Handshake.welcome(setup));
    }

    void unload(int loader) {
        if (state == State.LEAVING) return;
        // No call names its functions any more: whoever could has held the loader.
        for (PoolFunction function : Set.copyOf(known)) if (function.isOf(loader)) forget(function);
        send(new Frame.Unload(loader));
    }

    void closeConnection() {
        if (channel != null) channel.close();
    }

    private void send(Frame frame) {
        if (channel == null || channelClosed) return;
        channel.send(frame);
        if (!unsent) {
            unsent = true;
            owner.hasUnsent(this);
        }
    }

    void flush() {
        unsent = false;
        if (channel != null && !channelClosed) channel.flush();
    }

    @Override
    public void received(Frame frame) {
        if (state == State.DEAD || expendable) return;
        if (frame instanceof Frame.Answer answer && running != null && answer.id() == running.id()) {
            answered(running, answer);
        } else if (frame instanceof Frame.Fetch fetch && classes != null && classes.mayAsk()) {
            owner.wants(classes, fetch);
        } else if (frame instanceof Frame.Ready ready && state == State.STARTING) {
            owner.initializerReturned(this, ready.outcome());
        } else if (frame instanceof Frame.Goodbye && state == State.LEAVING) {
            expendable = true; // from here on nothing it does is of consequence
            if (process != null) process.endLifeline();
        } else {
            breakOff(frame, "running=" + (running == null ? "nothing" : running.id()) + ", state=" + state);
        }
    }

    private void breakOff(Frame frame, String expected) {
        if (channel != null)
            channel.fail(new WireException(
                    WireException.Reason.UNEXPECTED_FRAME,
                    "unexpected frame from a worker: type=" + frame.type() + ", id=" + frame.id() + ", " + expected));
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        channelClosed = true;
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
        boolean connectionOver = channel == null || channelClosed;
        if (state == State.DEAD || processStarting || !processEnded || !connectionOver) return; // of two ends, one
        owner.gone(this);
    }

    // ---- calls ----

    void becomesIdle() {
        assert state == State.STARTING;
        state = State.IDLE;
    }

    void run(Batch batch) {
        assert state == State.IDLE && running == null;
        state = State.BUSY;
        running = batch;
        batches++;
        PoolFunction function = batch.function();
        if (known.add(function)) send(new Frame.Function(function.id, function.encoded));
        send(new Frame.Call(batch.id(), function.id, batch.takeArguments()));
    }

    /** How many batches it was given, in all. */
    int batchCount() {
        return batches;
    }

    private void answered(Batch batch, Frame.Answer answer) {
        int count = answer.outcomes().count();
        if (!batch.expects(answer.firstItem(), count)) {
            breakOff(
                    answer, "items=" + batch.itemCount() + ", firstItem=" + answer.firstItem() + ", outcomes=" + count);
            return;
        }
        callsDone += count;
        batch.function().measured(count, answer.runNanos());
        batch.answer(answer.outcomes(), this);
        if (!batch.isEnded()) return;
        running = null;
        state = State.IDLE;
        owner.batchEnded(this, batch);
    }

    boolean runs(CallSink sink) {
        return running != null && running.isFor(sink);
    }

    /** Interrupts what it runs; once, so that what it does not read cannot fill the pipe. */
    void interrupt() {
        if (running == null || !running.interruptOnce()) return;
        if (process != null) process.interrupt(running.id());
        else toBeInterrupted = running.id();
    }

    void forget(PoolFunction function) {
        boolean listens = state == State.IDLE || state == State.BUSY;
        if (known.remove(function) && listens) send(new Frame.Forget(function.id));
    }

    /** Takes what it runs from a worker that is gone, or whose pool is broken. */
    @Nullable
    Batch takeRunning() {
        Batch taken = running;
        running = null;
        return taken;
    }

    void leave() {
        assert state == State.IDLE;
        state = State.LEAVING;
        send(new Frame.Leave());
    }

    // ---- death ----

    /** What is known now; {@link #dies} comes once. */
    Death death() {
        return new Death(
                number,
                process == null ? null : process.pid(),
                exitCode,
                Duration.ofNanos(System.nanoTime() - startNanos),
                callsDone,
                blame.circumstanceOr(byState()),
                blame.cause(),
                blame.causeText());
    }

    private Circumstance byState() {
        return switch (state) {
            case STARTING -> channel == null ? Circumstance.WHILE_STARTING : Circumstance.IN_INITIALIZER;
            case BUSY -> Circumstance.WHILE_RUNNING;
            default -> Circumstance.WHILE_IDLE;
        };
    }

    void dies() {
        state = State.DEAD;
    }

    /** For a {@link io.coppice.pool.CallSink.Origin}: who answered. */
    @Override
    public String describe() {
        return "worker=" + number + (process == null ? "" : ", pid=" + process.pid());
    }
}
