package io.coppice.worker;

import io.coppice.wire.Payload;
import io.coppice.wire.WireException;
import io.coppice.wire.payload.Invocable;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions this worker was told, by id. Each is decoded when the first call names it, so that one which cannot be
 * read here costs the calls on it and nothing else. Executing thread only.
 */
final class FunctionTable {
    private static final class Entry {
        Payload encoded; // nothing, if decoded once and for all

        @Nullable
        Invocable function;

        Entry(Payload encoded) {
            this.encoded = encoded;
        }
    }

    private static final Payload NOTHING = Payload.of(new byte[0]);

    private final Map<Long, Entry> entries = new HashMap<>();
    private final PayloadCodec codec;

    FunctionTable(PayloadCodec codec) {
        this.codec = codec;
    }

    void learn(long id, Payload encoded) {
        entries.put(id, new Entry(encoded));
    }

    void forget(long id) {
        entries.remove(id);
    }

    Invocable get(long id) throws PayloadException, WireException {
        Entry entry = entries.get(id);
        if (entry == null)
            throw new WireException(
                    WireException.Reason.MALFORMED_BODY, "call names a function never sent: function=" + id);
        Invocable function = entry.function;
        if (function == null || PayloadCodec.hasVariables(entry.encoded)) { // reading it sets these
            entry.function = function = decode(codec, entry.encoded);
            if (!(loaderOf(function) instanceof ParentClassLoader)) entry.encoded = NOTHING;
        }
        return function;
    }

    /** Lets go of functions whose class loader is gone from the parent. Should one be called again, it is read again. */
    void unload(int loader) {
        for (Entry entry : entries.values())
            if (entry.function != null
                    && loaderOf(entry.function) instanceof ParentClassLoader ofParent
                    && ofParent.number == loader) entry.function = null;
    }

    /** The class loader of the user's function; null if it is the JDK's. */
    static @Nullable ClassLoader loaderOf(Invocable function) {
        return function.function().getClass().getClassLoader();
    }

    static Invocable decode(PayloadCodec codec, Payload encoded) throws PayloadException {
        Object value = codec.readValue(encoded);
        if (value instanceof Invocable function) return function;
        throw new PayloadException(
                "is no function: " + (value == null ? "null" : value.getClass().getName()), new ClassCastException());
    }
}
