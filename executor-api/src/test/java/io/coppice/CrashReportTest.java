package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.launch.Death;
import io.coppice.launch.Death.Circumstance;
import io.coppice.launch.Evidence;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a user sees of a death. */
class CrashReportTest {
    private static Death death(@Nullable Integer exitCode, Evidence evidence) {
        return new Death(
                2, 4711L, exitCode, Duration.ofMillis(1500), 7, Circumstance.WHILE_RUNNING, null, null, evidence);
    }

    @Test
    void everyKindOfDeathIsOneThatIsShown() {
        assertThat(Arrays.stream(CrashReport.Kind.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Death.Kind.values()).map(Enum::name).toList());
    }

    @Test
    void itShowsWhatIsKnownOnSeveralLines() {
        StackTraceElement caller = new StackTraceElement("com.acme.Ocr", "page", "Ocr.java", 41);
        Evidence evidence = new Evidence(null, null, List.of(caller), "one\ntwo\n", "");
        assertThat(CrashReport.of(death(3, evidence), "call=9 (com.acme.Ocr::page)"))
                .hasToString("""
                        worker 2 ended: EXIT_CALLED
                          pid: 4711
                          exit code: 3
                          running: call=9 (com.acme.Ocr::page)
                          calls done: 7
                          uptime: 1.5 s
                          System.exit was called
                            at com.acme.Ocr.page(Ocr.java:41)
                          stdout:
                            | one
                            | two""");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(CrashReport.of(death(null, Evidence.NONE), null)).hasToString("""
                        worker 2 ended: UNKNOWN
                          pid: 4711
                          calls done: 7
                          uptime: 1.5 s""");
    }
}
