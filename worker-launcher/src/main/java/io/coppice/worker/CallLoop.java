package io.coppice.worker;

import io.coppice.wire.Frame;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import io.coppice.wire.Token;
import io.coppice.wire.WireException;
import io.coppice.wire.payload.Form;
import io.coppice.wire.payload.Invocable;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads calls, has them run, answers; on one thread, in the order they came, until told to leave. What the parent says
 * over the lifeline meanwhile comes on the lifeline's thread.
 */
final class CallLoop implements Lifeline.Orders {
    private final ParentConnection parent;
    private final WorkerClasses classes;
    private final FlightRecorder flight;
    private final Turns turns = new Turns(Thread.currentThread());

    // Executing thread only, but for what is gathered in the outcomes: the lifeline comes to see them after READY.
    private PayloadCodec reading;
    private PayloadCodec writing;
    private FunctionTable functions;
    private volatile Outcomes outcomes;

    /** On the thread that runs this. */
    CallLoop(ParentConnection parent, WorkerClasses classes, FlightRecorder flight) {
        this.parent = parent;
        this.flight = flight;
        this.classes = classes;
        reading = new PayloadCodec(classes);
        writing = new PayloadCodec(classes);
        functions = new FunctionTable(reading);
        outcomes = new Outcomes(parent, writing, flight);
    }

    /** Returns when the parent says LEAVE; everything before it is answered then. */
    void run(Token token) throws IOException {
        introduce(token);
        CallRunner runner = new CallRunner(turns, outcomes, reading, functions, flight);
        while (true) {
            Frame frame = parent.read();
            if (frame == null) throw new IOException("the parent has closed the connection");
            if (frame instanceof Frame.Calls calls) runner.run(calls);
            else if (frame instanceof Frame.Call call) runner.run(call);
            else if (frame instanceof Frame.Function function) functions.learn(function.id(), function.function());
            else if (frame instanceof Frame.Forget forget) functions.forget(forget.id());
            else if (frame instanceof Frame.Unload unload) unload((int) unload.id());
            else if (frame instanceof Frame.Record) record();
            else if (frame instanceof Frame.Leave) return;
            else throw new WireException(WireException.Reason.UNEXPECTED_FRAME, "not now: type=" + frame.type());
        }
    }

    /** From here on no outcome is lost with this worker; those of before are sent. */
    private void record() throws IOException {
        outcomes.send();
        flight.holdsOutcomes();
    }

    /** A class loader of the parent's is gone, and so are the calls on its functions. */
    private void unload(int loader) {
        classes.unload(loader);
        functions.unload(loader);
        reading.forgetClasses();
        writing.forgetClasses();
        Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    // ---- the lifeline's thread ----

    @Override
    public void interrupt(long first, long last) {
        turns.interrupt(first, last);
    }

    /** What is given back comes first: somebody may be waiting to run it. */
    @Override
    public void recall(long upTo, long from) throws IOException {
        long kept = turns.recall(upTo, from);
        if (kept >= 0) {
            parent.write(new Frame.Recalled(upTo, kept));
            parent.flush();
        }
        turns.ifAway(outcomes);
        parent.flush(); // what the executing thread has written and would send when it comes to wait for a frame
    }

    @Override
    public void hurry(long turn) {
        turns.interruptItem(turn);
    }

    /** What is gathered is in the flight record, too; but it may be long until somebody reads that. */
    @Override
    public void condemn(long turn) throws IOException {
        StackTraceElement[] stack = turns.condemn(turn);
        if (stack != null) turns.ifAway(outcomes);
        parent.write(new Frame.Condemned(turn, stack == null ? List.of() : List.of(stack)));
        parent.flush();
    }

    // ---- the beginning ----

    /** HELLO, WELCOME, the initializer, READY. */
    private void introduce(Token token) throws IOException {
        parent.write(Handshake.hello(token));
        Frame answer = parent.read();
        if (answer instanceof Frame.Record) { // of all calls, so it comes before the first may
            record();
            answer = parent.read();
        }
        if (answer == null) throw new IOException("the parent did not take this worker in");
        Items.Cursor setup = Handshake.expectWelcome(answer).setup().cursor();
        if ((!setup.next() || takeForms(setup.payload())) && (!setup.next() || runInitializer(setup)))
            outcomes.write(OutcomeKind.RETURNED, null);
        parent.write(new Frame.Ready(outcomes.takeWritten()));
    }

    /** The user's serializers. If they cannot be used, that is the outcome. */
    private boolean takeForms(Payload encoded) {
        if (encoded.length() == 0) return true;
        try {
            List<Form> forms = List.of((Form[]) Objects.requireNonNull(reading.readValue(encoded)));
            reading = new PayloadCodec(classes, forms);
            writing = new PayloadCodec(classes, forms);
            functions = new FunctionTable(reading);
            outcomes = new Outcomes(parent, writing, flight);
            return true;
        } catch (PayloadException unreadable) {
            outcomes.write(OutcomeKind.UNREADABLE_CALL, unreadable);
            return false;
        }
    }

    /** Writes its outcome itself, and gives false. It has no turn: nobody interrupts it or takes it back. */
    private boolean runInitializer(Items.Cursor setup) {
        Invocable function;
        @Nullable Object[] values;
        try {
            function = FunctionTable.decode(reading, setup.payload());
            setup.next();
            CallRunner.runsIn(function);
            values = new Object[function.arity()];
            reading.readArguments(setup.payload(), values);
        } catch (PayloadException unreadable) {
            outcomes.write(OutcomeKind.UNREADABLE_CALL, unreadable);
            return false;
        }
        OutcomeKind kind = OutcomeKind.RETURNED;
        Object thrown = null;
        try {
            function.invoke(values);
        } catch (Throwable failure) {
            kind = OutcomeKind.THREW;
            thrown = failure;
        }
        Thread.interrupted(); // left behind: it is not the first call's
        outcomes.write(kind, thrown);
        return false;
    }
}
