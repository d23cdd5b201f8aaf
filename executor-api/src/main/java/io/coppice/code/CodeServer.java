package io.coppice.code;

import io.coppice.lifetime.Log;
import io.coppice.wire.Code;
import io.coppice.wire.CodeName;
import io.coppice.wire.CodeName.Kind;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.JdkPackages;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives workers the classes and resources that are not on their class path. Thread-safe; no lock is held while a class
 * loader is asked.
 */
public final class CodeServer {
    /** With a class go those that it refers to, up to so many bytes: most are asked for next. */
    private static final int MOST_BYTES_AHEAD = 1 << 20;

    private final ParentClasses classes;
    private final GivenCode given;

    @SuppressWarnings("MismatchedQueryAndUpdateOfCollection") // held
    private final Set<ClassLoader> held = new HashSet<>();

    public CodeServer(ParentClasses classes) {
        this.classes = classes;
        given = classes.given;
    }

    /** Keeps these while there is this server: what every worker is told at its start is made of their classes. */
    public void hold(Set<ClassLoader> loaders) {
        held.addAll(loaders);
    }

    /** What a worker asks for. May take as long as the loader likes; throws nothing. */
    public Code serve(CodeName wanted) {
        Code known = given.get(wanted);
        if (known != null) return known;
        Code code;
        try {
            code = wanted.kind() == Kind.CLASS ? classNamed(wanted) : resources(wanted);
            if (wanted.kind() == Kind.CLASS) given.add(code);
        } catch (ClassBytes.TooLargeException tooLarge) {
            code = new Code(wanted, Code.TOO_LARGE, Items.NONE);
        } catch (Throwable none) { // a loader of the user's may throw anything
            code = Code.nowhere(wanted);
        }
        Log.of(CodeServer.class)
                .debug(
                        "asked for by a worker: {} {}, loader={}, {}",
                        wanted.kind(),
                        wanted.name(),
                        wanted.loader(),
                        code.isThere() ? "bytes=" + code.contents().region().length() : "not there");
        return code;
    }

    /**
     * Gets ready what this class refers to, so that it goes to the worker before it is asked for.
     *
     * @return whether more is known now
     */
    public boolean lookAhead(Code code) {
        Items.Cursor contents = code.contents().cursor();
        if (code.name().kind() != Kind.CLASS || !contents.next()) return false;
        int before = given.size();
        int bytes = 0;
        for (String name : namesIn(contents.payload())) {
            if (bytes > MOST_BYTES_AHEAD) break;
            CodeName ahead = new CodeName(Kind.CLASS, code.definer(), name);
            if (JdkPackages.contain(name) || ClassSpace.isCoppices(name) || given.get(ahead) != null) continue;
            try {
                Code found = classNamed(ahead);
                given.add(found);
                bytes += found.contents().region().length();
            } catch (Throwable none) {
                // it is not needed yet, and may never be
            }
        }
        return given.size() > before;
    }

    private static Set<String> namesIn(Payload classFile) {
        try {
            return new ConstantPool(ByteBuffer.wrap(classFile.toArray()).position(ConstantPool.OFFSET)).classNames();
        } catch (RuntimeException noClassFileAsWeKnowThem) {
            return Set.of();
        }
    }

    private Code classNamed(CodeName wanted) throws ClassNotFoundException, IOException {
        ClassLoader loader = loader(wanted.loader());
        if (loader == null) throw new ClassNotFoundException(wanted.name());
        Class<?> type = Class.forName(wanted.name(), false, loader);
        int definer = type.getClassLoader() == loader ? wanted.loader() : definer(type);
        if (definer == ClassSpace.CLASS_PATH && wanted.loader() != ClassSpace.CLASS_PATH)
            return new Code(wanted, definer, Items.NONE);
        byte[] bytes = ClassBytes.of(type);
        if (bytes == null) throw new ClassNotFoundException(wanted.name());
        return ParentClasses.code(wanted, definer, type, bytes);
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
        List<byte[]> found =
                ClassBytes.resources(loader, wanted.name(), wanted.kind() == Kind.RESOURCE, Code.MOST_RESOURCE_BYTES);
        if (found.isEmpty()) return Code.nowhere(wanted);
        Items contents = Items.copyOf(found.stream().map(Payload::of).toArray(Payload[]::new));
        return new Code(wanted, wanted.loader(), contents);
    }

    private @Nullable ClassLoader loader(int number) {
        return number == ClassSpace.CLASS_PATH ? ClassLoader.getSystemClassLoader() : classes.numbers.get(number);
    }

    // ---- what was given ----

    /** How many classes workers have been given. */
    public int givenCount() {
        return given.size();
    }

    /** Those between these numbers, in the order they were first given: a worker that lacks them will ask for them. */
    public List<Code> given(int from, int to) {
        return given.between(from, to);
    }

    /** Numbers of loaders that are gone since this was last asked. Their classes are not given any more. */
    public List<Integer> takeGone() {
        List<Integer> gone = classes.numbers.takeCollected();
        if (!gone.isEmpty()) given.remove(Set.copyOf(gone));
        return gone;
    }

    // ---- redefinition ----

    /**
     * Before values are named: a session's class that a worker has, and that was redefined since, gets its loader another
     * number, so that workers define all of it anew. What was named under the old number stays as it was: all that a call
     * can reach was taken down when it was named ({@link ParentClasses#variablesUsedBy}).
     */
    public void noticeRedefinitions() {
        if (!classes.hasSnippets()) return;
        Set<ClassLoader> changed = new LinkedHashSet<>();
        for (Code code : given.between(0, given.size())) {
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
