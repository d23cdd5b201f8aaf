package io.coppice.launch;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.Token;
import io.coppice.worker.ExitNote;
import io.coppice.worker.Offspring;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One child JVM, from its start to its end. Its stdin is held open as its lifeline: when the parent is gone, however,
 * the child reads the end of it and halts. What its calls have started ends with it, unless it leaves by itself: then
 * that may be a daemon that somebody wants. Thread-safe.
 */
public final class WorkerProcess {
    /** From its exit, or from SIGKILL, until what it has printed was passed on. */
    private static final Duration OUTPUT_ENDS_WITHIN = Duration.ofSeconds(1);

    private final PoolDirectory poolDirectory;
    private final WorkerFiles files;
    private final Process process;
    private final WorkerOutput output;
    private final RunningCall call;
    private final String mark;

    private volatile boolean leaves; // set by whoever has read its goodbye
    private volatile boolean killed; // set by any thread, before it kills

    private WorkerProcess(
            PoolDirectory poolDirectory,
            WorkerFiles files,
            Process process,
            WorkerOutput output,
            RunningCall call,
            String mark) {
        this.call = call;
        this.poolDirectory = poolDirectory;
        this.files = files;
        this.process = process;
        this.mark = mark;
        this.output = output;
    }

    /** Starts the process, which waits for {@link #tellBirth}. */
    static WorkerProcess start(
            String pool, PoolDirectory poolDirectory, int worker, LaunchSettings settings, JvmCommand command)
            throws IOException {
        WorkerFiles files = new WorkerFiles(poolDirectory.createWorkerDirectory(worker), settings);
        String mark = PoolDirectory.markOf(files.folder());
        Process process = null;
        try {
            ProcessBuilder builder = new ProcessBuilder(command.writtenTo(files));
            Map<String, String> environment = builder.environment();
            InheritedOptions.filter(environment);
            environment.putAll(settings.environment());
            environment.put(Offspring.MARK, mark);
            NestedPools.hand(environment, settings.nestedPools());
            if (settings.directory() != null)
                builder.directory(settings.directory().toFile());
            process = builder.start();
            RunningCall call = new RunningCall(files.folder());
            WorkerOutput output = WorkerOutput.read(pool, process, worker, settings.output(), call);
            return new WorkerProcess(poolDirectory, files, process, output, call, mark);
        } catch (IOException | RuntimeException | Error failed) {
            if (process != null) process.destroyForcibly(); // no thread could be started for what it prints
            poolDirectory.deleteWorkerDirectory(files.folder());
            throw failed;
        }
    }

    /** Before {@link #tellBirth}. @param names given a turn, or -1 if none was noted, its call's name, if that is known */
    void callsAreNamed(LongFunction<@Nullable String> names) {
        call.areNamed(names);
    }

    /** Gives it its birth certificate: it connects to the pool's socket, which must be there by now. */
    void tellBirth(Token token) {
        tell(new Frame.Birth(token, poolDirectory.socket().toString()));
    }

    public long pid() {
        return process.pid();
    }

    /** The exit code, once the process has ended. Does not wait. */
    public OptionalInt exitCode() {
        try {
            return OptionalInt.of(process.exitValue());
        } catch (IllegalThreadStateException stillRuns) {
            return OptionalInt.empty();
        }
    }

    /** Waits for the end, so long at most. */
    void awaitExit(Duration atMost) {
        try {
            process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException endAtOnce) {
            // it was killed, and will be gone
        }
    }

    /**
     * Calls back once, with the exit code, when the process has ended; on a thread of the JDK's common pool, and so late
     * where user code keeps those busy.
     */
    public void onExit(IntConsumer callback) {
        process.onExit().thenAccept(ended -> callback.accept(ended.exitValue()));
    }

    /** Asks the process to end (SIGTERM); its shutdown hooks run. (Process.destroy would end the lifeline, and so them.) */
    public void terminate() {
        process.toHandle().destroy();
    }

    /**
     * Ends the process at once (SIGKILL). What its calls have started is ended by {@link #cleanUp}; here, where it cannot
     * be found any more afterwards.
     */
    public void kill() {
        if (process.isAlive()) killed = true;
        List<ProcessHandle> offspring =
                Offspring.isMarkLegible() ? List.of() : process.descendants().toList();
        process.destroyForcibly();
        offspring.forEach(ProcessHandle::destroyForcibly);
    }

    /** As {@link #kill} for all of them, and what their calls have started ends at once, too. */
    public static void killAll(Collection<WorkerProcess> workers) {
        Set<String> marks = new HashSet<>();
        for (WorkerProcess worker : workers) {
            worker.kill();
            if (worker.killed) marks.add(worker.mark);
        }
        if (!marks.isEmpty()) Offspring.kill(marks);
    }

    /** Interrupts the calls whose first turn is one of these, if the worker has them. Does not wait for the worker. */
    public void interrupt(long first, long last) {
        tell(new Frame.Interrupt(first, last));
    }

    /**
     * Asks the worker to give back what it has not begun of these turns, {@code upTo} the last it was sent, and to send
     * the outcomes it has. Does not wait for the worker. One at a time: what is told and not read must fit a pipe.
     */
    public void recall(long upTo, long from) {
        tell(new Frame.Recall(upTo, from));
    }

    /** Interrupts this one item, if the worker is in its function. Does not wait for the worker. */
    public void hurry(long turn) {
        tell(new Frame.Hurry(turn));
    }

    /** Asks the worker to begin nothing else if it is still in this item, and where it is. Does not wait for it. */
    public void condemn(long turn) {
        tell(new Frame.Condemn(turn));
    }

    /** Bytes of memory that the process has in use; 0 if the system does not tell. */
    public long residentBytes() {
        try (BufferedReader status = new BufferedReader(
                new InputStreamReader(new FileInputStream("/proc/" + pid() + "/status"), StandardCharsets.US_ASCII))) {
            for (String line = status.readLine(); line != null; line = status.readLine())
                if (line.startsWith("VmRSS:")) return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        } catch (IOException | NumberFormatException unknown) {
            // not Linux, or it has just ended
        }
        return 0;
    }

    /** The worker's folder, until {@link #cleanUp}. */
    public Path directory() {
        return files.folder();
    }

    /** It has said goodbye: to end its lifeline is a sign to go on. */
    public void letGo() {
        leaves = true;
        closeQuietly(process.getOutputStream());
    }

    /** When the process is gone, or was killed: waits until what it has printed was passed on, so long at most. */
    public void passOutputOn(Duration atMost) {
        output.finish(atMost);
    }

    /** When the process is gone: what it has left. Takes milliseconds, or a second where its output is not taken. */
    public Evidence examine() {
        passOutputOn(OUTPUT_ENDS_WITHIN);
        Path written = files.crashFile(pid());
        CrashFile crash = CrashFile.read(written, pid());
        Path kept = crash == null ? null : files.keep(written, pid());
        return new Evidence(
                crash, kept, ExitNote.read(files.folder().toFile()), output.stdoutTail(), output.stderrTail());
    }

    /** What is left to do when the process is gone. Reads the environment of every process, if it did not leave. */
    public void cleanUp() {
        closeQuietly(process.getOutputStream());
        if (killed || !leaves) Offspring.kill(Set.of(mark));
        passOutputOn(OUTPUT_ENDS_WITHIN);
        poolDirectory.deleteWorkerDirectory(files.folder());
    }

    /** What is said here is smaller than a pipe's buffer: this never waits for the child to read. */
    private void tell(Frame frame) {
        OutputStream stdin = process.getOutputStream();
        try {
            new FrameEncoder((bytes, offset, length, given) -> stdin.write(bytes, offset, length)).encode(frame);
            stdin.flush();
        } catch (IOException alreadyDead) {
            // then its exit code tells more than this would
        }
    }

    private static void closeQuietly(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException alreadyGone) {
            // what could not be flushed has no reader
        }
    }
}
