package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.launch.CodePath.Coppice;
import java.io.File;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which code a worker is started with. */
class CodePathTest {
    private static final String HERE = Path.of("").toAbsolutePath().toString();

    @Test
    void anEmptyClassPathIsTheWorkingDirectoryUnlessTheMainIsAModules() {
        assertThat(CodePath.entriesOfTheClassPath("", null)).containsExactly(HERE);
        assertThat(CodePath.entriesOfTheClassPath("", "com.acme")).isEmpty();
    }

    @Test
    void entriesAreMadeAbsoluteAndAnEmptyOneIsTheWorkingDirectory() {
        String path = String.join(File.pathSeparator, "", "lib/a.jar", "/lib/b.jar");
        assertThat(CodePath.entriesOfTheClassPath(path, null))
                .containsExactly(HERE, Path.of(HERE, "lib/a.jar").toString(), "/lib/b.jar");
        assertThat(CodePath.entriesOfTheClassPath(path, "com.acme")).hasSize(3);
    }

    @Test
    void aClassPathAloneIsGivenAsOneWithTheMainsClass() {
        CodePath code = new CodePath(Set.of("/a.jar"), 0, Set.of(), Set.of(), Coppice.ON_CLASS_PATH);
        assertThat(code.options()).containsExactly("-cp", "/a.jar");
        assertThat(code.main()).containsExactly("io.coppice.worker.WorkerMain");
    }

    /** The class path is said although it is empty: the environment's CLASSPATH is not the parent's. */
    @Test
    void aModularParentIsMirrored() {
        CodePath code = new CodePath(Set.of(), 0, Set.of("/mods"), Set.of("com.acme"), Coppice.ON_MODULE_PATH);
        assertThat(code.options()).containsExactly("--module-path", "/mods", "--add-modules", "com.acme", "-cp", "");
        assertThat(code.main()).containsExactly("-m", "io.coppice.launch/io.coppice.worker.WorkerMain");
    }

    /** Which runs on the module path itself, as the launcher's unit tests do. */
    @Test
    void theModulesOfThisJvmAreThoseThatAreNotTheJdks() throws Exception {
        try (PoolDirectory directory = PoolDirectory.create()) {
            CodePath code = CodePath.ofThisJvm(CodePathTest.class, directory);
            assertThat(code.coppice()).isEqualTo(Coppice.ON_MODULE_PATH);
            assertThat(code.modules())
                    .contains("io.coppice.launch", "io.coppice.wire", "com.esotericsoftware.kryo.kryo5")
                    .doesNotContain("java.base", "java.management");
            assertThat(code.modulePath())
                    .allSatisfy(entry -> assertThat(Path.of(entry)).isAbsolute());
        }
    }
}
