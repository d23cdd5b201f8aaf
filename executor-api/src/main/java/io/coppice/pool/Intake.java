package io.coppice.pool;

import java.util.ArrayList;
import java.util.List;

/** What comes to the calls that wait: from the inbox, and from workers that give it back. Dispatcher thread only. */
final class Intake {
    private final PoolSettings settings;
    private final Inbox inbox;
    private final PendingCalls pending;
    private final Functions functions;
    private boolean cancels; // what comes from now on: shutdown has cancelled what was there

    Intake(PoolSettings settings, Inbox inbox, PendingCalls pending, Functions functions) {
        this.settings = settings;
        this.inbox = inbox;
        this.pending = pending;
        this.functions = functions;
    }

    void takeIn(Work work, Roster roster) {
        // It is lent for as long as it takes to send it, not to wait; nor to be sent again.
        boolean waits = settings.onDeath().replaces() || roster.nextIdle() == null || !pending.isEmpty();
        if (waits && work instanceof Call call) call.waits();
        Breakage broken = inbox.breakage();
        if (broken != null) {
            broken.endPending(work);
            return;
        }
        if (cancels) {
            work.cancelByPool(unstarted -> {});
            return;
        }
        try {
            pending.takeIn(work);
        } catch (Throwable noMemory) { // to queue it; what is in no place here would be lost
            new Breakage("the dispatcher failed", noMemory).endPending(work);
            throw noMemory;
        }
    }

    /** It comes before all that waits. */
    void giveBack(Work work, Deaths deaths) {
        if (cancels) {
            work.cancelByPool(unstarted -> {});
            return;
        }
        try {
            pending.putBack(work);
        } catch (Throwable noMemory) { // to queue it; and not the end before all that comes with it has a place
            Breakage breakage = new Breakage("the dispatcher failed", noMemory);
            breakage.endPending(work);
            inbox.request(() -> deaths.breakPool(breakage, List.of(), false));
        }
    }

    /** Cancels what waits, and will what comes; gives what was cancelled now. */
    List<Unstarted> cancelAll() {
        cancels = true;
        List<Unstarted> cancelled = new ArrayList<>();
        pending.drain(work -> {
            work.cancelByPool(cancelled::add);
            functions.unused(work.function);
        });
        return cancelled;
    }
}
