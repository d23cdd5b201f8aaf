package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How large a worker's heap may grow where nobody has said. */
class HeapShareTest {
    private static final long GB = 1L << 30;

    @ParameterizedTest
    @CsvSource({
        // memory GB, parent's heap GB, workers, worker's heap MB; 0: as the JVM chooses, a quarter of the memory
        "16,  4,  1,    0",
        "16,  4,  2,    0",
        "15,  4,  2,    0", // nor for a little less
        "16,  4,  4, 2048",
        "64, 16, 32, 1024",
        "64,  1, 32, 1504", // who needs less leaves more
        "64, 60, 32,  512", // a quarter is the workers' in any case
        " 4,  1, 32,  256", // less than this is of no use
        " 1,  0,  8,    0", // and there a JVM by itself takes no more
    })
    void theWorkersShareWhatTheParentLeavesOfThreeQuarters(long memory, long ownHeap, int workers, long megabytes) {
        assertThat(HeapShare.of(memory * GB, ownHeap * GB, workers).megabytes()).isEqualTo(megabytes);
    }

    @Test
    void theOptionAndTheMessageTellTheFigures() {
        HeapShare share = HeapShare.of(64 * GB, 16 * GB, 32);
        assertThat(share.options()).containsExactly("-Xmx1024m");
        assertThat(share.describe()).contains("-Xmx1024m", "workers=32", "memory=65536MB", "ownHeap=16384MB");
        assertThat(HeapShare.of(64 * GB, 16 * GB, 1).options()).isEmpty();
        assertThat(HeapShare.of(64 * GB, 16 * GB, 1).describe()).isNull();
    }

    private static LaunchSettings settings(List<String> options, Map<String, String> environment) {
        return new LaunchSettings(Path.of("/jdk"), options, environment, null, OutputTarget.NOWHERE, false, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "-Xmx1g",
        "-Xms1g",
        "-Xmn1m",
        "-XX:MaxHeapSize=1g",
        "-XX:MaxRAM=8g",
        "-XX:MaxRAMPercentage=10",
        "-XX:InitialHeapSize=9g",
        "-XX:+AggressiveHeap"
    })
    void whoeverSaysAnythingOfTheHeapSaysAllOfIt(String option) {
        int workers = 100_000;
        assertThat(HeapShare.of(settings(List.of("-Da=b", option), Map.of()), workers)
                        .options())
                .isEmpty();
        assertThat(HeapShare.of(settings(List.of(), Map.of("JAVA_TOOL_OPTIONS", "-Da=b " + option)), workers)
                        .options())
                .isEmpty();
    }
}
