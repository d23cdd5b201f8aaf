package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a JVM's crash report, whole, cut off, or no report at all. The samples are heads of real ones. */
class CrashFileTest {
    @TempDir
    Path temporary;

    private static byte[] sample(String name) throws Exception {
        try (InputStream in = CrashFileTest.class.getResourceAsStream("hs_err_" + name + ".txt")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static CrashFile parsed(String name) throws Exception {
        return CrashFile.parse(new String(sample(name), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "jvm_17, SIGSEGV, V  [libjvm.so+0xed2f94]  Unsafe_PutLong+0x124, SIGSEGV in libjvm.so+0xed2f94",
        "jvm_25, SIGSEGV, V  [libjvm.so+0x123632d]  Unsafe_PutLong+0xad, SIGSEGV in libjvm.so+0x123632d",
        "native_17, SIGSEGV, C  [libcrash.so+0x1267]  Java_Crash_segv+0x11, SIGSEGV in libcrash.so+0x1267",
        "native_25, SIGSEGV, C  [libcrash.so+0x1267]  Java_Crash_segv+0x11, SIGSEGV in libcrash.so+0x1267",
    })
    void theHeadTellsTheSignalAndTheFrame(String name, String signal, String frame, String described) throws Exception {
        CrashFile file = parsed(name);
        assertThat(file.signal()).isEqualTo(signal);
        assertThat(file.frame()).isEqualTo(frame);
        assertThat(file.describe()).isEqualTo(described);
        assertThat(file.isOutOfMemory()).isFalse();
    }

    @Test
    void aJvmThatGivesUpSaysWhy() throws Exception {
        CrashFile file = parsed("out_of_memory_25");
        assertThat(file.signal()).isNull();
        assertThat(file.problem())
                .isEqualTo("Internal Error (debug.cpp:289), fatal error: OutOfMemory encountered: Java heap space");
        assertThat(file.isOutOfMemory()).isTrue();

        CrashFile noMemory = CrashFile.parse("""
                #
                # There is insufficient memory for the Java Runtime Environment to continue.
                # Native memory allocation (mmap) failed to map 16384 bytes. Error detail: committing reserved memory.
                # Possible reasons:
                #   The system is out of physical RAM or swap space
                #
                #  Out of Memory Error (os_linux.cpp:2845), pid=4711, tid=4712
                #
                """);
        assertThat(noMemory.isOutOfMemory()).isTrue();
        assertThat(noMemory.describe()).contains("insufficient memory", "Out of Memory Error (os_linux.cpp:2845)");
    }

    @Test
    void aFrameOfJavaIsNamedAsItIs() {
        CrashFile file = CrashFile.parse("""
                #  SIGBUS (0x7) at pc=0x00007f26af028267, pid=1, tid=2
                # Problematic frame:
                # J 1234 c2 com.acme.Ocr.page(I)I (12 bytes) @ 0x00007f [0x00007e+0x30]
                """);
        assertThat(file.describe()).startsWith("SIGBUS in ").contains("com.acme.Ocr.page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm_17", "native_25", "out_of_memory_25"})
    void aReportMayBeCutOffAnywhere(String name) throws Exception {
        byte[] whole = sample(name);
        CrashFile all = parsed(name);
        Path file = temporary.resolve("hs_err");
        for (int length = 0; length <= whole.length; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            CrashFile cut = CrashFile.read(file, pidIn(all, whole));
            assertThat(cut == null).as("length=%s", length).isEqualTo(length == 0);
            if (cut == null) continue;
            assertThat(cut.describe()).isNotBlank();
            if (cut.signal() != null) assertThat(cut.signal()).isEqualTo(all.signal());
        }
    }

    private static long pidIn(CrashFile ofIt, byte[] whole) {
        var found = java.util.regex.Pattern.compile("pid=(\\d+)").matcher(new String(whole, StandardCharsets.UTF_8));
        assertThat(found.find()).as("%s", ofIt).isTrue();
        return Long.parseLong(found.group(1));
    }

    @Test
    void whatIsNoReportGivesNothingAndNoFailure() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path file = temporary.resolve("hs_err");
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(40_000)];
            random.nextBytes(garbage);
            if (i % 2 == 0) garbage[0] = '#';
            Files.write(file, garbage);
            CrashFile read = CrashFile.read(file, 1);
            assertThat(read).as("seed=%s, i=%s", seed, i).isEqualTo(new CrashFile(null, null, null));
        }
        assertThat(CrashFile.read(temporary, 1)).as("a folder").isNull();
        assertThat(CrashFile.read(temporary.resolve("none"), 1)).isNull();
    }

    @Test
    void aReportOfAnotherProcessIsNotTakenForIts() throws Exception {
        Path file = Files.write(temporary.resolve("hs_err"), sample("jvm_17"));
        assertThat(CrashFile.read(file, 10155)).isNotNull();
        assertThat(CrashFile.read(file, 1015)).isNull();
    }
}
