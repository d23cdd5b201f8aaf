package io.coppice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShaToolTest {
    private static final String SUM = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                SUM + "  -\n",
                SUM + " *-\n",
                "SHA2-256(stdin)= " + SUM + "\n",
                "SHA256(stdin)= " + SUM,
                "(stdin)= " + SUM,
                "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD  -"
            })
    void theSumIsFoundInEveryToolsAnswer(String answer) {
        assertThat(ShaTool.sumIn(answer)).contains(SUM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256sum: -: Is a directory", SUM + "0  -", SUM + "\n" + SUM})
    void anAnswerWithoutExactlyOneSumHasNone(String answer) {
        assertThat(ShaTool.sumIn(answer)).isEmpty();
    }

    @Test
    void theFirstKnownToolOnThePathIsTaken() throws IOException {
        program("openssl");
        assertThat(ShaTool.on(searchPath())).hasToString("Optional[openssl dgst -sha256]");
        program("shasum");
        assertThat(ShaTool.on(searchPath())).hasToString("Optional[shasum -a 256]");
        program("sha256sum");
        assertThat(ShaTool.on(searchPath())).hasToString("Optional[sha256sum]");
    }

    @Test
    void whatCannotBeRunIsNoTool() throws IOException {
        Files.createFile(folder.resolve("sha256sum"));
        Files.createDirectory(folder.resolve("shasum"));
        assertThat(ShaTool.on(searchPath())).isEmpty();
        assertThat(ShaTool.on("")).isEmpty();
    }

    private void program(String name) throws IOException {
        assumeTrue(Files.createFile(folder.resolve(name)).toFile().setExecutable(true));
    }

    private String searchPath() {
        return folder.resolve("nowhere") + File.pathSeparator + folder;
    }
}
