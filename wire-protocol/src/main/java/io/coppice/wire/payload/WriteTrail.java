package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which objects were being written when one of them could not be: noted while the failure passes through each level on
 * its way out, so that a write that succeeds pays nothing for it.
 */
final class WriteTrail {
    private final List<Object> innermostFirst = new ArrayList<>();
    private @Nullable Throwable failure;

    void note(Throwable passing, @Nullable Object beingWritten) {
        try {
            Throwable cause = cause(passing);
            if (cause instanceof StackOverflowError) return; // there is hardly room for this
            if (cause != failure) { // the one before was caught by a user's serializer
                failure = cause;
                innermostFirst.clear();
            }
            int last = innermostFirst.size() - 1;
            if (beingWritten != null && (last < 0 || innermostFirst.get(last) != beingWritten))
                innermostFirst.add(beingWritten);
        } catch (StackOverflowError noRoom) {
            innermostFirst.clear(); // the message will do without
        }
    }

    /** From the value that was to be written down to the one that could not be; empty if that is not known. */
    List<Object> outermostFirst(Throwable failure) {
        if (cause(failure) != this.failure) return List.of();
        List<Object> objects = new ArrayList<>(innermostFirst.size());
        for (int i = innermostFirst.size() - 1; i >= 0; i--) objects.add(innermostFirst.get(i));
        return objects;
    }

    /** What Kryo has wrapped. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof KryoException && cause.getCause() != null) cause = cause.getCause();
        return cause;
    }
}
