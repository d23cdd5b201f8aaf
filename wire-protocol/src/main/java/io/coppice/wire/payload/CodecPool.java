package io.coppice.wire.payload;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Codecs for many threads: take one, give it back empty. A codec is never shared, so user code that runs inside one (a
 * serializer that submits a call) simply gets another. Thread-safe.
 */
public final class CodecPool {
    private final ClassSpace space;
    private final List<Form> forms;
    private final ConcurrentLinkedDeque<PayloadCodec> free = new ConcurrentLinkedDeque<>();

    public CodecPool(ClassSpace space) {
        this(space, List.of());
    }

    /** @param forms see {@link PayloadCodec#PayloadCodec(ClassSpace, List)} */
    public CodecPool(ClassSpace space, List<Form> forms) {
        this.space = space;
        this.forms = List.copyOf(forms);
    }

    public PayloadCodec take() {
        PayloadCodec codec = free.pollFirst();
        return codec != null ? codec : new PayloadCodec(space, forms);
    }

    public void giveBack(PayloadCodec codec) {
        codec.clear();
        codec.rest();
        free.addFirst(codec);
    }
}
