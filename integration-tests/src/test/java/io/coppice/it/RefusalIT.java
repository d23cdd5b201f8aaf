package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.Executor;
import io.coppice.Fn1;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.Outcome;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Task;
import io.coppice.ThreadPoolExecutor;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A future or an executor does not leave its JVM: whoever tries is told where in the call it is. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class RefusalIT {
    private static final String REFUSED = "call cannot be sent to a worker: ";
    private static final String A_PROCESS_POOL = executor(ProcessPoolExecutor.class);

    private final ProcessPoolExecutor pool = new ProcessPoolExecutor(1);

    record Report(String name, Object pending) {}

    /** Reaches its pool from inside, as a service would. */
    static class Job implements Serializable {
        final Executor pool;
        private final transient Executor notSent;

        Job(Executor pool, Executor notSent) {
            this.pool = pool;
            this.notSent = notSent;
        }

        Task<Boolean> usesItsField() {
            return () -> pool != null;
        }

        Task<Boolean> isInstalled() {
            return () -> notSent == null;
        }
    }

    /** No refusal costs the pool anything. */
    @AfterEach
    void thePoolWorks() throws Exception {
        try (pool) {
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
        }
    }

    private static String future(String className) {
        return "a java.util.concurrent.Future (" + className + "): pass its result instead";
    }

    private static String executor(Class<?> type) {
        return "an executor (" + type.getName() + "), which works only in the JVM that made it:"
                + " leave it out (a transient field is not sent); a call cannot submit to the pool that runs it";
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }

    private static String lambdaIn(String method) {
        return "function " + RefusalIT.class.getName() + " (lambda in " + method + ")";
    }

    // ---- arguments ----

    @Test
    void aFutureInAnArgumentIsRefusedWhereverItIs() {
        Future<Integer> own = pool.submit(Calls::increment, 1);
        String ownClass = "io.coppice.SubmittedCall";
        assertRefused(() -> pool.submit(Calls::echo, own)).hasMessage(REFUSED + "argument 1 is " + future(ownClass));
        assertRefused(() -> pool.submit(Calls::echo, new Report("r", own)))
                .hasMessage(REFUSED + "argument 1 → Report.pending holds " + future(ownClass));
        assertRefused(() ->
                        pool.submit((Integer a, Object b) -> a, 1, Map.of("reports", List.of(1, new Report("r", own)))))
                .hasMessage(
                        REFUSED + "argument 2 → Map[\"reports\"] → List[1] → Report.pending holds " + future(ownClass));
        assertRefused(() -> pool.submit(Calls::echo, new Object[] {CompletableFuture.completedFuture(1)}))
                .hasMessage(REFUSED + "argument 1 → array[0] holds " + future(CompletableFuture.class.getName()));
    }

    @Test
    void anExecutorInAnArgumentIsRefused() {
        assertRefused(() -> pool.submit(Calls::echo, pool)).hasMessage(REFUSED + "argument 1 is " + A_PROCESS_POOL);
        try (var threads = new ThreadPoolExecutor(1)) {
            assertRefused(() -> pool.submit(Calls::echo, new Job(threads, null)))
                    .hasMessage(REFUSED + "argument 1 → Job.pool holds " + executor(ThreadPoolExecutor.class));
            Future<Integer> ofAThread = threads.submit(Calls::increment, 1);
            assertRefused(() -> pool.submit(Calls::echo, ofAThread))
                    .hasMessageContaining(future("io.coppice.ThreadCall"));
        }
    }

    @Test
    void theResultsOfAMapAreRefusedAsAWhole() {
        try (var results = pool.map(Calls::increment, List.of(1, 2))) {
            assertRefused(() -> pool.submit(Calls::echo, new Report("r", results)))
                    .hasMessage(REFUSED + "argument 1 → Report.pending holds an io.coppice.MapResults,"
                            + " which works only in the JVM that made it");
        }
    }

    // ---- functions ----

    @Test
    void whatAFunctionHasCapturedIsRefusedByItsPlace() throws Exception {
        Executor captured = pool;
        String name = "word";
        List<Object> jobs = List.of(1, new Job(pool, null));
        String here = REFUSED + lambdaIn("whatAFunctionHasCapturedIsRefusedByItsPlace");
        assertRefused(() -> pool.submit(() -> captured.submit(Calls::pid)))
                .hasMessage(here + " → captured variable 1 holds " + A_PROCESS_POOL);
        assertRefused(() -> pool.submit(() -> name + jobs))
                .hasMessage(here + " → captured variable 2 → List[1] → Job.pool holds " + A_PROCESS_POOL);
        Task<Boolean> bound = captured::isShutdown;
        assertRefused(() -> pool.submit(bound))
                .hasMessage(
                        REFUSED + "function java.util.concurrent.ExecutorService::isShutdown → captured receiver holds "
                                + A_PROCESS_POOL);
    }

    @Test
    void aFunctionThatUsesAFieldHasCapturedAllOfItsObject() throws Exception {
        assertRefused(() -> pool.submit(new Job(pool, null).usesItsField()))
                .hasMessage(REFUSED + "function " + Job.class.getName() + " (lambda in usesItsField)"
                        + " → captured this → Job.pool holds " + A_PROCESS_POOL
                        + " (the lambda uses a field or method of its object:"
                        + " make the method static, or copy the field to a local variable)");
        assertThat(pool.submit(new Job(null, pool).isInstalled()).result()).isTrue(); // transient
    }

    @Test
    void aCycleThroughAnArrayOfFunctionsIsToldAsACycle() {
        Fn1<?, ?>[] functions = new Fn1<?, ?>[1];
        Fn1<Integer, Integer> ofAll = n -> n + functions.length;
        functions[0] = ofAll; // a cycle
        assertRefused(() -> pool.submit(ofAll, 1))
                .hasMessageContaining("captured variable 1 → array[0] holds")
                .hasMessageContaining(" again, in a cycle")
                .hasMessageNotContaining("[Lio");
    }

    @Test
    void anAnonymousClassIsRefusedForWhatItHasCaptured() {
        Executor captured = pool;
        Task<Boolean> anonymous = new Task<>() {
            @Override
            public Boolean call() {
                return captured.isShutdown();
            }
        };
        assertRefused(() -> pool.submit(anonymous))
                .hasMessageContaining("function " + anonymous.getClass().getName())
                .hasMessageContaining(" holds " + A_PROCESS_POOL);
    }

    @Test
    void theFunctionOfAMapIsRefusedByMap() {
        Executor captured = pool;
        Fn1<Integer, Boolean> function = n -> captured.isShutdown();
        assertRefused(() -> pool.map(function, List.of(1, 2)))
                .hasMessageContaining("captured variable 1 holds " + A_PROCESS_POOL);
    }

    @Test
    void whatWrapsATaskInAFutureIsRefusedWithTheWayOut() {
        String wayOut = ", which wraps a task in what cannot leave this JVM: submit the task itself,"
                + " as an io.coppice.Task, and use its future's toCompletableFuture()";
        Task<Integer> task = () -> 1;
        assertRefused(() -> pool.execute(new FutureTask<>(task)))
                .hasMessage(REFUSED + "function java.util.concurrent.FutureTask" + wayOut);
        assertRefused(() -> new ExecutorCompletionService<Integer>(pool).submit(task))
                .hasMessageEndingWith(wayOut);
        assertRefused(() -> CompletableFuture.supplyAsync(() -> 1, pool)).hasMessageEndingWith(wayOut);
    }

    // ---- elsewhere ----

    @Test
    void anItemOfAMapIsRefusedAlone() {
        List<Object> items = List.of(1, new Report("r", pool), 3);
        for (int chunksize : new int[] {1, 3}) {
            List<Outcome<Object>> outcomes = new ArrayList<>();
            try (var results = pool.map((Object item) -> item, items, MapOptions.chunksize(chunksize))) {
                results.outcomes().forEach(outcomes::add);
            }
            assertThat(outcomes).extracting(Outcome::isSuccess).containsExactly(true, false, true);
            assertThat(((Outcome.Failure<Object>) outcomes.get(1)).exception())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(REFUSED + "argument 1 → Report.pending holds " + A_PROCESS_POOL);
        }
    }

    @Test
    void anInitializerIsRefusedWhenThePoolIsMade() {
        Executor captured = pool;
        assertRefused(() -> ProcessPoolExecutor.builder()
                        .initializer(() -> captured.shutdown())
                        .build())
                .hasMessage("initializer cannot be sent to a worker: "
                        + lambdaIn("anInitializerIsRefusedWhenThePoolIsMade") + " → captured variable 1 holds "
                        + A_PROCESS_POOL);
        assertRefused(() -> ProcessPoolExecutor.builder()
                        .initializer(Calls::echo, List.of(new CompletableFuture<>()))
                        .build())
                .hasMessage("initializer cannot be sent to a worker: argument 1 → List[0] holds "
                        + future(CompletableFuture.class.getName()));
    }

    @Test
    void aResultThatHoldsAFutureFailsThatCallAlone() throws Exception {
        long worker = pool.submit(Calls::pid).result();
        Future<Object> deep = pool.submit(() -> List.of(1, new Report("r", new CompletableFuture<>())));
        Future<Object> direct = pool.submit(() -> new FutureTask<>(() -> 1));
        assertThat(catchThrowable(deep::result))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageStartingWith("result of a call cannot be sent back: List[1] → Report.pending holds "
                        + future(CompletableFuture.class.getName()));
        assertThat(catchThrowable(direct::result))
                .hasMessageStartingWith(
                        "result of a call cannot be sent back: it is " + future(FutureTask.class.getName()));
        assertThat(pool.submit(Calls::pid).result()).isEqualTo(worker);
    }

    interface SerializableExecutor extends java.util.concurrent.Executor, Serializable {}

    @Test
    void anExecutorThatSaysThatItCanBeCopiedIs() throws Exception {
        SerializableExecutor direct = Runnable::run;
        Task<Integer> task = () -> {
            int[] ran = {0};
            direct.execute(() -> ran[0]++);
            return ran[0];
        };
        assertThat(pool.submit(task).result()).isEqualTo(1);
    }
}
