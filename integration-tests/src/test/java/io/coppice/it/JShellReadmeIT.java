package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The session that the README shows, typed into the real tool: it answers as it says there. */
@Tag("jdk")
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class JShellReadmeIT {
    private static final Path README = Path.of(System.getProperty("coppice.repository", ".."), "README.md");
    private static final Pattern TRANSCRIPT = Pattern.compile("(?ms)^```jshell\\n(.*?)^```$");

    @Test
    void theSessionOfTheReadmeAnswersAsItSays(@TempDir Path temporary) throws Exception {
        Matcher transcript = TRANSCRIPT.matcher(Files.readString(README));
        assertThat(transcript.find()).isTrue();
        String[] turns = transcript.group(1).split("(?m)^jshell> ");
        assertThat(turns).hasSizeGreaterThan(10);
        try (JShellTool session = JShellTool.start(temporary, "normal")) {
            for (String turn : List.of(turns).subList(1, turns.length)) {
                String[] typedAndAnswer = turn.split("\n", 2);
                assertThat(session.type(typedAndAnswer[0]).lines())
                        .as(typedAndAnswer[0])
                        .filteredOn(line -> !line.isBlank())
                        .containsExactlyElementsOf(typedAndAnswer[1]
                                .lines()
                                .filter(line -> !line.isBlank())
                                .toList());
            }
        }
    }
}
