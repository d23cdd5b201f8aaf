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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a call, runs it, answers; on one thread, in the order they came, until told to leave. */
final class CallLoop {
    /** A chunk's outcomes go out in parts when they grow past this, */
    private static final int ANSWER_BYTES = 1 << 20;
    /** or have taken so long: who waits for the first ones need not wait for the last. */
    private static final long ANSWER_NANOS = 10_000_000;

    /** In place of a call's id: nobody interrupts an initializer. */
    private static final long INITIALIZER = Long.MAX_VALUE;

    private final ParentConnection parent;
    private final WorkerClasses classes;
    private PayloadCodec reading;
    private PayloadCodec writing;
    private FunctionTable functions;
    private final CallInterrupt interrupt;

    /** @param interrupt of the thread that runs this */
    CallLoop(ParentConnection parent, WorkerClasses classes, CallInterrupt interrupt) {
        this.parent = parent;
        this.classes = classes;
        this.interrupt = interrupt;
        reading = new PayloadCodec(classes);
        writing = new PayloadCodec(classes);
        functions = new FunctionTable(reading);
    }

    /** Returns when the parent says LEAVE; everything before it is answered then. */
    void run(Token token) throws IOException {
        introduce(token);
        while (true) {
            Frame frame = parent.read();
            if (frame == null) throw new IOException("the parent has closed the connection");
            if (frame instanceof Frame.Call call) answer(call);
            else if (frame instanceof Frame.Function function) functions.learn(function.id(), function.function());
            else if (frame instanceof Frame.Forget forget) functions.forget(forget.id());
            else if (frame instanceof Frame.Unload unload) unload((int) unload.id());
            else if (frame instanceof Frame.Leave) return;
            else throw new WireException(WireException.Reason.UNEXPECTED_FRAME, "not now: type=" + frame.type());
        }
    }

    /** A class loader of the parent's is gone, and so are the calls on its functions. */
    private void unload(int loader) {
        classes.unload(loader);
        functions.unload(loader);
        reading.forgetClasses();
        writing.forgetClasses();
        Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    /** HELLO, WELCOME, the initializer, READY. */
    private void introduce(Token token) throws IOException {
        parent.write(Handshake.hello(token, ProcessHandle.current().pid()));
        parent.flush();
        Frame answer = parent.read();
        if (answer == null) throw new IOException("the parent did not take this worker in");
        Items.Cursor setup = Handshake.expectWelcome(answer).setup().cursor();
        if ((!setup.next() || takeForms(setup.payload())) && (!setup.next() || runInitializer(setup)))
            addOutcome(OutcomeKind.RETURNED, null);
        parent.write(new Frame.Ready(new Items(1, writing.take())));
        parent.flush();
    }

    /** The user's serializers. If they cannot be used, that is the outcome. */
    private boolean takeForms(Payload encoded) {
        if (encoded.length() == 0) return true;
        try {
            List<Form> forms = List.of((Form[]) Objects.requireNonNull(reading.readValue(encoded)));
            reading = new PayloadCodec(classes, forms);
            writing = new PayloadCodec(classes, forms);
            functions = new FunctionTable(reading);
            return true;
        } catch (PayloadException unreadable) {
            addOutcome(OutcomeKind.UNREADABLE_CALL, unreadable);
            return false;
        }
    }

    /** Adds its outcome itself, and gives false. */
    private boolean runInitializer(Items.Cursor setup) {
        try {
            Invocable function = FunctionTable.decode(reading, setup.payload());
            setup.next();
            runsIn(function);
            runItem(INITIALIZER, function, new Object[function.arity()], setup, true);
        } catch (PayloadException unreadable) {
            addOutcome(OutcomeKind.UNREADABLE_CALL, unreadable);
        }
        return false;
    }

    private void answer(Frame.Call call) throws IOException {
        Items arguments = call.arguments();
        Invocable function;
        PayloadException unreadable;
        try {
            function = functions.get(call.functionId());
            unreadable = null;
        } catch (PayloadException failure) {
            function = null;
            unreadable = failure;
        }

        @Nullable Object[] values = new Object[function == null ? 0 : function.arity()];
        if (function != null) runsIn(function);
        long start = System.nanoTime();
        int firstItem = 0;
        int item = 0;
        for (Items.Cursor cursor = arguments.cursor(); cursor.next(); ) {
            if (function == null) addOutcome(OutcomeKind.UNREADABLE_CALL, unreadable);
            else runItem(call.id(), function, values, cursor, false);
            item++;
            long nanos = System.nanoTime() - start;
            boolean isLast = item == arguments.count();
            if (!isLast && writing.size() < ANSWER_BYTES && nanos < ANSWER_NANOS) continue;
            send(call, firstItem, item, nanos);
            parent.flush();
            firstItem = item;
            start += nanos;
        }
    }

    /** What a library looks up by name it finds as it would in the parent. */
    private static void runsIn(Invocable function) {
        ClassLoader loader = FunctionTable.loaderOf(function);
        Thread.currentThread().setContextClassLoader(loader != null ? loader : ClassLoader.getSystemClassLoader());
    }

    private void send(Frame.Call call, int firstItem, int endItem, long nanos) throws IOException {
        Items outcomes = new Items(endItem - firstItem, writing.take());
        parent.write(new Frame.Answer(call.id(), firstItem, nanos, outcomes));
    }

    /** Decodes the arguments, runs the function, adds the outcome. */
    private void runItem(
            long call, Invocable function, @Nullable Object[] values, Items.Cursor item, boolean dropResult) {
        try {
            reading.readArguments(item.payload(), values);
        } catch (PayloadException unreadable) {
            addOutcome(OutcomeKind.UNREADABLE_CALL, unreadable);
            return;
        }
        OutcomeKind kind;
        Object value;
        try {
            if (!interrupt.begins(call)) throw new InterruptedException("interrupted before it ran");
            value = function.invoke(values);
            if (dropResult) value = null;
            kind = OutcomeKind.RETURNED;
        } catch (Throwable thrown) {
            value = thrown;
            kind = OutcomeKind.THREW;
        }
        interrupt.ends(call);
        Arrays.fill(values, null); // what was passed must not outlive its call
        addOutcome(kind, value);
    }

    private void addOutcome(OutcomeKind kind, @Nullable Object value) {
        try {
            writing.addOutcome(kind, value);
        } catch (PayloadException unsendable) {
            try {
                writing.addOutcome(OutcomeKind.UNSENDABLE_RESULT, unsendable);
            } catch (PayloadException stillNot) {
                addText(unsendable);
            }
        }
    }

    /** Even the reason cannot be encoded: its text can. */
    private void addText(PayloadException reason) {
        try {
            writing.addOutcome(OutcomeKind.UNSENDABLE_RESULT, new IOException(reason.getMessage()));
        } catch (PayloadException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
