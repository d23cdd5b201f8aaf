package io.coppice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down how the tests that carry an id of docs/conformance.md ended, for {@code scripts/conformance}: a line of
 * {@code id TAB executor TAB class.method TAB result} each.
 *
 * <p>The executor is T or P where the test is an invocation for one {@link ExecutorKind} (its display name, or that of
 * something around it, names the kind) or is tagged {@code threads} or {@code processes}, with a line each where it is
 * both. Else it is {@code -}, and the executor is the one that the id's row in the table names.
 *
 * <p>The unit and the integration tests of a build run in two JVMs: each writes a file of its own into the folder of their
 * build, which Maven names by {@code -Dcoppice.build}, and deletes the folders of other builds. Where no build is named
 * (in an IDE) nothing is written.
 */
public final class ConformanceListener implements TestExecutionListener {
    private static final Pattern ID = Pattern.compile("[A-Z][0-9]{2}");
    private static final Pattern THREADS = Pattern.compile("(?i)\\bthreads\\b");
    private static final Pattern PROCESSES = Pattern.compile("(?i)\\bprocesses\\b");

    private final Path folder;
    private final @Nullable String build;
    private @Nullable TestPlan plan;

    /** Made by the JUnit platform. */
    public ConformanceListener() {
        this(Path.of("target", "conformance"), System.getProperty("coppice.build"));
    }

    ConformanceListener(Path folder, @Nullable String build) {
        this.folder = folder;
        this.build = build == null ? null : build.replaceAll("[^A-Za-z0-9-]", "");
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        if (build != null) deleteOtherBuilds(build);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) record(test, "passed");
            }
            // A class whose preparation fails takes its tests along.
            case FAILED -> recordWithAllBelow(test, "failed");
            case ABORTED -> recordWithAllBelow(test, "skipped");
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        recordWithAllBelow(test, "skipped");
    }

    private void recordWithAllBelow(TestIdentifier test, String result) {
        record(test, result);
        if (plan != null) for (TestIdentifier below : plan.getDescendants(test)) record(below, result);
    }

    private void record(TestIdentifier test, String result) {
        if (build == null) return;
        StringBuilder lines = new StringBuilder();
        for (TestTag tag : test.getTags()) {
            if (!ID.matcher(tag.getName()).matches()) continue;
            for (String executor : executorsOf(test))
                lines.append(String.join("\t", tag.getName(), executor, nameOf(test), result))
                        .append('\n');
        }
        if (!lines.isEmpty()) append(build, lines.toString());
    }

    private List<String> executorsOf(TestIdentifier test) {
        List<String> names = new ArrayList<>();
        test.getTags().forEach(tag -> names.add(tag.getName()));
        Optional<TestIdentifier> around = Optional.of(test);
        while (around.isPresent()) {
            if (isInvocation(around.get())) names.add(around.get().getDisplayName());
            around = plan == null ? Optional.empty() : plan.getParent(around.get());
        }
        List<String> executors = new ArrayList<>();
        if (names.stream().anyMatch(THREADS.asPredicate())) executors.add("T");
        if (names.stream().anyMatch(PROCESSES.asPredicate())) executors.add("P");
        return executors.isEmpty() ? List.of("-") : executors;
    }

    /** Of a class or method template: its display name holds the arguments, not a name that somebody thought of. */
    private static boolean isInvocation(TestIdentifier test) {
        UniqueId.Segment last = test.getUniqueIdObject().getLastSegment();
        return last.getType().toLowerCase(Locale.ROOT).endsWith("invocation");
    }

    private static String nameOf(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        if (source instanceof MethodSource method)
            return simpleName(method.getClassName()) + "." + method.getMethodName();
        return source instanceof ClassSource type ? simpleName(type.getClassName()) : test.getDisplayName();
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private void append(String build, String lines) {
        try {
            Path file = Files.createDirectories(folder.resolve(build))
                    .resolve(ProcessHandle.current().pid() + ".tsv");
            Files.writeString(
                    file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
    }

    private void deleteOtherBuilds(String build) {
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            Path ours = folder.resolve(build);
            for (Path path : all.sorted(Comparator.reverseOrder()).toList())
                if (!path.equals(folder) && !path.startsWith(ours)) Files.delete(path);
        } catch (IOException cannotDelete) {
            throw new UncheckedIOException(cannotDelete);
        }
    }
}
