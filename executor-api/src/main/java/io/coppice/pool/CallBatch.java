package io.coppice.pool;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A call, or several on one function that followed each other. Dispatcher thread only. */
final class CallBatch extends Batch {
    private final ArrayList<Call> calls;
    private int bytes;

    /** @param room for so many calls: to add one allocates nothing */
    CallBatch(PoolFunction function, int room) {
        super(function);
        calls = new ArrayList<>(room);
    }

    void add(Call call) {
        calls.add(call);
        bytes += call.argumentBytes();
    }

    @Override
    int itemCount() {
        return calls.size();
    }

    @Override
    boolean isOneCall() {
        return calls.size() == 1;
    }

    @Override
    int argumentBytes() {
        return bytes;
    }

    @Override
    void dropArguments() {
        for (Call call : calls) call.dropArguments();
    }

    @Override
    Items arguments() {
        if (calls.size() == 1) return calls.get(0).row();
        byte[] all = new byte[bytes];
        int at = 0;
        for (Call call : calls) {
            byte[] one = call.arguments();
            System.arraycopy(one, 0, all, at, one.length);
            at += one.length;
        }
        return new Items(calls.size(), Payload.of(all));
    }

    @Override
    void answer(int item, Items outcomes, CallSink.Origin origin) {
        int at = item;
        for (Items.Cursor outcome = outcomes.cursor(); outcome.next(); at++) {
            Call call = calls.get(at);
            call.dropArguments(); // its future may live for long
            call.answer(outcome, origin);
        }
    }

    @Override
    void giveBack(int fromItem, Consumer<Work> inOrder) {
        List<Call> back = calls.subList(fromItem, calls.size());
        for (Call call : back) {
            call.handedBack();
            inOrder.accept(call);
        }
        back.clear();
    }

    @Override
    void lose(int item, Loss loss) {
        Call call = calls.get(item);
        call.dropArguments();
        call.lost(loss);
    }

    @Override
    int died() {
        return calls.get(answered()).died();
    }

    @Override
    Work again(int item) {
        Call call = calls.get(item);
        call.handedBack();
        return call;
    }

    @Override
    boolean hasArguments() {
        return calls.get(answered()).argumentBytes() > 0;
    }

    @Override
    void forEachUnfinished(Consumer<Work> action) {
        calls.subList(answered(), calls.size()).forEach(action);
    }

    @Override
    long turnOf(CallSink sink) {
        for (int item = answered(); item < calls.size(); item++)
            if (calls.get(item).isFor(sink)) return firstTurn() + item;
        return 0;
    }

    @Override
    Supplier<String> descriptionOf(int item) {
        return calls.get(item).description();
    }

    @Override
    IntFunction<Supplier<String>> names() {
        return calls.stream().map(Call::description).toList()::get;
    }

    @Override
    Supplier<String> description() {
        Supplier<String> next =
                calls.get(Math.min(answered(), calls.size() - 1)).description();
        int others = calls.size() - answered() - 1;
        return others <= 0 ? next : () -> next.get() + " or one of the " + others + " joined to it";
    }
}
