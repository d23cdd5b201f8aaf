package io.coppice.code;

import io.coppice.lifetime.Log;
import io.coppice.wire.Code;
import io.coppice.wire.CodeName;
import io.coppice.wire.CodeName.Kind;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.ClassSpace;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives workers the classes and resources that are not on their class path, and remembers the classes: what one worker
 * has asked for, the next one will. Thread-safe; no lock is held while a class loader is asked.
 */
public final class CodeServer {
    /** More than this is not sent to a new worker before it asks. */
    private static final long MOST_BYTES_KEPT = 64L << 20;

    private final ParentClasses classes;
    private final Map<CodeName, Code> given = new LinkedHashMap<>(); // guarded by itself
    private long bytesGiven;

    public CodeServer(ParentClasses classes) {
        this.classes = classes;
    }

    /** What a worker asks for. May take as long as the loader likes; throws nothing. */
    public Code serve(CodeName wanted) {
        Code code;
        try {
            code = wanted.kind() == Kind.CLASS ? classNamed(wanted) : resources(wanted);
        } catch (ClassNotFoundException | IOException | LinkageError | RuntimeException | OutOfMemoryError none) {
            code = Code.nowhere(wanted);
        }
        if (wanted.kind() == Kind.CLASS) remember(code);
        Log.of(CodeServer.class)
                .debug(
                        "asked for by a worker: {} {}, loader={}, {}",
                        wanted.kind(),
                        wanted.name(),
                        wanted.loader(),
                        code.isThere() ? "bytes=" + code.contents().region().length() : "not there");
        return code;
    }

    private Code classNamed(CodeName wanted) throws ClassNotFoundException, IOException {
        ClassLoader loader = loader(wanted.loader());
        if (loader == null) return Code.nowhere(wanted);
        Class<?> type = Class.forName(wanted.name(), false, loader);
        int definer = type.getClassLoader() == loader ? wanted.loader() : definer(type);
        if (definer == ClassSpace.CLASS_PATH && wanted.loader() != ClassSpace.CLASS_PATH)
            return new Code(wanted, definer, Items.NONE);
        byte[] bytes = ClassBytes.of(type);
        if (bytes == null) return Code.nowhere(wanted);
        byte[] source = ClassBytes.source(type).getBytes(StandardCharsets.UTF_8);
        return new Code(wanted, definer, Items.copyOf(Payload.of(bytes), Payload.of(source)));
    }

    private int definer(Class<?> type) throws ClassNotFoundException {
        try {
            return classes.loaderOf(type);
        } catch (NotSerializableException cannotBeHad) {
            throw new ClassNotFoundException(type.getName(), cannotBeHad);
        }
    }

    private Code resources(CodeName wanted) throws IOException {
        ClassLoader loader = loader(wanted.loader());
        if (loader == null) return Code.nowhere(wanted);
        List<byte[]> found = ClassBytes.resources(loader, wanted.name(), wanted.kind() == Kind.RESOURCE);
        if (found.isEmpty()) return Code.nowhere(wanted);
        Items contents = Items.copyOf(found.stream().map(Payload::of).toArray(Payload[]::new));
        return new Code(wanted, wanted.loader(), contents);
    }

    private @Nullable ClassLoader loader(int number) {
        return number == ClassSpace.CLASS_PATH ? ClassLoader.getSystemClassLoader() : classes.numbers.get(number);
    }

    // ---- what was given ----

    private void remember(Code code) {
        synchronized (given) {
            if (bytesGiven > MOST_BYTES_KEPT || given.put(code.name(), code) != null) return;
            bytesGiven += code.contents().region().length();
        }
    }

    /** What workers have asked for so far: a new one is sent it before it asks. */
    public List<Code> known() {
        synchronized (given) {
            return List.copyOf(given.values());
        }
    }

    /** Numbers of loaders that are gone since this was last asked. Their classes are not known any more. */
    public List<Integer> takeGone() {
        List<Integer> gone = classes.numbers.takeCollected();
        if (!gone.isEmpty()) forget(Set.copyOf(gone));
        return gone;
    }

    private void forget(Set<Integer> loaders) {
        synchronized (given) {
            given.values().removeIf(code -> {
                boolean goes = loaders.contains(code.name().loader()) || loaders.contains(code.definer());
                if (goes) bytesGiven -= code.contents().region().length();
                return goes;
            });
        }
    }

    // ---- redefinition ----

    /**
     * Before values are named: a session's class that a worker has, and that was redefined since, gets its loader another
     * number, so that workers define all of it anew. What is named under the old number stays as it was.
     */
    public void noticeRedefinitions() {
        if (!classes.hasSnippets()) return;
        Set<ClassLoader> changed = new LinkedHashSet<>();
        for (Code code : known()) {
            if (!code.name().name().startsWith("REPL.") || code.contents().count() == 0) continue;
            ClassLoader loader = classes.numbers.get(code.definer());
            if (loader == null || classes.numbers.of(loader) != code.definer() || changed.contains(loader)) continue;
            if (isRedefined(code, loader)) changed.add(loader);
        }
        for (ClassLoader loader : changed) classes.numbers.renew(loader);
    }

    private static boolean isRedefined(Code code, ClassLoader loader) {
        try {
            Items.Cursor contents = code.contents().cursor();
            contents.next();
            byte[] now = ClassBytes.of(Class.forName(code.name().name(), false, loader));
            return now != null && !Arrays.equals(now, contents.payload().toArray());
        } catch (ClassNotFoundException | LinkageError gone) {
            return false;
        }
    }
}
