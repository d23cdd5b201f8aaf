package io.coppice.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A batch job as people write them: a folder in, numbers out, and a failure costs one file, not the night's run. */
final class FilesDemo {
    private static final int FAILURES_SHOWN = 10;

    private final PrintStream out = System.out;
    private final long seed;

    /** @param seed chooses the sums that are checked */
    FilesDemo(long seed) {
        this.seed = seed;
    }

    /**
     * Runs the batch and prints what came of it.
     *
     * @return whether something could be read, and all sums that were checked agree
     */
    boolean run(Folder folder) throws InterruptedException {
        int files = folder.files().size();
        out.println("SHA-256 and gzip of every file below " + folder.root() + ": files=" + files + ", size="
                + Amounts.bytes(folder.bytes()));
        Batch batch = Batch.run(folder, Runtime.getRuntime().availableProcessors());
        print(batch);
        return !batch.read().isEmpty() && sumsAgree(batch.read());
    }

    private void print(Batch batch) {
        int read = batch.read().size();
        out.println("  read     " + read + " files, " + Amounts.bytes(batch.bytes()) + ", in "
                + Amounts.elapsed(batch.elapsed()) + " with the start of the workers");
        out.println("  speed    " + Amounts.perSecond(read, batch.elapsed()) + " files/s, "
                + Amounts.bytesPerSecond(batch.bytes(), batch.elapsed()));
        out.println("  gzip     " + Amounts.bytes(batch.bytes()) + " -> " + Amounts.bytes(batch.gzipBytes())
                + ", ratio " + Amounts.ratio(batch.bytes(), batch.gzipBytes()));
        out.println("  workers  " + batch.workers() + "; different pids that did the work: " + batch.workerPids());
        printFailed(batch.failed());
    }

    private void printFailed(List<String> failed) {
        if (failed.isEmpty()) return;
        out.println("  failed   " + failed.size() + ", each at its own cost:");
        failed.stream().limit(FAILURES_SHOWN).forEach(line -> out.println("           " + line));
        if (failed.size() > FAILURES_SHOWN) out.println("           and " + (failed.size() - FAILURES_SHOWN) + " more");
    }

    private boolean sumsAgree(List<FileFacts> read) throws InterruptedException {
        var tool = ShaTool.on(System.getenv().getOrDefault("PATH", ""));
        if (tool.isEmpty()) {
            out.println("  checked  nothing: none of sha256sum, shasum, openssl is on the PATH");
            return true;
        }
        List<FileFacts> sample = SpotCheck.choose(read, seed);
        List<String> disagreements = SpotCheck.disagreements(sample, tool.get());
        out.println("  checked  " + (sample.size() - disagreements.size()) + " of " + sample.size()
                + " sums agree with " + tool.get() + " (seed=" + seed + ")");
        disagreements.forEach(line -> out.println("           DIFFERS " + line));
        return disagreements.isEmpty();
    }

    /** The folder's files, or why there are none to work on. */
    static Folder folder(Path path) throws UnusableFolder {
        if (!Files.exists(path)) throw new UnusableFolder("there is no such folder: " + path);
        if (!Files.isDirectory(path)) throw new UnusableFolder("this is not a folder: " + path);
        Folder folder;
        try {
            folder = Folder.list(path);
        } catch (IOException failure) {
            throw new UnusableFolder("this folder cannot be listed: " + failure);
        }
        if (folder.files().isEmpty())
            throw new UnusableFolder("there is no regular file below " + path
                    + (folder.unlisted().isEmpty()
                            ? ""
                            : "; not listed: " + folder.unlisted().get(0)));
        return folder;
    }

    /** A folder this demo can do nothing with; the message is for the user. */
    static final class UnusableFolder extends Exception {
        private static final long serialVersionUID = 1;

        UnusableFolder(String message) {
            super(message);
        }
    }
}
