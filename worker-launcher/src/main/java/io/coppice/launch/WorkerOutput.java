package io.coppice.launch;

import io.coppice.launch.OutputTarget.Source;
import java.time.Duration;

/** What a worker prints, read by two threads that end with it. Thread-safe. */
final class WorkerOutput {
    private final OutputPump stdout;
    private final OutputPump stderr;

    private WorkerOutput(OutputPump stdout, OutputPump stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** @param pool in the names of the threads */
    static WorkerOutput read(String pool, Process process, int worker, OutputTarget target, RunningCall call) {
        Source stdout = new Source(worker, process.pid(), false, call);
        Source stderr = new Source(worker, process.pid(), true, call);
        WorkerOutput output = new WorkerOutput(
                pump(OutputPipe.of(process, 1), target, stdout, pool + "-stdout-"),
                pump(OutputPipe.of(process, 2), target, stderr, pool + "-stderr-"));
        output.stdout.start();
        output.stderr.start();
        return output;
    }

    private static OutputPump pump(OutputPipe pipe, OutputTarget target, Source source, String threadPrefix) {
        return new OutputPump(pipe, target.open(source), threadPrefix + source.worker());
    }

    /** When the worker is gone, or was killed: waits until what it has printed was passed on, so long at most. */
    void finish(Duration atMost) {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        stdout.finish(deadlineNanos);
        stderr.finish(deadlineNanos);
    }

    /** The end of what came so far. */
    String stdoutTail() {
        return stdout.tail.text();
    }

    /** The same of stderr. */
    String stderrTail() {
        return stderr.tail.text();
    }
}
