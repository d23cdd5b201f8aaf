package io.coppice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressLogTest {
    @Test
    void aLogLineTellsFilesAndBytes() {
        ProgressLog log = new ProgressLog(4, 8_000_000, ignored -> {});
        log.fileDone(2_000_000);
        assertThat(log.line()).isEqualTo("1 of 4 files, 2.0 MB of 8.0 MB");
    }
}
