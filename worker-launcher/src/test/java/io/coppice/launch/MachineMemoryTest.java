package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What memory there is, by files as Linux has them. */
class MachineMemoryTest {
    private static final long MB = 1 << 20;

    @TempDir
    Path root;

    private void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private long megabytes() {
        return MachineMemory.bytes(root.toString()) / MB;
    }

    @BeforeEach
    void aMachineWithEightGigabytes() throws IOException {
        file("proc/meminfo", "MemTotal:        8388608 kB\nMemFree:          1000000 kB\n");
    }

    @Test
    void withoutGroupsItIsTheMachines() {
        assertThat(megabytes()).isEqualTo(8192);
    }

    @Test
    void aGroupOfVersion2OrOneAboveItLimits() throws IOException {
        file("proc/self/cgroup", "0::/system.slice/app.service\n");
        file("sys/fs/cgroup/system.slice/app.service/memory.max", "max\n");
        assertThat(megabytes()).isEqualTo(8192);
        file("sys/fs/cgroup/system.slice/memory.max", (2048 * MB) + "\n");
        assertThat(megabytes()).isEqualTo(2048);
        file("sys/fs/cgroup/system.slice/app.service/memory.max", (512 * MB) + "\n");
        assertThat(megabytes()).isEqualTo(512);
    }

    @Test
    void inAContainerTheGroupIsTheRoot() throws IOException {
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/memory.max", (1024 * MB) + "\n");
        assertThat(megabytes()).isEqualTo(1024);
    }

    @Test
    void aGroupOfVersion1LimitsAlsoWhereThePathIsTheHosts() throws IOException {
        file("proc/self/cgroup", "9:cpuset,memory:/docker/abc\n8:cpu:/other\n0::/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(megabytes()).isEqualTo(8192);
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", (3072 * MB) + "\n");
        assertThat(megabytes()).isEqualTo(3072);
        file("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", (1024 * MB) + "\n");
        assertThat(megabytes()).isEqualTo(1024);
    }

    @Test
    void whereNobodyTellsItIsNotKnown() throws IOException {
        Files.delete(root.resolve("proc/meminfo"));
        assertThat(MachineMemory.bytes(root.toString())).isEqualTo(MachineMemory.UNKNOWN);
        file("proc/meminfo", "nothing like it");
        assertThat(MachineMemory.bytes(root.toString())).isEqualTo(MachineMemory.UNKNOWN);
    }
}
