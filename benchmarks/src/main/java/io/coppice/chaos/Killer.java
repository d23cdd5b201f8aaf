package io.coppice.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills and stops this JVM's children at random, on a thread of its own, until it is closed. */
final class Killer implements AutoCloseable {
    private static final int MOST_PAUSE_MILLIS = 400;
    /** Younger ones are spared, mostly: a pool none of whose workers comes up breaks, as it should. */
    private static final Duration YOUNG = Duration.ofMillis(700);

    private static final int YOUNG_SPARED_OF_TEN = 9;
    private static final int MOST_STOP_MILLIS = 400;
    private static final int STOPS_ONE_IN = 5;

    private final Random random;
    private final Books books;
    private final Thread thread;
    private volatile boolean closed;

    Killer(long seed, Books books) {
        random = new Random(seed);
        this.books = books;
        thread = new Thread(this::run, "killer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(MOST_PAUSE_MILLIS));
                List<ProcessHandle> workers = ProcessHandle.current().children().toList();
                if (workers.isEmpty()) continue;
                ProcessHandle victim = workers.get(random.nextInt(workers.size()));
                if (isYoung(victim) && random.nextInt(10) < YOUNG_SPARED_OF_TEN) continue;
                if (random.nextInt(STOPS_ONE_IN) == 0) stopForAWhile(victim);
                else if (victim.destroyForcibly()) books.add(Books.Entry.KILLS, 1);
            }
        } catch (InterruptedException | IOException over) {
            // closed, or no process can be started to send a signal with: then it ends here
        }
    }

    private static boolean isYoung(ProcessHandle worker) {
        Instant start = worker.info().startInstant().orElse(Instant.MIN);
        return start.isAfter(Instant.now().minus(YOUNG));
    }

    private void stopForAWhile(ProcessHandle victim) throws InterruptedException, IOException {
        books.add(Books.Entry.STOPS, 1);
        signal("STOP", victim);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_STOP_MILLIS));
        signal("CONT", victim);
    }

    private static void signal(String name, ProcessHandle victim) throws InterruptedException, IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(victim.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
