package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a worker gets of its parent's options, and what it must not get. */
@Tag("jdk")
class InheritedOptionsTest {
    @Test
    void whatMakesCodeBehaveIsInherited() {
        List<String> inherited = List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector",
                "--enable-preview",
                "--enable-native-access=ALL-UNNAMED",
                "-ea",
                "-da:com.acme...",
                "-Xss4m",
                "-Dfile.encoding=UTF-8",
                "-Duser.language=de",
                "-Djava.library.path=/opt/lib",
                "-Dcom.acme.setting=a b");
        assertThat(InheritedOptions.filter(inherited)).isEqualTo(inherited);
    }

    /** A worker's working directory may be another one. */
    @Test
    void pathsBecomeAbsolute() {
        String here = Path.of("").toAbsolutePath().toString();
        assertThat(InheritedOptions.filter(List.of(
                        "--patch-module=com.acme=a" + File.pathSeparator + "/b",
                        "--upgrade-module-path=a",
                        "-Xbootclasspath/a:a")))
                .containsExactly(
                        "--patch-module=com.acme=" + Path.of(here, "a") + File.pathSeparator + Path.of("/b"),
                        "--upgrade-module-path=" + Path.of(here, "a"),
                        "-Xbootclasspath/a:" + Path.of(here, "a"));
    }

    @Test
    void whatBelongsToOneProcessIsNot() {
        assertThat(InheritedOptions.filter(List.of(
                        "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                        "-Xdebug",
                        "-Xrunjdwp:transport=dt_socket",
                        "-Dcom.sun.management.jmxremote.port=9010",
                        "-javaagent:/opt/jacoco.jar",
                        "-Xms8g",
                        "-Xmx8g",
                        "-XX:MaxRAMPercentage=80",
                        "-XX:+UseZGC",
                        "-XX:HeapDumpPath=/var/dumps",
                        "-XX:ErrorFile=/var/hs_err.log",
                        "-Xlog:gc:file=/var/gc.log",
                        "-XX:StartFlightRecording=filename=/var/r.jfr",
                        "-XX:SharedArchiveFile=/var/app.jsa",
                        "-XX:AOTCache=/var/app.aot",
                        "-Djava.class.path=/opt/app.jar",
                        "-Djdk.module.main=com.acme")))
                .isEmpty();
    }

    @Test
    void variablesThatJvmsReadOptionsFromAreRemoved() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Xmx1g",
                "JDK_JAVA_OPTIONS",
                "-Xmx1g",
                "_JAVA_OPTIONS",
                "-Xmx1g",
                "PATH",
                "/bin"));
        InheritedOptions.filter(environment);
        assertThat(environment).containsOnlyKeys("PATH");
    }
}
