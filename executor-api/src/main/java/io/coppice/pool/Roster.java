package io.coppice.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which workers there are, which of them have nothing, and whether there may be more. Dispatcher thread only. */
final class Roster {
    private final PoolSettings settings;
    private final Predicate<Worker> hasEnded;
    private final List<Worker> living = new ArrayList<>();
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();
    private int starting;

    /** @param hasEnded of one that is still here: it is being found out what of */
    Roster(PoolSettings settings, Predicate<Worker> hasEnded) {
        this.settings = settings;
        this.hasEnded = hasEnded;
    }

    // ---- how they come and go ----

    void starts(Worker worker) {
        living.add(worker);
        starting++;
    }

    void isReady(Worker worker) {
        starting--;
        worker.becomesIdle();
        isIdle(worker);
    }

    void isIdle(Worker worker) {
        idle.addLast(worker);
    }

    void isNotIdle(Worker worker) {
        idle.remove(worker);
    }

    /** Strikes a worker that has ended. */
    void remove(Worker worker) {
        if (worker.state() == Worker.State.STARTING) starting--;
        worker.dies();
        living.remove(worker);
        idle.remove(worker);
    }

    // ---- who is there ----

    boolean isEmpty() {
        return living.isEmpty();
    }

    /** A copy: what is done to a worker may end it. */
    List<Worker> living() {
        return List.copyOf(living);
    }

    /** Those there are, at any time. */
    Collection<Worker> livingNow() {
        return Collections.unmodifiableCollection(living);
    }

    /**
     * The one that became idle last, which is to get something: its caches are warm, and the others may be let go. Null if
     * there is none, or as many as may work at a time have something. One that was condemned for a call which has ended
     * since gets nothing until it has said whether it goes on.
     */
    @Nullable
    Worker nextIdle() {
        if (idle.isEmpty() || allAreBusy()) return null;
        for (Iterator<Worker> latest = idle.descendingIterator(); latest.hasNext(); ) {
            Worker worker = latest.next();
            if (!worker.stopwatch.isLastCall()) return worker;
        }
        return null;
    }

    private boolean allAreBusy() {
        if (settings.spareWorkers() == 0 && living.size() <= settings.maxWorkers()) return false;
        int busy = 0;
        for (Worker worker : living) if (worker.state() == Worker.State.BUSY && !worker.stopwatch.isSentenced()) busy++;
        return busy >= settings.maxWorkers();
    }

    /** Of those that should have more calls on this function the one with the least to do; null if all have enough. */
    @Nullable
    Worker nextWithRoom(PoolFunction function) {
        Worker next = null;
        for (Worker worker : living) {
            if (hasEnded.test(worker)) continue;
            if (worker.state() == Worker.State.IDLE) continue; // a spare one, where enough are busy
            if (worker.room(function, settings.maxTasksPerChild()) <= 0) continue;
            if (next == null || worker.handed.nanosLeft() < next.handed.nanosLeft()) next = worker;
        }
        return next;
    }

    // ---- one for another ----

    /** One that waits for its successor, if that is up; null if there is none. */
    @Nullable
    Worker nextToGo() {
        for (Worker worker : idle) if (worker.retirement.waitsForAnother() && hasSuccessor(worker)) return worker;
        return null;
    }

    /** Whether another one is up that has nothing. */
    boolean hasSuccessor(Worker worker) {
        for (Worker other : idle) if (other != worker && !other.retirement.waitsForAnother()) return true;
        return false;
    }

    // ---- whether there may be more ----

    int startingCount() {
        return starting;
    }

    /**
     * How many more may be started. One that leaves, or takes no more calls, makes room at once, so that its successor
     * comes up meanwhile; but where many leave slowly there are never more than twice as many as allowed.
     */
    int room() {
        int allowed = settings.maxWorkers() + settings.spareWorkers();
        int staying = 0;
        for (Worker worker : living) if (worker.stays(settings.maxTasksPerChild())) staying++;
        return Math.min(allowed - staying, 2 * allowed - living.size());
    }

    /** How many more are to be started for there to be spare ones, besides those that the calls need. */
    int missingSpares() {
        int spare = settings.spareWorkers();
        if (spare == 0) return 0;
        int unused = idle.size() + starting;
        return Math.min(room(), spare - unused);
    }
}
