package io.coppice.worker;

import io.coppice.wire.Frame;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.WireException;
import io.coppice.wire.payload.Invocable;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import io.coppice.wire.payload.SimpleValues;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the items of CALL and CALLS one after the other: reads the arguments, calls the function, writes how it ended.
 * Executing thread only.
 *
 * <p>{@link Turns} is told where the thread is: of a call that takes and returns simple values twice, when it begins
 * and when it ends; of a chunk of such items once for all. To read or write any other value may run the user's code,
 * which must neither be interrupted nor hold up the outcomes of earlier calls, so that is told too.
 */
final class CallRunner {
    /** Outcomes of calls go out when they have grown past this, */
    private static final int CALLS_BYTES = 64 << 10;
    /** or have taken so long: who waits for the first ones need not wait for the last. */
    private static final long CALLS_NANOS = 100_000;

    /** Those of a chunk are wanted together. */
    private static final int CHUNK_BYTES = 1 << 20;

    private static final long CHUNK_NANOS = 10_000_000;

    private final Turns turns;
    private final Outcomes outcomes;
    private final PayloadCodec reading;
    private final FunctionTable functions;
    private final FlightRecorder flight;
    private long lastTurn;

    // Of the frame that is run; one of the first two is there.
    private @Nullable Invocable function;
    private @Nullable PayloadException noFunction;
    private int arity;
    private boolean spent; // a call of it ran out of memory: who knows what has not been done because of that

    CallRunner(Turns turns, Outcomes outcomes, PayloadCodec reading, FunctionTable functions, FlightRecorder flight) {
        this.flight = flight;
        this.turns = turns;
        this.outcomes = outcomes;
        this.reading = reading;
        this.functions = functions;
    }

    // ---- calls of their own ----

    void run(Frame.Calls calls) throws IOException {
        expect(calls, calls.arguments());
        outcomes.begin(CALLS_BYTES, CALLS_NANOS);
        boolean ready = false;
        long turn = calls.turn();
        for (Items.Cursor item = calls.arguments().cursor(); item.next(); turn++) {
            boolean away = !ready || !isSimple(item);
            if (!begins(turn, away)) continue;
            flight.begins(turn);
            if (!ready) findFunction(calls.functionId());
            ready = true;
            runCall(turn, away, item);
            if (spent) isSpent();
        }
        endFrame();
    }

    /** Begins a call. False: it is not to be run, and has been dealt with. */
    private boolean begins(long turn, boolean away) throws IOException {
        while (away ? !turns.beginsAway(turn) : !turns.begins(turn)) {
            Turns.Verdict verdict = turns.look(turn);
            if (verdict == Turns.Verdict.RUN) return true;
            turns.ends();
            if (verdict == Turns.Verdict.INTERRUPTED) {
                outcomes.write(OutcomeKind.THREW, notRun());
                outcomes.append(turn);
                return false;
            }
            outcomes.send(); // wanted; or the row of turns breaks off here
            if (verdict == Turns.Verdict.GIVEN_BACK) return false;
        }
        return true;
    }

    private void runCall(long turn, boolean away, Items.Cursor item) throws IOException {
        OutcomeKind kind = OutcomeKind.UNREADABLE_CALL;
        Object value;
        try {
            Object input = read(item);
            kind = OutcomeKind.THREW;
            if (away && !turns.enters(turn) && !turns.mayRun(turn)) throw notRun();
            value = invoke(input);
            kind = OutcomeKind.RETURNED;
        } catch (Throwable failure) {
            value = failure;
            if (failure instanceof OutOfMemoryError) spent = true;
        }
        boolean simple = isSimple(value);
        if (simple) turns.ends();
        else turns.leaves();
        if (simple && kind == OutcomeKind.RETURNED && outcomes.addReturned(turn, value)) return;
        outcomes.write(kind, value);
        if (!simple) turns.ends();
        outcomes.append(turn);
    }

    // ---- a chunk ----

    void run(Frame.Call call) throws IOException {
        expect(call, call.arguments());
        outcomes.begin(CHUNK_BYTES, CHUNK_NANOS);
        long first = call.turn();
        if (!beginsChunk(first, lastTurn)) return;
        turns.beginsItem(first); // to read the function is a part of it
        flight.begins(first);
        findFunction(call.functionId());
        turns.entersChunk(first);
        long turn = first;
        for (Items.Cursor item = call.arguments().cursor(); item.next(); turn++) {
            turns.beginsItem(turn);
            if (turns.goesOn(first) || goesOn(first)) runOfChunk(first, turn, item);
            else addOfChunk(first, turn, OutcomeKind.THREW, notRun());
            turns.endsItem();
        }
        turns.ends();
        endFrame();
    }

    /** False: it was given back. */
    private boolean beginsChunk(long first, long last) throws IOException {
        while (!turns.beginsChunk(first, last)) {
            Turns.Verdict verdict = turns.look(first);
            if (verdict == Turns.Verdict.RUN || verdict == Turns.Verdict.INTERRUPTED) return true; // each item asks
            turns.ends();
            outcomes.send();
            if (verdict == Turns.Verdict.GIVEN_BACK) return false;
        }
        return true;
    }

    /** Does what is wanted between two items. False: the chunk was interrupted. */
    private boolean goesOn(long first) throws IOException {
        Turns.Verdict verdict = turns.look(first);
        while (verdict == Turns.Verdict.SEND_FIRST) {
            outcomes.send();
            verdict = turns.look(first);
        }
        return verdict == Turns.Verdict.RUN;
    }

    private void runOfChunk(long first, long turn, Items.Cursor item) throws IOException {
        boolean away = !isSimple(item);
        flight.begins(turn);
        if (away) turns.pauses();
        Object input;
        try {
            input = read(item);
        } catch (PayloadException unreadable) {
            if (away) turns.entersChunk(first);
            addOfChunk(first, turn, OutcomeKind.UNREADABLE_CALL, unreadable);
            return;
        }
        boolean mayRun = !away || turns.entersChunk(first) || turns.mayRun(first);
        OutcomeKind kind;
        Object value;
        try {
            if (!mayRun) throw notRun();
            value = invoke(input);
            kind = OutcomeKind.RETURNED;
        } catch (Throwable thrown) {
            value = thrown;
            kind = OutcomeKind.THREW;
            if (thrown instanceof OutOfMemoryError) spent = true;
        }
        Thread.interrupted(); // if it was meant for the chunk, the next item finds that out
        if (kind != OutcomeKind.RETURNED || !outcomes.addReturned(turn, value)) addOfChunk(first, turn, kind, value);
    }

    private void addOfChunk(long first, long turn, OutcomeKind kind, @Nullable Object value) throws IOException {
        boolean away = !isSimple(value);
        if (away) turns.pauses();
        outcomes.write(kind, value);
        if (away) turns.entersChunk(first);
        outcomes.append(turn);
    }

    // ---- both ----

    private void expect(Frame frame, Items arguments) throws WireException {
        if (frame.id() != lastTurn + 1)
            throw new WireException(
                    WireException.Reason.MALFORMED_BODY,
                    "turns do not follow each other: type=" + frame.type() + ", turn=" + frame.id() + ", expected="
                            + (lastTurn + 1));
        if (lastTurn > 0 || arguments.count() > 1) flight.isNeeded();
        lastTurn += arguments.count();
    }

    /** Part of the first call: to read a function may run the user's code too. */
    private void findFunction(long id) throws WireException {
        try {
            Invocable found = functions.get(id);
            runsIn(found);
            function = found;
            noFunction = null;
            arity = found.arity();
        } catch (PayloadException unreadable) {
            function = null;
            noFunction = unreadable;
        }
        outcomes.startsNow();
    }

    /** What a library looks up by name it finds as it would in the parent. */
    static void runsIn(Invocable function) {
        ClassLoader loader = FunctionTable.loaderOf(function);
        Thread.currentThread().setContextClassLoader(loader != null ? loader : ClassLoader.getSystemClassLoader());
    }

    /** What {@link #invoke} takes: the argument, or the array of them. Throws why the item cannot be run. */
    private @Nullable Object read(Items.Cursor item) throws PayloadException {
        if (noFunction != null) throw noFunction;
        if (arity == 1)
            return item.endsInTail()
                    ? reading.readArgument(item.payload())
                    : reading.readArgument(item.bytes(), item.offset(), item.length());
        @Nullable Object[] arguments = new Object[arity];
        if (item.endsInTail()) reading.readArguments(item.payload(), arguments);
        else reading.readArguments(item.bytes(), item.offset(), item.length(), arguments);
        return arguments;
    }

    @SuppressWarnings("NullAway") // an array is what was read, unless it is the one argument
    private @Nullable Object invoke(@Nullable Object input) throws Throwable {
        Invocable function = Objects.requireNonNull(this.function);
        return arity == 1 ? function.invokeWith(input) : function.invoke((@Nullable Object[]) input);
    }

    private void endFrame() throws IOException {
        outcomes.end();
        function = null;
        noFunction = null;
        if (spent) isSpent();
    }

    private void isSpent() throws IOException {
        spent = false;
        outcomes.send();
        outcomes.thisWorkerIsSpent();
    }

    private static InterruptedException notRun() {
        return new InterruptedException("interrupted before it ran");
    }

    /** Whether it is read without running any code of the user's. */
    private static boolean isSimple(Items.Cursor item) {
        return item.length() == 0
                || item.endsInTail()
                || SimpleValues.isSimple(item.bytes(), item.offset(), item.length());
    }

    /** Whether it is written without running any code of the user's. That others are too does not matter. */
    private static boolean isSimple(@Nullable Object value) {
        if (value == null) return true;
        Class<?> type = value.getClass();
        return type == Long.class
                || type == Integer.class
                || type == String.class
                || type == Double.class
                || type == Boolean.class;
    }
}
