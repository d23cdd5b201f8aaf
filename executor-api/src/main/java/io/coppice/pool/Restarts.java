package io.coppice.pool;

import io.coppice.launch.Death;
import org.jspecify.annotations.Nullable;

/**
 * Tells a crash loop from bad luck: workers that die one after the other, and nothing comes of it in between.
 * Dispatcher thread only.
 */
final class Restarts {
    /** Workers that have not come so far as to take calls: the next one will not either. */
    static final int STARTS_IN_VAIN = 5;

    private final int runsInVain;
    private int starts;
    private int runs;

    /** @param runsInVain of workers that died of calls: each has cost one, so these may be as bad as they look */
    Restarts(int runsInVain) {
        this.runsInVain = runsInVain;
    }

    /** A worker takes calls. */
    void isReady() {
        starts = 0;
    }

    /** A call was answered. */
    void hasAnswered() {
        runs = 0;
    }

    /** @return why no other is to be started; null if one is */
    @Nullable
    String died(Death death) {
        if (death.circumstance().isBeforeCalls()) {
            if (++starts < STARTS_IN_VAIN) return null;
            return starts + " workers in a row died before they took a call, the last of them";
        }
        if (++runs < runsInVain) return null;
        return runs == 1
                ? "a worker died, and one death is enough for this pool to give up"
                : runs + " workers in a row died and no call was answered in between, the last of them";
    }
}
