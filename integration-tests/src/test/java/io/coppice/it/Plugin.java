package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Fn1;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A class loader of classes that no class path has, which notes what it is asked for. */
final class Plugin extends URLClassLoader {
    private static final String JOB = """
            package acme;
            public class Job implements io.coppice.Fn1<Object, Object> {
                public record Page(int number, String text) {}
                public static class Unreadable extends RuntimeException {
                    public final Page page;
                    public Unreadable(Page page) { super("page " + page.number()); this.page = page; }
                }
                public Object apply(Object number) {
                    if (number.equals(-1)) throw new Unreadable(new Page(-1, "none"));
                    if (number instanceof Page page) return page.text();
                    return new Page((Integer) number, Helper.text((Integer) number));
                }
            }
            """;
    private static final String HELPER = """
            package acme;
            class Helper {
                static String text(int number) { return "VERSION " + number; }
            }
            """;

    /** Resources it was asked for, classes' among them. */
    final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    private Plugin(URL folder, ClassLoader parent) {
        super(new URL[] {folder}, parent);
    }

    /** Compiles sources, by class name, into this folder, and opens it. */
    static Plugin of(Path folder, Map<String, String> sources) throws IOException {
        return of(folder, Plugin.class.getClassLoader(), sources);
    }

    /** One of the plugins that have the function {@code acme.Job}, each of which says its version. */
    static Plugin ofJobs(Path folder, String version) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(version));
        return of(classes, Map.of("acme.Job", JOB, "acme.Helper", HELPER.replace("VERSION", version)));
    }

    static Plugin of(Path folder, ClassLoader parent, Map<String, String> sources) throws IOException {
        compile(folder, sources, parent instanceof Plugin plugin ? plugin.getURLs()[0].getPath() : "");
        return new Plugin(folder.toUri().toURL(), parent);
    }

    private static void compile(Path folder, Map<String, String> sources, String besides) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        var manager = compiler.getStandardFileManager(null, null, null);
        String classPath = System.getProperty("java.class.path") + ":" + besides;
        List<String> options = List.of("--release", "17", "-proc:none", "-d", folder.toString(), "-cp", classPath);
        boolean compiled = compiler.getTask(
                        problems, manager, null, options, null, manager.getJavaFileObjects(files.toArray(Path[]::new)))
                .call();
        assertThat(compiled).as("%s", problems).isTrue();
        for (Path file : files) Files.delete(file);
    }

    /** An instance of one of its functions. */
    @SuppressWarnings("unchecked")
    Fn1<Object, Object> function(String className) {
        return (Fn1<Object, Object>) instance(className);
    }

    Object instance(String className) {
        try {
            return loadClass(className).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        asked.add(name);
        return super.getResource(name);
    }

    /** How often a worker has made it look for this class. */
    long timesAsked(String className) {
        String path = className.replace('.', '/') + ".class";
        return asked.stream().filter(path::equals).count();
    }
}
