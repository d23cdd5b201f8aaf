package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Output;
import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What child JVMs are started with, and what is kept from others. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class WorkerContextIT {
    @TempDir
    Path temporary;

    @Test
    void theContextSaysHowWorkersAreStarted() throws Exception {
        var context = WorkerContext.spawn()
                .jvmOptions("-Xmx64m", "-Dcolour=dark green \\ \"x\"")
                .environment(Map.of("COPPICE_IT", "value"))
                .javaHome(Path.of(System.getProperty("java.home")))
                .directory(temporary)
                .output(Output.INHERIT);
        try (var pool =
                ProcessPoolExecutor.builder().maxWorkers(1).context(context).build()) {
            assertThat(pool.submit(() -> System.getProperty("colour")).result()).isEqualTo("dark green \\ \"x\"");
            assertThat(pool.submit(() -> System.getenv("COPPICE_IT")).result()).isEqualTo("value");
            assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).result())
                    .isLessThanOrEqualTo(64L << 20);
            assertThat(Path.of(pool.submit(() -> System.getProperty("user.dir")).result())
                            .toRealPath())
                    .isEqualTo(temporary.toRealPath());
        }
    }

    /** A program whose class is found only through an empty entry of the class path. */
    @Test
    void anEmptyEntryOfTheClassPathIsTheWorkingDirectory() throws Exception {
        Path source = Files.writeString(temporary.resolve("Here.java"), """
                import io.coppice.ProcessPoolExecutor;
                public class Here {
                    static int seven() { return 7; }
                    public static void main(String[] args) throws Exception {
                        try (var pool = new ProcessPoolExecutor(1)) { System.out.println(pool.submit(Here::seven).result()); }
                    }
                }
                """);
        String classPath = System.getProperty("java.class.path");
        int compiled = javax.tools.ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath, "-d", temporary.toString(), source.toString());
        assertThat(compiled).isZero();
        Process here = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        java.io.File.pathSeparator + classPath,
                        "Here")
                .directory(temporary.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(new String(here.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip())
                .isEqualTo("7");
        assertThat(here.waitFor()).isZero();
    }

    @Test
    void stdinInAWorkerIsEmptyAndNotTheLifeline() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(() -> System.in.read()).result()).isEqualTo(-1);
        }
    }

    @Test
    void thePrivateDirectoryIsClosedToOthers() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            pool.submit(Calls::pid).result();
            String ours = "coppice-" + Calls.pid() + "-";
            Path directory;
            try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                directory = all.filter(p -> p.getFileName().toString().startsWith(ours))
                        .findAny()
                        .orElseThrow();
            }
            assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("worker-1"))))
                    .isEqualTo("rwx------");
            long pid = pool.submit(Calls::pid).result();
            String commandLine = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
            assertThat(commandLine).contains("WorkerMain").doesNotContain("token");
        }
    }
}
