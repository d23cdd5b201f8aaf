package io.coppice.pool;

import io.coppice.launch.PoolDirectory;
import io.coppice.launch.WorkerLauncher;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the dispatcher's thread has made that must not outlive the JVM: processes and files. That thread says what there
 * is, the exit hook's ends it. Each says first what it does and looks then at what the other has said, so one of the
 * two ends what is made while the JVM ends.
 */
final class AtExit {
    private volatile @Nullable PoolDirectory directory;
    private volatile @Nullable WorkerLauncher launcher;
    private volatile @Nullable Workers workers;
    private volatile boolean jvmIsEnding;

    /** None is made that the exit hook does not see: it would be left behind. */
    synchronized PoolDirectory makeDirectory() throws IOException {
        if (jvmIsEnding) throw new IOException("the JVM is ending");
        PoolDirectory made = PoolDirectory.create();
        directory = made;
        return made;
    }

    /** Before it starts anything. */
    void has(WorkerLauncher launcher) {
        this.launcher = launcher;
        if (jvmIsEnding) launcher.killAhead();
    }

    /** Before it starts anything. */
    void has(Workers workers) {
        this.workers = workers;
        if (jvmIsEnding) workers.killProcesses();
    }

    boolean jvmIsEnding() {
        return jvmIsEnding;
    }

    /** On the exit hook's thread: the workers end with the JVM, at once, and nothing of the pool stays on disk. */
    void end() {
        synchronized (this) {
            jvmIsEnding = true;
        }
        Workers workers = this.workers;
        if (workers != null) workers.killProcessesAtExit();
        WorkerLauncher launcher = this.launcher;
        if (launcher != null) launcher.killAhead();
        PoolDirectory directory = this.directory;
        if (directory != null) directory.close();
    }
}
