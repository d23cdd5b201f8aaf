package io.coppice.worker;

import io.coppice.wire.Code;
import io.coppice.wire.CodeName;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the parent has sent of its classes and resources: to be used, or known not to be there. Thread-safe. */
final class Supplies {
    private final Map<CodeName, Code> there = new ConcurrentHashMap<>();

    /** A class is there for every loader that was told who defines it, and its bytes for the one that does. */
    void add(List<Code> codes) {
        for (Code code : codes) {
            if (code.name().kind() != CodeName.Kind.CLASS) continue; // read by whoever asked, and not kept
            if (code.contents().count() == 0 || code.definer() == code.name().loader()) {
                there.put(code.name(), copyOf(code, code.name()));
            } else {
                there.put(code.name(), new Code(code.name(), code.definer(), Items.NONE));
                CodeName ofDefiner = new CodeName(
                        CodeName.Kind.CLASS, code.definer(), code.name().name());
                there.put(ofDefiner, copyOf(code, ofDefiner));
            }
        }
    }

    /** Not a view of the whole frame, which may be large, and which one class would keep alive. */
    private static Code copyOf(Code code, CodeName name) {
        Items contents = code.contents();
        Payload bytes = Payload.of(contents.region().toArray());
        return new Code(name, code.definer(), new Items(contents.count(), bytes));
    }

    @Nullable
    Code get(CodeName name) {
        return there.get(name);
    }

    /** There was nothing of this name when somebody asked. */
    void isNowhere(CodeName name) {
        there.put(name, Code.nowhere(name));
    }

    /** To be asked for again, if it was not there. */
    void forgetNowhere(CodeName name) {
        Code known = there.get(name);
        if (known != null && !known.isThere()) there.remove(name, known);
    }

    /** It is a class now. */
    void remove(CodeName name) {
        there.remove(name);
    }

    void removeLoader(int loader) {
        there.keySet().removeIf(name -> name.loader() == loader);
    }
}
