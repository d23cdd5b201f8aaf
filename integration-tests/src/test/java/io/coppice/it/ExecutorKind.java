package io.coppice.it;

import io.coppice.Action;
import io.coppice.BrokenExecutor;
import io.coppice.BrokenProcessPool;
import io.coppice.BrokenThreadPool;
import io.coppice.Executor;
import io.coppice.ProcessPoolExecutor;
import io.coppice.ThreadPoolExecutor;

/** The executors that the contract is run over. */
enum ExecutorKind {
    THREADS(BrokenThreadPool.class) {
        @Override
        Executor create(int workers) {
            return new ThreadPoolExecutor(workers);
        }

        @Override
        Executor create(int workers, Action initializer) {
            return ThreadPoolExecutor.builder()
                    .maxWorkers(workers)
                    .initializer(initializer)
                    .build();
        }
    },
    PROCESSES(BrokenProcessPool.class) {
        @Override
        Executor create(int workers) {
            return new ProcessPoolExecutor(workers);
        }

        @Override
        Executor create(int workers, Action initializer) {
            return ProcessPoolExecutor.builder()
                    .maxWorkers(workers)
                    .initializer(initializer)
                    .build();
        }
    };

    /** What its callers get when it is broken. */
    final Class<? extends BrokenExecutor> broken;

    ExecutorKind(Class<? extends BrokenExecutor> broken) {
        this.broken = broken;
    }

    /** Starts nothing until the first call. */
    abstract Executor create(int workers);

    abstract Executor create(int workers, Action initializer);
}
