package io.coppice.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The contract in the real {@code jshell} tool. */
@Tag("long") // CI has it through the API
class JShellToolContractIT extends JShellContract {
    @Override
    JShellSession open(Path temporary) throws Exception {
        return JShellTool.start(temporary, "concise");
    }

    @Override
    String temporaryVariable() throws Exception {
        String variables = session.type("/vars");
        int name = variables.lastIndexOf('$');
        return variables.substring(name).split(" ")[0];
    }
}
