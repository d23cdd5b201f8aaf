package io.coppice;

/** Which worker has run this. It takes a moment, so that several of them are run by several workers. */
record WorkerPid() implements Task<Long> {
    private static final int MOMENT_MILLIS = 3;

    @Override
    public Long call() throws InterruptedException {
        Thread.sleep(MOMENT_MILLIS);
        return ProcessHandle.current().pid();
    }
}
