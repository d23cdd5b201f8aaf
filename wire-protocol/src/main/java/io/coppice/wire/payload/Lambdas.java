package io.coppice.wire.payload;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a serializable lambda or method reference tells about itself. */
public final class Lambdas {
    /** Apart: a worker does not need them to start. */
    private static final class Names {
        /** javac's name for a lambda's body: {@code lambda$main$0}, or {@code lambda$main$24efd55f$1} if serializable. */
        private static final Pattern LAMBDA_METHOD = Pattern.compile("lambda\\$(.+?)(?:\\$[0-9a-f]+)?\\$\\d+");

        /** What JShell makes of a snippet: a name that nobody has typed. */
        private static final Pattern SNIPPET = Pattern.compile("^REPL\\.\\$JShell\\$\\d+[A-Z]*");
    }

    private Lambdas() {}

    /** A lambda's class is hidden, as others may be: its name has a slash, and no loader finds it. */
    public static boolean isLambda(Object value) {
        Class<?> type = value.getClass();
        return type.isHidden() && type.isSynthetic() && type.getName().contains("$$Lambda");
    }

    /** The serialized form of a lambda, or null if it was not made from a serializable interface. */
    public static @Nullable SerializedLambda serializedForm(Object lambda) {
        if (!(lambda instanceof Serializable)) return null;
        try {
            Method writeReplace = lambda.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return writeReplace.invoke(lambda) instanceof SerializedLambda form ? form : null;
        } catch (ReflectiveOperationException | RuntimeException inaccessible) {
            return throughObjectStream(lambda);
        }
    }

    /** The class whose code made the lambda, and can make it again. */
    static Class<?> capturingClass(Object lambda, SerializedLambda form) throws ClassNotFoundException {
        if (lambda == form) return capturingClass(form);
        return Class.forName(
                form.getCapturingClass().replace('/', '.'),
                false,
                lambda.getClass().getClassLoader());
    }

    /** It holds the class, but tells only its name: a stream to which it is written gets the class. */
    private static Class<?> capturingClass(SerializedLambda form) throws ClassNotFoundException {
        try (Capture capture = new Capture()) {
            capture.captured = form;
            capture.writeObject(form);
            if (capture.capturing != null) return capture.capturing;
        } catch (IOException | RuntimeException unexpected) {
            throw new ClassNotFoundException(form.getCapturingClass(), unexpected);
        }
        throw new ClassNotFoundException(form.getCapturingClass());
    }

    /** A lambda of a package that is not open to us: Java serialization may call its writeReplace where we may not. */
    private static @Nullable SerializedLambda throughObjectStream(Object lambda) {
        try (Capture capture = new Capture()) {
            capture.writeObject(lambda);
            return capture.captured;
        } catch (IOException | RuntimeException notSerializable) {
            return null;
        }
    }

    private static final class Capture extends ObjectOutputStream {
        @Nullable
        SerializedLambda captured;

        @Nullable
        Class<?> capturing;

        Capture() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(Object value) {
            if (value == captured) return value;
            if (captured != null) return null; // what it has captured
            if (!(value instanceof SerializedLambda form)) return value;
            captured = form;
            return null;
        }

        @Override
        protected void annotateClass(Class<?> type) {
            if (captured != null
                    && type.getName().equals(captured.getCapturingClass().replace('/', '.'))) capturing = type;
        }
    }

    /**
     * A name for a function in messages: {@code com.acme.Ocr::page} for a method reference,
     * {@code com.acme.Report (lambda in main)} for a lambda, else the class's name. The same for all functions of a class.
     */
    public static String describe(Object function) {
        return label(function).get();
    }

    /** As {@link #describe}, to be made when somebody asks: holds two names, and nothing of the function. */
    public static Supplier<String> label(Object function) {
        SerializedLambda form = isLambda(function) ? serializedForm(function) : null;
        if (form == null) {
            String name = function.getClass().getName();
            return () -> name;
        }
        String implClass = form.getImplClass();
        String implMethod = form.getImplMethodName();
        return () -> describe(implClass, implMethod);
    }

    private static String describe(String implClass, String implMethod) {
        String owner = Names.SNIPPET.matcher(implClass.replace('/', '.')).replaceFirst("jshell");
        if (owner.equals("jshell") && implMethod.contains("do_it$")) return "jshell (lambda)";
        Matcher lambda = Names.LAMBDA_METHOD.matcher(implMethod);
        if (lambda.matches()) return owner + " (lambda in " + lambda.group(1) + ")";
        return owner + "::" + (implMethod.equals("<init>") ? "new" : implMethod);
    }
}
