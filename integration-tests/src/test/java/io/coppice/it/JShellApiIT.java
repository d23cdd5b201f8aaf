package io.coppice.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The contract through the API, with snippets in a JVM of JShell's own: only JShell's loader knows Coppice there. */
@Tag("jdk")
@Tag("newest")
class JShellApiIT extends JShellContract {
    @Override
    JShellSession open(Path temporary) {
        return JShellApi.remote("-Djava.io.tmpdir=" + temporary);
    }

    @Override
    String temporaryVariable() {
        var names = ((JShellApi) session).variables();
        return names.stream().filter(name -> name.startsWith("$")).reduce("", (first, later) -> later);
    }
}
