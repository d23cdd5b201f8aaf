package io.coppice.demo;

import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Kills a worker in mid-call and shows what everybody is told: nobody waits for ever, and this JVM lives on. */
final class CrashDemo {
    private static final int WORKERS = 2;
    private static final int CALLS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> surprises = new ArrayList<>();

    /** @return whether it went as documented */
    boolean run() throws IOException, InterruptedException, TimeoutException {
        Path folder = Files.createTempDirectory("coppice-demo");
        try {
            long survivor = killOneOfTwo(folder);
            if (ProcessHandle.of(survivor).map(ProcessHandle::isAlive).orElse(false))
                surprises.add("the other worker outlived its pool: pid=" + survivor);
        } finally {
            delete(folder);
        }
        if (surprises.isEmpty())
            System.out.println("as documented: every future told why, nobody waited for ever, no worker is left,"
                    + " and this JVM is alive");
        surprises.forEach(surprise -> System.out.println("NOT AS DOCUMENTED: " + surprise));
        return surprises.isEmpty();
    }

    /** Returns the pid of the worker that was not killed; it is gone when this returns. */
    private long killOneOfTwo(Path folder) throws IOException, InterruptedException, TimeoutException {
        try (var pool = new ProcessPoolExecutor(WORKERS)) {
            List<Future<Long>> futures = new ArrayList<>();
            for (int call = 1; call <= CALLS; call++) futures.add(pool.submit(LongCall::run, folder.toString(), call));
            long victim = LongCall.awaitPid(folder, 1, PATIENCE);
            long survivor = LongCall.awaitPid(folder, 2, PATIENCE);
            System.out.println(CALLS + " long calls on " + WORKERS + " workers: call 1 runs in pid " + victim
                    + ", call 2 in pid " + survivor + ", the others wait\n");
            System.out.println("$ kill -9 " + victim + "\n");
            kill(victim);
            for (int call = 1; call <= CALLS; call++) show(call, futures.get(call - 1), victim);
            showSubmitOn(pool, folder);
            return survivor;
        }
    }

    private static void kill(long pid) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-9", Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) throw new IOException("kill failed: pid=" + pid + ", exit=" + exit);
    }

    private void show(int call, Future<Long> future, long victim) throws InterruptedException {
        Optional<Throwable> failure;
        try {
            failure = Optional.ofNullable(future.exception(PATIENCE));
        } catch (CancellationException | TimeoutException unexpected) {
            failure = Optional.of(unexpected);
        }
        System.out.println("call " + call + ": " + failure.map(CrashDemo::told).orElse("a result") + "\n");
        if (!(failure.orElse(null) instanceof BrokenProcessPool broken))
            surprises.add("call " + call + " should have ended with BrokenProcessPool");
        else if (!String.valueOf(broken.getMessage()).contains("pid=" + victim))
            surprises.add("call " + call + " was not told which worker died: pid=" + victim);
    }

    private void showSubmitOn(ProcessPoolExecutor broken, Path folder) {
        try {
            broken.submit(LongCall::run, folder.toString(), CALLS + 1);
            surprises.add("a broken pool has accepted another call");
        } catch (BrokenProcessPool refused) {
            System.out.println("a new submit: " + told(refused) + "\n");
        }
    }

    private static String told(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
