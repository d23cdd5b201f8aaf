package io.coppice;

import io.coppice.launch.LaunchSettings;
import io.coppice.launch.OutputTarget;
import io.coppice.wire.payload.AnswerClasses;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.Form;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the child JVMs of a pool are started: Python's {@code mp_context}. Immutable: every method gives a new instance.
 *
 * <p>A worker is started with the parent's class path, or its module path, and fetches from the parent the classes and
 * resources that are in neither (docs/code-shipping.md). It is started with those of the parent's JVM options that make
 * code behave as it does there (module access, assertions, system properties, stack size), but not those that belong to
 * one process (heap size, garbage collector, debugger and management ports, agents).
 */
public final class WorkerContext {
    private static final WorkerContext SPAWN = new WorkerContext(
            new LaunchSettings(
                    Path.of(System.getProperty("java.home")), List.of(), Map.of(), null, OutputTarget.PARENT, true, 0),
            List.of(),
            null);

    private final LaunchSettings settings;
    private final List<Form> forms;
    private final @Nullable AnswerClasses answers; // null: any

    private WorkerContext(LaunchSettings settings, List<Form> forms, @Nullable AnswerClasses answers) {
        this.settings = settings;
        this.forms = forms;
        this.answers = answers;
    }

    /**
     * New JVMs, of the parent's Java, in its directory, printing where it prints.
     *
     * @return the defaults
     */
    public static WorkerContext spawn() {
        return SPAWN;
    }

    /**
     * Adds JVM options, behind those that are inherited, so that these win. Not the class path, which is this JVM's.
     *
     * <p>A worker's heap may grow to its share of the memory, unless an option says how large it is (such as {@code -Xmx},
     * {@code -Xms} or {@code -XX:MaxRAMPercentage}). On Linux three quarters of what the machine, or the control group,
     * has are shared: this JVM has what its own heap may grow to, and the workers, {@code maxWorkers} of them, what is left,
     * but no less than a quarter. A worker's share is at least 256 MB, and never more than a JVM would take by itself, which
     * is a quarter of the memory. A pool that lives for a while logs the figures, once.
     *
     * <p>A worker that crashes writes no memory into a core file, unless {@code -XX:+CreateCoredumpOnCrash} is among the
     * options: the core of a large heap takes many seconds to write.
     *
     * @param options such as {@code -Xmx512m}, one each
     * @return a context with these too
     */
    public WorkerContext jvmOptions(String... options) {
        List<String> all = new ArrayList<>(settings.jvmOptions());
        for (String option : options) all.add(Objects.requireNonNull(option, "option"));
        return with(new LaunchSettings(
                settings.javaHome(),
                List.copyOf(all),
                settings.environment(),
                settings.directory(),
                settings.output(),
                settings.classDataArchive(),
                settings.nestedPools()));
    }

    /**
     * Sets environment variables, besides those of the parent.
     *
     * @param variables names and values
     * @return a context with these too
     */
    public WorkerContext environment(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(settings.environment());
        all.putAll(variables);
        return with(new LaunchSettings(
                settings.javaHome(),
                settings.jvmOptions(),
                Map.copyOf(all),
                settings.directory(),
                settings.output(),
                settings.classDataArchive(),
                settings.nestedPools()));
    }

    /**
     * Runs workers on another Java, 17 or newer.
     *
     * @param javaHome the directory above {@code bin/java}
     * @return a context with this Java
     */
    public WorkerContext javaHome(Path javaHome) {
        return with(new LaunchSettings(
                Objects.requireNonNull(javaHome, "javaHome"),
                settings.jvmOptions(),
                settings.environment(),
                settings.directory(),
                settings.output(),
                settings.classDataArchive(),
                settings.nestedPools()));
    }

    /**
     * Starts workers in this working directory instead of the parent's.
     *
     * @param directory one that exists
     * @return a context with this directory
     */
    public WorkerContext directory(Path directory) {
        return with(new LaunchSettings(
                settings.javaHome(),
                settings.jvmOptions(),
                settings.environment(),
                Objects.requireNonNull(directory, "directory"),
                settings.output(),
                settings.classDataArchive(),
                settings.nestedPools()));
    }

    /**
     * Says what becomes of what workers print to stdout and stderr.
     *
     * @param output where
     * @return a context with this output
     */
    public WorkerContext output(Output output) {
        OutputTarget target = switch (output) {
            case INHERIT -> OutputTarget.PARENT;
            case DISCARD -> OutputTarget.NOWHERE;
            case LOG -> LoggedLines.LOG;
        };
        return with(new LaunchSettings(
                settings.javaHome(),
                settings.jvmOptions(),
                settings.environment(),
                settings.directory(),
                target,
                settings.classDataArchive(),
                settings.nestedPools()));
    }

    /**
     * Says whether workers may be started from a class-data archive of Coppice's own classes and the JDK's, which takes
     * less time and memory. They are by default: when a pool has lived for 10 seconds, and there is no archive yet, an extra
     * JVM makes one in the background, of a few megabytes in the user's cache directory, for all later workers on the same
     * JDK and the same jars of Coppice. {@code -Dcoppice.classDataArchive=false} switches it off for all pools of a program.
     *
     * @param classDataArchive whether
     * @return a context that does so, or does not
     */
    public WorkerContext classDataArchive(boolean classDataArchive) {
        return with(new LaunchSettings(
                settings.javaHome(),
                settings.jvmOptions(),
                settings.environment(),
                settings.directory(),
                settings.output(),
                classDataArchive,
                settings.nestedPools()));
    }

    /**
     * Allows process pools inside the workers, so many levels deep. By default a worker may have none: its first {@code
     * submit} or {@code map} to one is refused with a {@link java.util.concurrent.RejectedExecutionException}, as a class
     * that submits to a pool when it is loaded would start workers that load it, and so on without end. To make a pool is
     * allowed, and so are all thread pools. Processes that a call starts inherit the rule, by the environment variable
     * {@code COPPICE_NESTED_POOLS}.
     *
     * <p>With 1, workers may have pools whose workers may have none; with 2, those may too, if their own context says 1 or
     * more: no pool has more levels below it than the one it is in leaves it.
     *
     * @param levels 0 or more
     * @return a context with so many levels
     * @throws IllegalArgumentException if it is negative
     */
    public WorkerContext nestedPools(int levels) {
        if (levels < 0) throw new IllegalArgumentException("nestedPools must not be negative: levels=" + levels);
        return with(new LaunchSettings(
                settings.javaHome(),
                settings.jvmOptions(),
                settings.environment(),
                settings.directory(),
                settings.output(),
                settings.classDataArchive(),
                levels));
    }

    /**
     * Says how values of a type are sent, in arguments, in results and inside of other values: as what {@code toForm} makes
     * of one, from which {@code fromForm} makes it again on the other side. For types that Coppice cannot send, or not as
     * they mean it:
     *
     * <pre>{@code
     * WorkerContext.spawn().serializer(Model.class, Model::toBytes, Model::fromBytes)
     * }</pre>
     *
     * <p>It holds for subtypes too; of several the nearest type counts, and it goes before what Coppice would do, refusals
     * included. Neither function is given null. Both run in the thread that submits or that asks for the result, and in
     * the workers; what one throws, a checked exception too, fails that one call. They are sent to every worker when it
     * starts, so they must be sendable themselves, or the pool is not built. A value of a subtype comes back as what
     * {@code fromForm} makes.
     *
     * @param type a class or interface, but for {@code Object}, enums, arrays, {@code String} and the boxed numbers
     * @param toForm makes of a value another that can be sent: a {@code byte[]}, a record, a list of parts
     * @param fromForm makes the value again
     * @param <T> the type
     * @param <F> the form
     * @return a context with this serializer too
     * @throws IllegalArgumentException for a type whose values always go as they are
     */
    public <T, F> WorkerContext serializer(
            Class<T> type, Fn1<? super T, ? extends F> toForm, Fn1<? super F, ? extends T> fromForm) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(toForm, "toForm");
        Objects.requireNonNull(fromForm, "fromForm");
        List<Form> all = new ArrayList<>(forms);
        all.removeIf(form -> form.type() == type); // the one said last counts
        all.add(new Form(type, new Invocables.OfFn1(toForm), new Invocables.OfFn1(fromForm)));
        return new WorkerContext(settings, List.copyOf(all), answers);
    }

    /**
     * Lists the classes that a worker's answers may contain, so that a worker which was taken over cannot make the parent
     * create others. Without a list an answer may contain any class that the parent can find.
     *
     * <p>Values of the JDK may always come: numbers and strings, {@code java.math}, {@code java.time}, {@code java.util}
     * with its collections, the exceptions of {@code java} packages; arrays of what may come; and Coppice's own. All
     * else must be listed: records and other classes of results, what those contain, the superclasses of what goes by
     * Java serialization, and of a function the class whose method it is. An answer with another class fails that one
     * call, whose exception names the class; an exception of another class comes as one that stands in for it, with the
     * same message and trace. What is sent to workers is not looked at.
     *
     * <pre>{@code
     * WorkerContext.spawn().answersMayContain("com.acme.report.*", "com.acme.Money")
     * }</pre>
     *
     * @param patterns binary names of classes (a nested one's is {@code com.acme.Report$Row}); of packages with
     *     {@code .*} behind, or with {@code .**} for the packages below too. None: values of the JDK alone
     * @return a context with these too
     * @throws IllegalArgumentException for what is none of these
     */
    public WorkerContext answersMayContain(String... patterns) {
        List<String> all = new ArrayList<>(answers == null ? List.of() : answers.patterns());
        for (String pattern : patterns) all.add(Objects.requireNonNull(pattern, "pattern"));
        return new WorkerContext(settings, forms, AnswerClasses.of(all));
    }

    private WorkerContext with(LaunchSettings settings) {
        return new WorkerContext(settings, forms, answers);
    }

    /** What answers are read with: the codecs that calls are written with, unless there is a list. */
    CodecPool answerCodecs(ClassSpace classes, CodecPool codecs) {
        return answers == null ? codecs : new CodecPool(answers.in(classes), forms);
    }

    List<Form> forms() {
        return forms;
    }

    LaunchSettings settings() {
        return settings;
    }
}
