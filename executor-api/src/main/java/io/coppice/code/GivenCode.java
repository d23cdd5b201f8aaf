package io.coppice.code;

import io.coppice.wire.Code;
import io.coppice.wire.CodeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes that workers of a pool were given, in the order they were first asked for: what one has needed, the next
 * one will. Thread-safe.
 */
final class GivenCode {
    /** What is given beyond this is read anew for each worker that asks. */
    private static final long MOST_BYTES = 32L << 20;

    private final List<@Nullable Code> inOrder = new ArrayList<>(); // null where its loader is gone
    private final Map<CodeName, Code> byName = new HashMap<>();
    private long bytes;

    synchronized void add(Code code) {
        if (bytes <= MOST_BYTES) keep(code);
    }

    /** Adds it whatever there is already. */
    synchronized void keep(Code code) {
        if (byName.putIfAbsent(code.name(), code) != null) return;
        inOrder.add(code);
        bytes += code.contents().region().length();
    }

    synchronized @Nullable Code get(CodeName name) {
        return byName.get(name);
    }

    synchronized int size() {
        return inOrder.size();
    }

    /** Those between these places, less those that are gone. */
    synchronized List<Code> between(int from, int to) {
        List<Code> between = new ArrayList<>(to - from);
        for (Code code : inOrder.subList(from, to)) if (code != null) between.add(code);
        return between;
    }

    /** Forgets what belongs to these loaders. */
    synchronized void remove(Set<Integer> loaders) {
        for (int i = 0; i < inOrder.size(); i++) {
            Code code = inOrder.get(i);
            if (code == null || !loaders.contains(code.name().loader()) && !loaders.contains(code.definer())) continue;
            inOrder.set(i, null);
            byName.remove(code.name());
            bytes -= code.contents().region().length();
        }
    }
}
