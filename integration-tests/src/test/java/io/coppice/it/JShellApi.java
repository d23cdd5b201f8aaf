package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.jspecify.annotations.Nullable;

/** A session through the {@code jdk.jshell} API, with what is on the class path added by {@code addToClasspath}. */
final class JShellApi implements JShellSession {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final JShell shell;

    private JShellApi(JShell.Builder builder) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        shell = builder.out(out).err(out).build();
        for (String entry : JShellTool.classPath().split(File.pathSeparator)) shell.addToClasspath(entry);
    }

    /** Snippets run in a JVM of JShell's own. */
    static JShellApi remote(String... options) {
        return new JShellApi(JShell.builder().remoteVMOptions(options));
    }

    /** Snippets run in this JVM. */
    static JShellApi local() {
        return new JShellApi(JShell.builder().executionEngine("local"));
    }

    @Override
    public String type(String snippet) {
        printed.reset();
        SnippetEvent event = eval(snippet);
        String answer = printed.toString(StandardCharsets.UTF_8).strip();
        return event.exception() == null ? answer : answer + event.exception();
    }

    @Override
    public String value(String expression) {
        SnippetEvent event = eval(expression);
        assertThat(event.exception()).as(expression).isNull();
        return event.value();
    }

    private SnippetEvent eval(String snippet) {
        @Nullable SnippetEvent last = null;
        for (SnippetEvent event : shell.eval(snippet)) {
            if (event.causeSnippet() != null) continue; // an update of another
            assertThat(event.status())
                    .as(
                            "%s: %s",
                            snippet,
                            shell.diagnostics(event.snippet())
                                    .map(d -> d.getMessage(null))
                                    .toList())
                    .isNotEqualTo(Snippet.Status.REJECTED);
            last = event;
        }
        assertThat(last).as(snippet).isNotNull();
        return last;
    }

    /** The names of all that was declared; for what only the API tells. */
    List<String> variables() {
        return shell.variables().map(variable -> variable.name()).toList();
    }

    @Override
    public void close() {
        shell.close();
    }
}
