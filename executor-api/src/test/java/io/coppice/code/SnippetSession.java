package io.coppice.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** A JShell session in this JVM, to look at the classes it makes. */
public final class SnippetSession implements AutoCloseable {
    /** A task that is serializable, as those of a pool. */
    public interface Code extends Serializable {
        Object run() throws Exception;
    }

    private static final List<Object> KEPT = new ArrayList<>();

    private final JShell shell = JShell.builder().executionEngine("local").build();

    SnippetSession(String... snippets) {
        shell.addToClasspath(SnippetSession.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        eval("import io.coppice.code.SnippetSession;", "import io.coppice.code.SnippetSession.Code;");
        eval(snippets);
    }

    /** Called by snippets. */
    public static void keep(Object value) {
        KEPT.add(value);
    }

    SnippetSession eval(String... snippets) {
        for (String snippet : snippets) {
            for (SnippetEvent event : shell.eval(snippet)) {
                assertThat(event.exception()).as(snippet).isNull();
                assertThat(event.status())
                        .as(
                                "%s: %s",
                                snippet, shell.diagnostics(event.snippet()).toList())
                        .isNotEqualTo(Snippet.Status.REJECTED);
            }
        }
        return this;
    }

    /** What an expression gives. */
    Object value(String expression) {
        KEPT.clear();
        eval("SnippetSession.keep(" + expression + ");");
        return KEPT.get(0);
    }

    Object lambda(String lambda) {
        return value("(Code) " + lambda);
    }

    String lastVariable() {
        List<String> names = shell.variables().map(variable -> variable.name()).toList();
        return names.get(names.size() - 1);
    }

    /** The class that holds a method. */
    Class<?> wrapperOf(String method) {
        ClassLoader loader = lambda("() -> 1").getClass().getClassLoader();
        for (int number = 1; ; number++) {
            try {
                Class<?> wrapper = Class.forName("REPL.$JShell$" + number, false, loader);
                for (var declared : wrapper.getDeclaredMethods())
                    if (declared.getName().equals(method)) return wrapper;
            } catch (ClassNotFoundException noClassOfThisNumber) {
                assertThat(number).isLessThan(1000);
            }
        }
    }

    /** The names of the variables that a value's code uses; each with the letters of its wrapper, if it has some. */
    List<String> variablesOf(Object value) {
        return variablesOf(value, new SnippetVariables(SnippetSession::bytes));
    }

    static List<String> variablesOf(Object value, SnippetVariables variables) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        List<SerializedLambda> lambdas = new ArrayList<>();
        try {
            if (value.getClass().isHidden()) {
                var writeReplace = value.getClass().getDeclaredMethod("writeReplace");
                writeReplace.setAccessible(true);
                SerializedLambda form = (SerializedLambda) writeReplace.invoke(value);
                lambdas.add(form);
                classes.add(Class.forName(
                        form.getCapturingClass().replace('/', '.'),
                        false,
                        value.getClass().getClassLoader()));
            } else {
                classes.add(value instanceof Class<?> type ? type : value.getClass());
            }
        } catch (ReflectiveOperationException unexpected) {
            throw new AssertionError(unexpected);
        }
        return variables.usedBy(classes, lambdas).stream()
                .map(SnippetSession::nameOf)
                .sorted()
                .toList();
    }

    private static String nameOf(Field field) {
        String letters = field.getDeclaringClass().getName().replaceFirst(".*\\d", "");
        return letters.isEmpty() ? field.getName() : field.getName() + " of " + letters;
    }

    static byte[] bytes(Class<?> type) {
        String resource = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        KEPT.clear();
        shell.close();
    }
}
