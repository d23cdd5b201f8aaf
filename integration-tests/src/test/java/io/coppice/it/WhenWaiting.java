package io.coppice.it;

/** Runs an action as soon as the thread that made this waits for something. */
final class WhenWaiting implements AutoCloseable {
    private final Thread actor;

    WhenWaiting(Runnable action) {
        Thread waiter = Thread.currentThread();
        actor = new Thread(() -> {
            while (waiter.getState() != Thread.State.WAITING && waiter.getState() != Thread.State.TIMED_WAITING)
                Thread.onSpinWait();
            action.run();
        });
        actor.setDaemon(true);
        actor.start();
    }

    /** The action is over. */
    @Override
    public void close() throws InterruptedException {
        actor.join();
    }
}
