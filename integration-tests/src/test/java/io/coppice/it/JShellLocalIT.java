package io.coppice.it;

import java.nio.file.Path;

/** The contract through the API, with snippets in this JVM: JShell redefines nothing in place there. */
class JShellLocalIT extends JShellContract {
    @Override
    JShellSession open(Path temporary) {
        return JShellApi.local();
    }

    @Override
    String temporaryVariable() {
        var names = ((JShellApi) session).variables();
        return names.stream().filter(name -> name.startsWith("$")).reduce("", (first, later) -> later);
    }
}
