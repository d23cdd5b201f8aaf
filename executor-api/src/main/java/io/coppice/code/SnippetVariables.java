package io.coppice.code;

import io.coppice.code.CodeReferences.Reference;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variables of a JShell session that code can reach. JShell compiles every snippet into a class of its own,
 * the wrapper {@code REPL.$JShell$<n>}: a variable is a static field of its wrapper, a method a static method, a
 * declared class a nested class. All else that a wrapper holds is the snippet's own statement, which may use variables
 * that the code it makes does not: {@code pool} in {@code pool.submit(() -> area(circle))}. Therefore:
 *
 * <ul>
 *   <li>of static methods, a wrapper's or a declared class's, only those that are called count;
 *   <li>of a declared class that may have instances, all instance methods count, and those of its supertypes;
 *   <li>static fields of declared classes are no variables: each JVM initializes its own, as with any class.
 * </ul>
 *
 * Thread-safe.
 */
final class SnippetVariables {
    private static final String PREFIX = "REPL/$JShell$";

    /** Apart: without a session nobody needs them. */
    private static final class Names {
        static final Pattern WRAPPER = Pattern.compile(Pattern.quote(PREFIX) + "\\d+[A-Z]*");
        static final Pattern DECLARED = Pattern.compile(WRAPPER.pattern() + "\\$.+");
    }

    private static final String STATIC_INITIALIZER = "<clinit>()V";

    private final Function<Class<?>, byte @Nullable []> bytesOf;

    /** What is known of a class while its bytes are these: JShell redefines classes in place. */
    private record Known(byte[] bytes, ClassFile file) {}

    private final ClassValue<AtomicReference<@Nullable Known>> known = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable Known> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

    /** @param bytesOf gives a class's bytes as they are now; asked for every class that is reached, each time */
    SnippetVariables(Function<Class<?>, byte @Nullable []> bytesOf) {
        this.bytesOf = bytesOf;
    }

    /** Whether JShell has made this class of what was typed. */
    static boolean isSnippet(Class<?> type) {
        return !type.isHidden() && !type.isArray() && isSnippet(binaryName(type));
    }

    private static boolean isSnippet(String name) {
        return isWrapper(name)
                || name.startsWith(PREFIX) && Names.DECLARED.matcher(name).matches();
    }

    private static boolean isWrapper(String name) {
        return name.startsWith(PREFIX) && Names.WRAPPER.matcher(name).matches();
    }

    private static String binaryName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    /**
     * The variables that these can reach when they are run elsewhere.
     *
     * @param classes of the values that are sent, and the class each lambda was written in
     */
    List<Field> usedBy(Collection<Class<?>> classes, Collection<SerializedLambda> lambdas) {
        Walk walk = new Walk();
        for (Class<?> type : classes) walk.addValueOf(type);
        for (SerializedLambda lambda : lambdas) walk.add(lambda, classes);
        return walk.variables();
    }

    private ClassFile fileOf(Class<?> type) {
        byte[] bytes = bytesOf.apply(type);
        if (bytes == null) throw new IllegalStateException("class of a snippet has no bytes: class=" + type.getName());
        AtomicReference<@Nullable Known> reference = this.known.get(type);
        Known known = reference.get();
        if (known == null || !Arrays.equals(known.bytes, bytes)) {
            known = new Known(bytes, new ClassFile(bytes, SnippetVariables::isSnippet));
            reference.set(known);
        }
        return known.file;
    }

    /** One search: from method to method, each once. */
    private final class Walk {
        /** @param method its name and descriptor; or empty, for all instance methods */
        private record Step(Class<?> type, String method) {}

        private static final String INSTANCE_METHODS = "";

        private final Set<Step> seen = new HashSet<>();
        private final Deque<Step> toDo = new ArrayDeque<>();
        private final Set<Field> variables = new LinkedHashSet<>();

        void addValueOf(Class<?> type) {
            Class<?> element = type;
            while (element.isArray()) element = element.getComponentType();
            if (isSnippet(element)) instancesOf(element);
        }

        void add(SerializedLambda lambda, Collection<Class<?>> classes) {
            String writtenIn = lambda.getCapturingClass();
            for (Class<?> type : classes) {
                if (!binaryName(type).equals(writtenIn)) continue;
                boolean isStatic = lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeStatic;
                String method = lambda.getImplMethodName() + lambda.getImplMethodSignature();
                follow(
                        type,
                        isStatic
                                ? new Reference(CodeReferences.Kind.STATIC_METHOD, lambda.getImplClass(), method)
                                : new Reference(CodeReferences.Kind.CLASS, lambda.getImplClass(), ""));
                follow(type, new Reference(CodeReferences.Kind.CLASS, lambda.getFunctionalInterfaceClass(), ""));
            }
        }

        List<Field> variables() {
            for (Step step = toDo.poll(); step != null; step = toDo.poll()) take(step);
            return new ArrayList<>(variables);
        }

        private void take(Step step) {
            ClassFile file = fileOf(step.type);
            referencesOf(step, file, STATIC_INITIALIZER);
            if (!step.method.equals(INSTANCE_METHODS)) {
                if (!referencesOf(step, file, step.method)) supertypes(step, file, step.method); // inherited
                return;
            }
            for (ClassFile.Method method : file.methods().values())
                if (!method.isStatic()) for (Reference to : method.references()) follow(step.type, to);
            supertypes(step, file, INSTANCE_METHODS);
        }

        private boolean referencesOf(Step step, ClassFile file, String method) {
            ClassFile.Method found = file.methods().get(method);
            if (found == null) return false;
            for (Reference to : found.references()) follow(step.type, to);
            return true;
        }

        private void supertypes(Step step, ClassFile file, String method) {
            for (String supertype : file.supertypes()) {
                Class<?> type = isSnippet(supertype) ? find(supertype, step.type) : null;
                if (type != null) add(new Step(type, method));
            }
        }

        private void follow(Class<?> from, Reference to) {
            if (!isSnippet(to.owner())) return;
            Class<?> owner = find(to.owner(), from);
            if (owner == null) return;
            switch (to.kind()) {
                case STATIC_METHOD -> add(new Step(owner, to.member()));
                case STATIC_FIELD -> {
                    if (isWrapper(to.owner())) variable(owner, to.member());
                    else add(new Step(owner, STATIC_INITIALIZER));
                }
                case CLASS -> instancesOf(owner);
            }
        }

        private void instancesOf(Class<?> type) {
            if (!isWrapper(binaryName(type))) add(new Step(type, INSTANCE_METHODS));
        }

        private void add(Step step) {
            if (seen.add(step)) toDo.add(step);
        }

        /** Not what the compiler adds for {@code assert}. */
        private void variable(Class<?> wrapper, String name) {
            try {
                Field field = wrapper.getDeclaredField(name);
                if (!field.isSynthetic() && !Modifier.isFinal(field.getModifiers())) variables.add(field);
            } catch (NoSuchFieldException | LinkageError codeCannotRunHereEither) {
                return;
            }
        }

        private static @Nullable Class<?> find(String name, Class<?> from) {
            try {
                return Class.forName(name.replace('/', '.'), false, from.getClassLoader());
            } catch (ClassNotFoundException | LinkageError codeCannotRunHereEither) {
                return null;
            }
        }
    }
}
