package io.coppice.launch;

import io.coppice.wire.Token;
import java.io.IOException;

/** Starts a pool's workers, all in the same way. Thread-safe. */
public final class WorkerLauncher {
    private final PoolDirectory directory;
    private final LaunchSettings settings;
    private final JvmCommand command;

    /** @param ofTheApi a class of the module that holds the user's function types, for its jar to be found by */
    public WorkerLauncher(PoolDirectory directory, LaunchSettings settings, Class<?> ofTheApi) {
        this.directory = directory;
        this.settings = settings;
        command = new JvmCommand(settings, CodePath.ofThisJvm(ofTheApi, directory));
    }

    /**
     * Starts a child JVM and gives it its birth certificate. Blocks for the milliseconds that starting a process takes;
     * the JVM inside it comes up later, and shows itself at the pool's socket with the token.
     */
    public WorkerProcess start(int worker, Token token) throws IOException {
        return WorkerProcess.start(directory, worker, token, settings, command);
    }
}
