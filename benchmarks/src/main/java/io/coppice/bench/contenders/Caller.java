package io.coppice.bench.contenders;

import io.coppice.Executor;
import io.coppice.ProcessPoolExecutor;
import io.coppice.ThreadPoolExecutor;
import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Submits the smallest call there is, in each executor's own way. */
public interface Caller extends AutoCloseable {
    Future<Long> submit(long n);

    @Override
    void close();

    /** {@code processes}, {@code threads}, {@code jdk} or {@code pp4j}. */
    static Caller named(String name, int workers) throws InterruptedException {
        return switch (name) {
            case "processes" -> ours(new ProcessPoolExecutor(workers));
            case "threads" -> ours(new ThreadPoolExecutor(workers));
            case "jdk" -> callables(Executors.newFixedThreadPool(workers));
            case "pp4j" -> callables(Pp4j.pool(workers));
            default -> throw new IllegalArgumentException("no such executor: name=" + name);
        };
    }

    private static Caller ours(Executor executor) {
        return new Caller() {
            @Override
            public Future<Long> submit(long n) {
                return executor.submit(Tiny::increment, n);
            }

            @Override
            public void close() {
                executor.close();
            }
        };
    }

    private static Caller callables(ExecutorService executor) {
        return new Caller() {
            @Override
            public Future<Long> submit(long n) {
                return executor.submit((Callable<Long> & Serializable) () -> Tiny.increment(n));
            }

            @Override
            public void close() {
                executor.shutdown();
            }
        };
    }
}
