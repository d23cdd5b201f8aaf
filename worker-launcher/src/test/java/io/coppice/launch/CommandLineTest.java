package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the command line tells of a JVM's options is what the JDK tells, or nothing. */
class CommandLineTest {
    private static @Nullable List<String> options(String... arguments) {
        return CommandLine.options("/jdk/bin/java\0" + String.join("\0", arguments) + "\0");
    }

    @Test
    void optionsEndBeforeTheMain() {
        assertThat(options(
                        "-Xmx1g",
                        "-Da=b c",
                        "-ea",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "Main",
                        "-Dnot=this"))
                .containsExactly("-Xmx1g", "-Da=b c", "-ea", "--add-opens=java.base/java.lang=ALL-UNNAMED");
        assertThat(options("-Da=b", "-jar", "x.jar", "-Dnot=this")).containsExactly("-Da=b");
        assertThat(options("-p", "mods", "-Da=b", "-m", "a/b.C", "-Dnot=this")).containsExactly("-Da=b");
        assertThat(options("-cp", "-strange", "-Da=", "Main", "")).containsExactly("-Da=");
        assertThat(options("-cp", "", "Main")).isEmpty();
    }

    @Test
    void whatStandsElsewhereIsNotGuessed() {
        assertThat(options("@file", "Main")).isNull();
        assertThat(options("-XX:Flags=file", "Main")).isNull();
        assertThat(options("-XX:VMOptionsFile=file", "Main")).isNull();
        assertThat(options("--add-opens", "java.base/java.lang=ALL-UNNAMED", "Main"))
                .isNull();
        assertThat(options("--source", "17", "Main.java")).isNull();
        assertThat(options("-version")).isNull();
        assertThat(options("-cp")).isNull();
        assertThat(CommandLine.options("")).isNull();
        assertThat(CommandLine.options("java\0-Da=b\0cut sho")).isNull();
    }

    /** Where it says anything at all; the JDK's list has its own forms of the class path besides. */
    @Test
    void thisJvmsCommandLineSaysWhatTheJdkSays() {
        List<String> read = CommandLine.ofThisJvm();
        if (read == null) return;
        List<String> told = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        assertThat(InheritedOptions.filter(read)).isEqualTo(InheritedOptions.filter(told));
    }
}
