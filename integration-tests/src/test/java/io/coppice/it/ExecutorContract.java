package io.coppice.it;

import io.coppice.Executor;
import io.coppice.Future;
import io.coppice.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What both executors promise: each subclass is a part of the contract and runs over both. A tag such as {@code W04} names
 * the rule of Python's own test suite that a test stands for; docs/python-parity.md lists them.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ExecutorKind.class)
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
abstract class ExecutorContract {
    static final int WORKERS = 2;

    @Parameter
    ExecutorKind kind;

    @TempDir
    Path temporary;

    /** Has started nothing yet. */
    Executor executor;

    /** Lets the calls of {@link #occupyAllWorkers} go; opened at the end of each test. */
    Latch release;

    @BeforeEach
    void makeExecutor() {
        executor = kind.create(WORKERS);
        release = latch("release");
    }

    @AfterEach
    void closeExecutor() {
        release.open();
        executor.close();
    }

    final Latch latch(String name) {
        return Latch.in(temporary, name);
    }

    /** Keeps every worker busy until {@link #release} is open; returns when all are. */
    final List<Future<Long>> occupyAllWorkers() {
        List<Future<Long>> occupying = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++)
            occupying.add(executor.submit(Calls::pidWhen, latch("occupied-" + i), release));
        for (int i = 0; i < WORKERS; i++) latch("occupied-" + i).await();
        return occupying;
    }

    /** Says that it runs, then waits for {@link #release}. */
    final Callable<Long> blocking(String name) {
        Latch started = latch(name);
        Latch gate = release;
        Task<Long> blocking = () -> Calls.pidWhen(started, gate);
        return blocking;
    }

    static <T> List<T> list(Iterable<T> results) {
        List<T> list = new ArrayList<>();
        results.forEach(list::add);
        return list;
    }
}
