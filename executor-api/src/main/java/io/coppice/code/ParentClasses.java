package io.coppice.code;

import io.coppice.wire.Code;
import io.coppice.wire.CodeName;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.ClassSpace;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the parent: those of the class path, which the workers have too, and those of other loaders (an
 * executable jar's, a plugin's, an interactive session's), which get a number when they are first met. Thread-safe.
 */
public final class ParentClasses implements ClassSpace {
    private static final ClassLoader CLASS_PATH_LOADER = ClassLoader.getSystemClassLoader();
    private static final ClassLoader OWN_LOADER = ParentClasses.class.getClassLoader();

    /** What never changes about a class: whether the class path has it, and why it cannot be had in a worker, if so. */
    private record Known(boolean onClassPath, @Nullable String problem) {}

    private static final ClassValue<Known> KNOWN = new ClassValue<>() {
        @Override
        protected Known computeValue(Class<?> type) {
            Class<?> element = type;
            while (element.isArray()) element = element.getComponentType();
            ClassLoader loader = element.getClassLoader();
            if (loader == null || loader == ClassLoader.getPlatformClassLoader()) return new Known(true, null);
            if (ClassSpace.isCoppices(element.getName()))
                return new Known(true, loader == OWN_LOADER ? null : ", a class in a package of Coppice's own");
            return new Known(loader == CLASS_PATH_LOADER, problemOf(element, loader));
        }
    };

    final LoaderNumbers numbers = new LoaderNumbers();
    final GivenCode given = new GivenCode();
    private final ClassLoader ofTheUser;
    private final SnippetVariables snippets = new SnippetVariables(this::asItIsNow);
    private volatile boolean hasSnippets;

    /** @param ofTheUser also knows the class path's classes, and more where the program runs in a loader of its own */
    public ParentClasses(ClassLoader ofTheUser) {
        this.ofTheUser = ofTheUser;
    }

    /** Those of the program around a pool: of the loader that its thread runs in, beside the class path. */
    public static ParentClasses ofTheCaller() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new ParentClasses(context != null ? context : ParentClasses.class.getClassLoader());
    }

    private static @Nullable String problemOf(Class<?> type, ClassLoader loader) {
        if (type.isHidden()) return ", a hidden class, which exists in this JVM only";
        if (ClassBytes.exist(type)) return null;
        return ", a class made at run time, whose bytes its class loader does not give: loader="
                + loader.getClass().getName();
    }

    @Override
    public int loaderOf(Class<?> type) throws NotSerializableException {
        Known known = KNOWN.get(type);
        if (known.problem != null) throw new NotSerializableException(known.problem);
        if (known.onClassPath) return CLASS_PATH;
        if (!hasSnippets && isSnippet(type)) hasSnippets = true;
        return numbers.of(type.getClassLoader());
    }

    @Override
    public Class<?> find(int loader, String name) throws ClassNotFoundException {
        if (loader == CLASS_PATH) return onClassPath(name);
        ClassLoader known = numbers.get(loader);
        if (known == null)
            throw new ClassNotFoundException(name + ", whose class loader is gone from the parent: loader=" + loader);
        return Class.forName(name, false, known);
    }

    private Class<?> onClassPath(String name) throws ClassNotFoundException {
        if (ClassSpace.isCoppices(name)) return Class.forName(name, false, OWN_LOADER);
        try {
            return Class.forName(name, false, CLASS_PATH_LOADER);
        } catch (ClassNotFoundException notThere) {
            return Class.forName(name, false, ofTheUser);
        }
    }

    // ---- interactive sessions ----

    static boolean isSnippet(Class<?> type) {
        return type.getName().startsWith("REPL.$JShell$");
    }

    /** Whether classes were met that may be redefined. */
    boolean hasSnippets() {
        return hasSnippets;
    }

    /** The number of a loader's classes, as {@link #loaderOf} gives it. */
    public int numberOf(@Nullable ClassLoader loader) {
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) return CLASS_PATH;
        return loader == CLASS_PATH_LOADER ? CLASS_PATH : numbers.of(loader);
    }

    /** Whether a function of this class may do something else the next time, though it holds nothing. */
    public boolean mayChange(Class<?> type) {
        return isSnippet(type);
    }

    /** What a call can reach of a session's code is run as it was when the call was submitted, whatever is typed later. */
    private byte @Nullable [] asItIsNow(Class<?> type) {
        byte[] bytes = ClassBytes.of(type);
        if (bytes == null) return null;
        int loader = numbers.of(type.getClassLoader());
        CodeName name = new CodeName(CodeName.Kind.CLASS, loader, type.getName());
        if (given.get(name) == null) given.keep(code(name, loader, type, bytes));
        return bytes;
    }

    static Code code(CodeName name, int definer, Class<?> type, byte[] bytes) {
        byte[] source = ClassBytes.source(type).getBytes(StandardCharsets.UTF_8);
        return new Code(name, definer, Items.copyOf(Payload.of(bytes), Payload.of(source)));
    }

    @Override
    public List<Field> variablesUsedBy(Collection<Class<?>> classes, Collection<SerializedLambda> lambdas) {
        return snippets.usedBy(classes, lambdas);
    }
}
