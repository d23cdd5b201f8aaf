package io.coppice;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A {@link CompletableFuture} that ends with a future of ours, and takes a cancel back to it. */
final class FutureBridge<T extends @Nullable Object> extends CompletableFuture<T> {
    private final Future<T> future;

    private FutureBridge(Future<T> future) {
        this.future = future;
    }

    static <T extends @Nullable Object> CompletableFuture<T> of(Future<T> future) {
        FutureBridge<T> bridge = new FutureBridge<>(future);
        future.addDoneCallback(bridge::endAs);
        return bridge;
    }

    private void endAs(Future<T> done) {
        Future.Snapshot<T> end = done.snapshot();
        if (end.cancelled()) super.cancel(false);
        else if (end.exception() != null) completeExceptionally(end.exception());
        else complete(end.result());
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        future.cancel(mayInterruptIfRunning);
        return super.cancel(mayInterruptIfRunning);
    }
}
