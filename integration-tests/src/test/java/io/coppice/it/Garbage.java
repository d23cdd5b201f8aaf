package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;

/** What nobody holds any more can be collected. */
final class Garbage {
    private Garbage() {}

    /** Collects garbage until this is gone; fails if something holds it. */
    static void awaitCollected(WeakReference<?> reference) {
        awaitCollected(List.of(reference));
    }

    /** Collects garbage until all these are gone. */
    static void awaitCollected(List<? extends WeakReference<?>> references) {
        await().atMost(Delays.LONG).pollDelay(Duration.ZERO).untilAsserted(() -> {
            if (isHeld(references)) System.gc();
            assertThat(isHeld(references)).as("held").isFalse();
        });
    }

    private static boolean isHeld(List<? extends WeakReference<?>> references) {
        return references.stream().anyMatch(each -> each.get() != null);
    }
}
