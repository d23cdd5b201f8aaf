package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Future;
import io.coppice.OnWorkerDeath;
import io.coppice.Output;
import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import io.coppice.it.Saboteur.Deed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to fail, at every place, under every policy: what the caller of the failing call sees, what one behind it,
 * and what becomes of the pool. docs/failure-model.md has exactly these rows.
 */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class FailureGridIT {
    private static final Path DOCUMENT = Path.of("..", "docs", "failure-model.md");

    private enum Place {
        ENCODE_CALL("encoding the call"),
        DECODE_CALL("decoding the call"),
        RUN("running it"),
        ENCODE_RESULT("encoding the result"),
        DECODE_RESULT("decoding the result");

        final String words;

        Place(String words) {
            this.words = words;
        }

        boolean isInWorker() {
            return this != ENCODE_CALL && this != DECODE_RESULT;
        }
    }

    private enum Failure {
        EXCEPTION("an exception", Deed.EXCEPTION),
        EXIT("System.exit", Deed.EXIT),
        CRASH("a crash", Deed.HALT);

        final String words;
        final Deed deed;

        Failure(String words, Deed deed) {
            this.words = words;
            this.deed = deed;
        }
    }

    record Cell(Failure failure, Place place, OnWorkerDeath policy) {
        @Override
        public String toString() {
            return failure.words + ", " + place.words + ", " + policy;
        }
    }

    /** In the parent only exceptions: an exit there is the end of the program, and of its workers. */
    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Place place : Place.values())
            for (Failure failure : Failure.values())
                for (OnWorkerDeath policy :
                        List.of(OnWorkerDeath.breakPool(), OnWorkerDeath.replace(), OnWorkerDeath.retry(1)))
                    if (place.isInWorker() || failure == Failure.EXCEPTION) cells.add(new Cell(failure, place, policy));
        return cells;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theDocumentTellsWhatHappens(Cell cell) throws Exception {
        String row =
                "| %s | %s | `%s` | %s |".formatted(cell.place.words, cell.failure.words, cell.policy, observed(cell));
        assertThat(Files.readString(DOCUMENT)).contains(row);
    }

    private static String observed(Cell cell) throws Exception {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .onWorkerDeath(cell.policy)
                .context(WorkerContext.spawn().output(Output.DISCARD))
                .build()) {
            long worker = pool.submit(Calls::pid).result();
            Future<?> failing;
            try {
                failing = submit(pool, cell);
            } catch (IllegalArgumentException refused) {
                return "`submit` throws IllegalArgumentException | " + rest(pool, worker, null);
            }
            Future<Integer> next = pool.submit(Calls::increment, 1);
            Throwable failure = failing.exception();
            return (failure == null ? "a result" : failure.getClass().getSimpleName()) + " | "
                    + rest(pool, worker, next);
        }
    }

    private static Future<?> submit(ProcessPoolExecutor pool, Cell cell) {
        Deed deed = cell.failure.deed;
        return switch (cell.place) {
            case ENCODE_CALL -> pool.submit(Calls::echo, Saboteur.whenWritten(deed));
            case DECODE_CALL -> pool.submit(Calls::echo, Saboteur.whenRead(deed));
            case RUN -> pool.submit(() -> Saboteur.commit(deed, "fails on purpose"));
            case ENCODE_RESULT -> pool.submit(() -> Saboteur.whenWritten(deed));
            case DECODE_RESULT -> pool.submit(() -> Saboteur.whenRead(deed));
        };
    }

    /** What becomes of the next call, and of the pool. */
    private static String rest(ProcessPoolExecutor pool, long worker, @Nullable Future<?> next) throws Exception {
        Throwable nextFailed = next == null ? null : next.exception();
        String ofNext = nextFailed == null ? "a result" : nextFailed.getClass().getSimpleName();
        try {
            boolean isSame = pool.submit(Calls::pid).result() == worker;
            return ofNext + " | " + (isSame ? "goes on, same worker" : "goes on, another worker");
        } catch (RejectedExecutionException broken) {
            return ofNext + " | is broken";
        }
    }
}
