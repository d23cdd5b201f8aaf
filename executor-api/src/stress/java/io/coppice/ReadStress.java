package io.coppice;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Whoever reads a future while another thread ends it. */
public final class ReadStress {
    private ReadStress() {}

    @JCStressTest
    @Description("Two snapshots while the result is set")
    @Outcome(id = "open, open", expect = ACCEPTABLE, desc = "Both were taken before the end.")
    @Outcome(id = "open, returned", expect = ACCEPTABLE, desc = "The end came between them.")
    @Outcome(id = "returned, returned", expect = ACCEPTABLE, desc = "Both were taken after the end.")
    @Outcome(id = "returned, open", expect = FORBIDDEN, desc = "What has ended has ended.")
    @Outcome(id = ".*torn.*", expect = FORBIDDEN, desc = "Done without its result, or a result of what is not done.")
    @State
    public static class SnapshotsOfAResult {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void run() {
            promise.tryStart();
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void read(LL_Result r) {
            r.r1 = Seen.in(promise.snapshot());
            r.r2 = Seen.in(promise.snapshot());
        }
    }

    @JCStressTest
    @Description("Two snapshots while the future is cancelled and its executor notices")
    @Outcome(id = "open, open", expect = ACCEPTABLE, desc = "Both were taken before the cancel.")
    @Outcome(id = "open, cancelled", expect = ACCEPTABLE, desc = "The cancel came between them.")
    @Outcome(id = "cancelled, cancelled", expect = ACCEPTABLE, desc = "Both were taken after the cancel.")
    @Outcome(id = "cancelled, open", expect = FORBIDDEN, desc = "What has ended has ended.")
    @Outcome(id = ".*torn.*", expect = FORBIDDEN, desc = "Cancelled and not done, or cancelled with a result.")
    @State
    public static class SnapshotsOfACancel {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void cancel() {
            promise.cancel();
            promise.tryStart();
        }

        @Actor
        public void read(LL_Result r) {
            r.r1 = Seen.in(promise.snapshot());
            r.r2 = Seen.in(promise.snapshot());
        }
    }

    @JCStressTest
    @Description("A plain field written before setResult, read by who sees the future done")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "It sees the end, and with it the field.")
    @Outcome(id = "false, [01]", expect = ACCEPTABLE, desc = "It does not see the end; the field is anybody's guess.")
    @Outcome(id = "true, 0", expect = FORBIDDEN, desc = "It sees the end, but not what was written before it.")
    @State
    public static class DonePublishes {
        private final Promise<String> promise = new Promise<>();
        private int plain;

        @Actor
        public void write() {
            plain = 1;
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void read(ZI_Result r) {
            r.r1 = promise.isDone();
            r.r2 = plain;
        }
    }

    /** A result whose field is not final. */
    private static final class Counted {
        private int count;

        Counted(int count) {
            this.count = count;
        }
    }

    @JCStressTest
    @Description("A result is published whole")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "It gets the result as it was made.")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "There is no result yet.")
    @Outcome(id = "true, 0", expect = FORBIDDEN, desc = "It gets the result before its fields.")
    @State
    public static class ResultIsWhole {
        private final Promise<Counted> promise = new Promise<>();

        @Actor
        public void make() {
            promise.setResult(new Counted(1));
        }

        @Actor
        public void read(ZI_Result r) {
            Counted result = promise.snapshot().result();
            r.r1 = result != null;
            r.r2 = result == null ? 0 : result.count;
        }
    }

    @JCStressTest
    @Description("Two threads read an outcome that nobody has looked at")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "One has read it, and both have what it read.")
    @Outcome(id = "true, 2", expect = ACCEPTABLE, desc = "Both have read it, and both have what one of them read.")
    @Outcome(id = "false, .*", expect = FORBIDDEN, desc = "Each has an object of its own.")
    @State
    public static class UnreadResult {
        private final AtomicInteger reads = new AtomicInteger();
        private final Promise<Object> promise = new Promise<>();
        private @Nullable Object one;
        private @Nullable Object other;

        public UnreadResult() {
            promise.endUnread(() -> new Counted(reads.incrementAndGet()));
        }

        @Actor
        public void readOne() {
            one = promise.snapshot().result();
        }

        @Actor
        public void readOther() {
            other = promise.snapshot().result();
        }

        @Arbiter
        public void after(ZI_Result r) {
            r.r1 = one != null && one == other && one == promise.snapshot().result();
            r.r2 = reads.get();
        }
    }

    @JCStressTest
    @Description("Two threads read a failure that nobody has looked at")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "One has read it, and both have what it read.")
    @Outcome(id = "true, 2", expect = ACCEPTABLE, desc = "Both have read it, and both have what one of them read.")
    @Outcome(id = "false, .*", expect = FORBIDDEN, desc = "Each has an exception of its own.")
    @State
    public static class UnreadFailure {
        private final AtomicInteger reads = new AtomicInteger();
        private final Promise<Object> promise = new Promise<>();
        private @Nullable Throwable one;
        private @Nullable Throwable other;

        public UnreadFailure() {
            promise.endUnread(() -> {
                throw new IllegalStateException("read " + reads.incrementAndGet());
            });
        }

        @Actor
        public void readOne() {
            one = promise.snapshot().exception();
        }

        @Actor
        public void readOther() {
            other = promise.snapshot().exception();
        }

        @Arbiter
        public void after(ZI_Result r) {
            r.r1 = one != null && one == other && one == promise.snapshot().exception();
            r.r2 = reads.get();
        }
    }
}
