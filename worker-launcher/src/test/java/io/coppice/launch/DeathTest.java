package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.launch.Death.Circumstance;
import io.coppice.launch.Death.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a death is called: the most specific of what is known. */
class DeathTest {
    private static final CrashFile SEGV = new CrashFile("SIGSEGV", null, "C  [libocr.so+0x1151]  page+0x21");
    private static final StackTraceElement CALLER = new StackTraceElement("com.acme.Ocr", "page", "Ocr.java", 41);

    private static Death death(Circumstance circumstance, @Nullable Integer exitCode, Evidence evidence) {
        return new Death(3, 8812L, exitCode, Duration.ofMillis(2100), 17, circumstance, null, null, evidence);
    }

    private static Death running(@Nullable Integer exitCode, Evidence evidence) {
        return death(Circumstance.WHILE_RUNNING, exitCode, evidence);
    }

    private static Evidence crash(CrashFile crash) {
        return new Evidence(crash, Path.of("/tmp/coppice-hs_err_pid8812.log"), List.of(), "", "");
    }

    private static Evidence printed(String stdout, String stderr) {
        return new Evidence(null, null, List.of(), stdout, stderr);
    }

    @ParameterizedTest
    @CsvSource({
        "134, ABORT, SIGABRT",
        "139, NATIVE_STACK_OVERFLOW, SIGSEGV",
        "137, KILLED, SIGKILL",
        "143, TERMINATED, SIGTERM",
        "132, OTHER_SIGNAL, SIGILL",
        "3, EXITED,",
        "0, EXITED,",
        ", UNKNOWN,"
    })
    void withoutAnythingElseTheExitCodeTells(@Nullable Integer exitCode, Kind kind, @Nullable String signal) {
        Death death = running(exitCode, Evidence.NONE);
        assertThat(death.kind()).isEqualTo(kind);
        assertThat(death.signal()).isEqualTo(signal);
    }

    @Test
    void whatTheWorkerHasLeftGoesBeforeItsExitCode() {
        assertThat(running(134, crash(SEGV)).kind()).isEqualTo(Kind.NATIVE_CRASH);
        assertThat(running(1, crash(SEGV)).kind()).as("no core dumped").isEqualTo(Kind.NATIVE_CRASH);
        assertThat(running(1, crash(SEGV)).signal()).isEqualTo("SIGSEGV");
        assertThat(running(143, new Evidence(null, null, List.of(CALLER), "", ""))
                        .kind())
                .isEqualTo(Kind.EXIT_CALLED);
        String outOfMemory = "Terminating due to java.lang.OutOfMemoryError: Java heap space\n";
        assertThat(running(3, printed(outOfMemory, "")).kind()).isEqualTo(Kind.OUT_OF_MEMORY);
        assertThat(running(4, printed(outOfMemory, "")).kind()).isEqualTo(Kind.EXITED);
        assertThat(running(134, crash(new CrashFile(null, "fatal error: OutOfMemory encountered", null)))
                        .kind())
                .isEqualTo(Kind.OUT_OF_MEMORY);
    }

    @Test
    void whatThePoolHasSeenGoesBeforeAnExitCodeThatIsItsOwnDoing() {
        Death broken = death(Circumstance.PROTOCOL_BROKEN, 137, Evidence.NONE);
        assertThat(broken.kind()).isEqualTo(Kind.PROTOCOL_BROKEN);
        assertThat(broken.signal()).isNull();
        assertThat(broken.describe(null)).doesNotContain("exit=");
        assertThat(death(Circumstance.HUNG_WHILE_STARTING, 137, Evidence.NONE).kind())
                .isEqualTo(Kind.NOT_CONNECTED);

        Death crashed = death(Circumstance.PROTOCOL_BROKEN, 137, crash(SEGV));
        assertThat(crashed.kind()).as("which may be why").isEqualTo(Kind.NATIVE_CRASH);
        assertThat(crashed.describe(null)).contains("crash=SIGSEGV in libocr.so+0x1151");
    }

    @Test
    void theMessageIsASentenceWithFacts() {
        assertThat(running(134, crash(SEGV)).describe("call=41 (com.acme.Ocr::page)"))
                .isEqualTo("worker died while running a call: worker=3, pid=8812, call=41 (com.acme.Ocr::page),"
                        + " exit=134 (SIGSEGV in libocr.so+0x1151), uptime=2.1s, callsDone=17;"
                        + " crash report: /tmp/coppice-hs_err_pid8812.log");
        assertThat(running(3, new Evidence(null, null, List.of(CALLER), "", "")).describe(null))
                .contains("exit=3, exitCalledBy=com.acme.Ocr.page(Ocr.java:41), uptime=");
        assertThat(running(134, printed("", "noise\nfree(): double free detected\n"))
                        .describe(null))
                .contains("exit=134 (SIGABRT)")
                .endsWith("stderr=free(): double free detected");
        assertThat(death(Circumstance.WHILE_STARTING, 1, printed("", "\nUnrecognized VM option 'X'\nError: ...\n"))
                        .describe(null))
                .endsWith("stderr=Unrecognized VM option 'X'");
        assertThat(running(9, printed("", "something\n")).describe(null)).doesNotContain("stderr=");
    }
}
