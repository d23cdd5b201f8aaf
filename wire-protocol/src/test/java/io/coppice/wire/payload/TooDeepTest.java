package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does a value that is nested more deeply than the stack reaches cost its own call, and nothing else? */
@NullUnmarked
class TooDeepTest {
    @ParameterizedTest
    @EnumSource
    void aJvmWhoseFirstFailureItIsTakesNoHarm(DeepValues.Shape shape) throws Exception {
        String classes = String.join(
                File.pathSeparator,
                place(PayloadCodec.class),
                place(DeepValues.class),
                place(KryoException.class),
                System.getProperty("java.class.path"),
                System.getProperty("jdk.module.path", ""));
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xss1m",
                        "-cp",
                        classes,
                        DeepValues.class.getName(),
                        shape.name())
                .redirectErrorStream(true)
                .start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor()).as(said).isZero();
    }

    /** The folder or jar that a class is in. */
    private static String place(Class<?> type) throws Exception {
        String name = type.getName().replace('.', '/') + ".class";
        String address = type.getResource("/" + name).toString();
        String place = address.substring(0, address.length() - name.length()).replaceFirst("^jar:(.*)!/$", "$1");
        return Path.of(URI.create(place)).toString();
    }

    @Test
    void theMessageSaysWhatToDoAndTheCauseIsShort() {
        Object deep = 1;
        for (int i = 0; i < 100_000; i++) deep = new DeepValues.Held(deep);
        PayloadException refused = RefusedValues.refused(deep);
        assertThat(refused)
                .hasMessage("is nested too deeply for the thread's stack:"
                        + " flatten it (into a list, say), or run with a larger -Xss");
        assertThat(refused.about("argument 1")).isEqualTo("argument 1: " + refused.getMessage());
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) causes.add(cause);
        assertThat(causes).hasSize(1);
        assertThat(causes.get(0)).isExactlyInstanceOf(StackOverflowError.class);
        assertThat(causes.get(0).getStackTrace()).hasSizeBetween(1, 50);
    }
}
