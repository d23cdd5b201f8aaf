package io.coppice.it;

import io.coppice.Executor;
import io.coppice.ThreadPoolExecutor;

class ThreadPoolContractTest extends ExecutorContract {
    @Override
    Executor newExecutor() {
        return new ThreadPoolExecutor(WORKERS);
    }
}
