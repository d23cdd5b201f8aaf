package io.coppice.it;

import io.coppice.Executor;
import io.coppice.ProcessPoolExecutor;

class ProcessPoolContractIT extends ExecutorContract {
    @Override
    Executor newExecutor() {
        return new ProcessPoolExecutor(WORKERS);
    }
}
