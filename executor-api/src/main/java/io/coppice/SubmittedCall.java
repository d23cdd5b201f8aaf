package io.coppice;

import io.coppice.pool.CallSink;
import io.coppice.pool.Dispatcher;
import io.coppice.pool.Fault;
import io.coppice.pool.Loss;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.payload.CodecPool;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The future of one call in a process pool: what the engine says of the call becomes the future's state. */
class SubmittedCall<T extends @Nullable Object> extends Promise<T> implements CallSink, CodeHolder {
    /** What the calls of one pool have in common. */
    record Home(Dispatcher dispatcher, CodecPool codecs, Callbacks callbacks) {}

    private final Home home; // one field: there may be millions of these

    @SuppressWarnings("UnusedVariable") // held
    private Object code;

    /** @param code the class of the function */
    SubmittedCall(Class<?> code, Home home) {
        this.code = code;
        this.home = home;
    }

    /** A call whose future gives this very object instead of what the worker returns. */
    static <T extends @Nullable Object> SubmittedCall<T> returning(T result, Class<?> code, Home home) {
        return new SubmittedCall<>(code, home) {
            @Override
            Unread outcome(RemoteOutcome remote) {
                return () -> {
                    remote.read();
                    return result;
                };
            }
        };
    }

    Unread outcome(RemoteOutcome remote) {
        return remote;
    }

    @Override
    public void hold(Set<ClassLoader> loaders) {
        if (!loaders.isEmpty()) code = List.of(code, loaders);
    }

    @Override
    java.util.concurrent.Executor callbackExecutor() {
        return home.callbacks;
    }

    @Override
    public boolean start() {
        return tryStart();
    }

    @Override
    public void handedBack() {
        handBack();
    }

    @Override
    public void answer(Items.Cursor only, Origin origin) {
        OutcomeKind kind = only.outcomeKind();
        String from = kind == OutcomeKind.RETURNED ? null : origin.describe();
        endUnread(outcome(new RemoteOutcome(home.codecs, kind, only.outcomePayload(), from)));
    }

    @Override
    public void broken(Supplier<String> message, Fault fault) {
        endUnread(RemoteOutcome.neverCame(message, fault));
    }

    @Override
    public void lost(Loss loss) {
        endUnread(Losses.of(loss, home.codecs));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return mayInterruptIfRunning ? cancelAlsoRunning(true) : super.cancel(false);
    }

    @Override
    void cancelled(boolean whileRunning) {
        if (whileRunning) home.dispatcher.interrupt(this);
    }

    @Override
    void stopped() {
        home.dispatcher.stop(this);
    }

    @Override
    public void cancelByPool() {
        cancelAndTell(home.callbacks);
    }
}
