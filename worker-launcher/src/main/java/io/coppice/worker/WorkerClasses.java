package io.coppice.worker;

import io.coppice.wire.Code;
import io.coppice.wire.CodeName;
import io.coppice.wire.Frame;
import io.coppice.wire.payload.ClassSpace;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of this worker: its own class path's, and behind it one loader for each of the parent's that was named,
 * which fetches what is missing. Thread-safe.
 */
final class WorkerClasses implements ClassSpace {
    private final Supplies supplies;
    private final Map<Integer, ParentClassLoader> loaders = new ConcurrentHashMap<>();
    private volatile @Nullable ParentConnection parent;

    WorkerClasses(Supplies supplies) {
        this.supplies = supplies;
    }

    void connected(ParentConnection parent) {
        this.parent = parent;
    }

    // ---- values ----

    @Override
    public int loaderOf(Class<?> type) throws NotSerializableException {
        ClassLoader loader = type.getClassLoader();
        if (loader == null || loader == ClassLoader.getSystemClassLoader()) return CLASS_PATH;
        if (loader instanceof ParentClassLoader ofParent) return ofParent.number;
        if (loader == ClassLoader.getPlatformClassLoader()) return CLASS_PATH;
        throw new NotSerializableException(", of a class loader that only the worker has ("
                + loader.getClass().getName() + ")");
    }

    @Override
    public Class<?> find(int loader, String name) throws ClassNotFoundException {
        if (loader == CLASS_PATH) {
            try {
                return Class.forName(name, false, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException notHere) {
                // the parent may have it from elsewhere
            }
        }
        // It was there when the parent named it, even if a look at it failed before.
        supplies.forgetNowhere(new CodeName(CodeName.Kind.CLASS, loader, elementOf(name)));
        return Class.forName(name, false, loader(loader));
    }

    @Override
    public boolean takesVariables() {
        return true;
    }

    private static String elementOf(String name) {
        return name.startsWith("[") ? name.substring(name.indexOf('L') + 1, Math.max(name.length() - 1, 0)) : name;
    }

    // ---- loaders ----

    /** The counterpart of one of the parent's loaders. */
    ClassLoader loader(int number) {
        ParentClassLoader known = loaders.get(number);
        if (known != null) return known;
        ClassLoader shared =
                number == CLASS_PATH ? ClassLoader.getSystemClassLoader() : ClassLoader.getPlatformClassLoader();
        return loaders.computeIfAbsent(number, n -> new ParentClassLoader(n, shared, this));
    }

    /** The parent's loader is gone; its counterpart goes when nothing here uses it any more. */
    void unload(int number) {
        loaders.remove(number);
        supplies.removeLoader(number);
    }

    /** What is there under that name: sent before, or asked for now. */
    Code code(CodeName wanted) throws ClassNotFoundException {
        Code known = wanted.isShortEnough() ? supplies.get(wanted) : Code.nowhere(wanted);
        if (known != null) return known;
        try {
            Frame.Supply answer =
                    Objects.requireNonNull(parent, "not connected").ask(wanted);
            for (Code code : answer.codes()) if (code.name().equals(wanted)) return kept(code);
            throw new IOException("the parent has answered something else");
        } catch (IOException lost) {
            throw new ClassNotFoundException(wanted.name() + " could not be fetched from the parent", lost);
        }
    }

    private Code kept(Code code) {
        if (code.definer() == Code.NOWHERE) supplies.isNowhere(code.name()); // resources too
        return code;
    }

    /** The bytes are of no more use. */
    void isDefined(CodeName name) {
        supplies.remove(name);
    }
}
