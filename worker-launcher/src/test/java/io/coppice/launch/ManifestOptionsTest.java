package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** What an executable jar asks the JVM for, its workers' JVMs get too. */
class ManifestOptionsTest {
    @Test
    void whatTheManifestOpensIsOpenInAWorker() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Add-Opens", "java.base/java.lang  java.base/java.util");
        attributes.putValue("Add-Exports", "java.base/sun.nio.ch");
        attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
        assertThat(ManifestOptions.of(manifest, 22))
                .containsExactly(
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED");
        assertThat(ManifestOptions.of(manifest, 21)).noneMatch(option -> option.startsWith("--enable"));
    }

    @Test
    void aPlainManifestSaysNothing() {
        assertThat(ManifestOptions.of(new Manifest(), 25)).isEmpty();
    }

    /** These tests are not run by -jar. */
    @Test
    void withoutAnExecutableJarThereIsNone() {
        assertThat(ManifestOptions.ofThisJvm()).isEmpty();
    }
}
