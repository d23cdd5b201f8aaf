package io.coppice.demo;

import io.coppice.BrokenProcessPool;
import io.coppice.MapOptions;
import io.coppice.Outcome;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Every file of a folder read by a pool of workers, and what came of each.
 *
 * @param read the facts of those that could be read
 * @param failed a line for each that could not
 * @param elapsed from nothing, with the start of the workers, to the last result
 */
record Batch(List<FileFacts> read, List<String> failed, int workers, Duration elapsed) {
    /** Enough to keep all workers busy, however many files there are. */
    private static final int FILES_AHEAD = 1_000;

    /** @throws BrokenProcessPool if a worker died: then the other files have no facts either */
    static Batch run(Folder folder, int workers) {
        List<FileFacts> read = new ArrayList<>();
        List<String> failed = new ArrayList<>(folder.unlisted());
        long start = System.nanoTime();
        try (Progress progress = Progress.onStdout(folder.files().size(), folder.bytes());
                var pool = new ProcessPoolExecutor(workers);
                Results<FileFacts> results = pool.map(
                        FileWork::read, folder.paths(), MapOptions.defaults().buffersize(FILES_AHEAD))) {
            var files = folder.files().iterator();
            for (Outcome<FileFacts> outcome : results.outcomes()) {
                Folder.Entry file = files.next();
                if (outcome instanceof Outcome.Success<FileFacts> success) read.add(success.value());
                else failed.add(reason(file, ((Outcome.Failure<FileFacts>) outcome).exception()));
                progress.fileDone(file.bytes());
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new Batch(List.copyOf(read), List.copyOf(failed), workers, elapsed);
        }
    }

    /** The file's own failure; one of the whole pool is thrown instead. */
    private static String reason(Folder.Entry file, Throwable failure) {
        if (failure instanceof BrokenProcessPool broken) throw broken;
        if (failure instanceof CancellationException cancelled) throw cancelled;
        String text = failure.toString();
        return text.contains(file.path()) ? text : file.path() + ": " + text;
    }

    long bytes() {
        return read.stream().mapToLong(FileFacts::bytes).sum();
    }

    long gzipBytes() {
        return read.stream().mapToLong(FileFacts::gzipBytes).sum();
    }

    long workerPids() {
        return read.stream().mapToLong(FileFacts::workerPid).distinct().count();
    }
}
