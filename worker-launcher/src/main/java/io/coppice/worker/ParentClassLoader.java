package io.coppice.worker;

import io.coppice.wire.Code;
import io.coppice.wire.CodeName;
import io.coppice.wire.CodeName.Kind;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.JdkPackages;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The worker's counterpart of one class loader of the parent: the same names lead to the same classes, and these are
 * defined by the counterparts of the loaders that define them there. Number 0 stands behind the worker's class path, for
 * what that lacks.
 */
final class ParentClassLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    final int number;
    private final WorkerClasses classes;

    /** @param parent has what is on both sides: the class path, for number 0, else the JDK */
    ParentClassLoader(int number, ClassLoader parent, WorkerClasses classes) {
        super("parent-" + number, parent);
        this.number = number;
        this.classes = classes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (number == ClassSpace.CLASS_PATH || JdkPackages.contain(name)) return super.loadClass(name, resolve);
        if (ClassSpace.isCoppices(name))
            return ClassLoader.getSystemClassLoader().loadClass(name);
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        CodeName wanted = new CodeName(Kind.CLASS, number, name);
        Code code = classes.code(wanted);
        if (!code.isThere())
            throw new ClassNotFoundException(
                    name + " (neither in the worker nor in its parent: loader=" + number + ")");
        if (code.definer() != number) return classes.loader(code.definer()).loadClass(name);
        return define(name, code);
    }

    private Class<?> define(String name, Code code) throws ClassNotFoundException {
        Items.Cursor contents = code.contents().cursor();
        if (!contents.next()) throw new ClassNotFoundException(name + " came without its bytes: loader=" + number);
        Payload bytes = contents.payload();
        String source = contents.next() ? text(contents.payload()) : "";
        Class<?> type = defineClass(name, bytes.bytes(), bytes.offset(), bytes.length(), domain(source));
        classes.isDefined(code.name());
        return type;
    }

    private static String text(Payload utf8) {
        return new String(utf8.bytes(), utf8.offset(), utf8.length(), StandardCharsets.UTF_8);
    }

    /** Whoever asks a class where it is from is told where the parent has it from. */
    private @Nullable ProtectionDomain domain(String source) {
        if (source.isEmpty()) return null;
        try {
            return new ProtectionDomain(new CodeSource(new URL(source), (Certificate[]) null), null, this, null);
        } catch (MalformedURLException ofAHandlerThatIsNotHere) {
            return null;
        }
    }

    // ---- resources ----

    @Override
    protected @Nullable URL findResource(String name) {
        List<URL> first = resources(Kind.RESOURCE, name);
        return first.isEmpty() ? null : first.get(0);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(resources(Kind.RESOURCES, name));
    }

    private List<URL> resources(Kind kind, String name) {
        if (number == ClassSpace.CLASS_PATH) return List.of(); // the class path's are here
        List<URL> urls = new ArrayList<>();
        try {
            Code code = classes.code(new CodeName(kind, number, name));
            if (code.definer() == Code.TOO_LARGE) urls.add(SuppliedResource.tooLarge(this, name));
            for (Items.Cursor each = code.contents().cursor(); each.next(); )
                urls.add(SuppliedResource.url(
                        this, name, urls.size(), each.payload().toArray()));
        } catch (ClassNotFoundException connectionLost) {
            // as if there were none
        }
        return urls;
    }
}
