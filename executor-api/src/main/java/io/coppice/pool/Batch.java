package io.coppice.pool;

import io.coppice.wire.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has at one time: a call, or several of one map that were joined, whose items it runs one after the other.
 * On the wire it is one call with the id of its first. Dispatcher thread only.
 */
final class Batch {
    private final Call first;
    private final int room;
    private final @Nullable List<Call> joined; // with the first; null where there is room for none but that
    private int answered;
    private boolean interrupted;

    /** @param room for so many calls in all */
    Batch(Call first, int room) {
        this.first = first;
        this.room = room;
        joined = room > 1 ? new ArrayList<>(room) : null;
        if (joined != null) joined.add(first);
    }

    boolean hasRoom() {
        return joined != null && joined.size() < room;
    }

    /** Allocates nothing. */
    void join(Call call) {
        Objects.requireNonNull(joined).add(call);
    }

    long id() {
        return first.id();
    }

    PoolFunction function() {
        return first.function;
    }

    /** Whether it is this one call, and no other with it. */
    boolean isFor(CallSink sink) {
        return joined == null && first.isFor(sink);
    }

    int itemCount() {
        return joined == null ? first.itemCount() : joined.size();
    }

    /** The arguments, once: afterwards they are held here no more. */
    Items takeArguments() {
        if (joined == null || joined.size() == 1) return first.takeArguments();
        List<Items> all = new ArrayList<>(joined.size());
        for (Call call : joined) all.add(call.takeArguments());
        return Items.joined(all);
    }

    /** Whether an answer for these items is the next one due. */
    boolean expects(int firstItem, int count) {
        return firstItem == answered && count <= itemCount() - answered;
    }

    void answer(Items outcomes, CallSink.Origin origin) {
        int from = answered;
        answered += outcomes.count();
        if (joined == null) {
            first.answer(from, outcomes, origin);
            return;
        }
        int item = from;
        for (Items.Cursor outcome = outcomes.cursor(); outcome.next(); item++)
            joined.get(item).answer(0, outcome.item(), origin);
    }

    /** Whether this is the first time. */
    boolean interruptOnce() {
        if (interrupted) return false;
        interrupted = true;
        return true;
    }

    boolean isEnded() {
        return answered == itemCount();
    }

    /** The calls that have not ended. */
    void forEachUnfinished(Consumer<Call> action) {
        if (joined != null) joined.subList(answered, joined.size()).forEach(action);
        else if (!isEnded()) action.accept(first);
    }

    void forEach(Consumer<Call> action) {
        if (joined != null) joined.forEach(action);
        else action.accept(first);
    }

    /** Its name in messages: which of the joined calls the worker was running is not known. */
    Supplier<String> description() {
        if (joined == null) return first.description();
        Supplier<String> next =
                joined.get(Math.min(answered, joined.size() - 1)).description();
        int others = joined.size() - answered - 1;
        return others <= 0 ? next : () -> next.get() + " or one of the " + others + " joined to it";
    }

    String describe() {
        return description().get();
    }
}
