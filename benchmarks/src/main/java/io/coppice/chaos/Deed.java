package io.coppice.chaos;

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import sun.misc.Unsafe;

/** What a call does in its worker, after it has noted in the ledger that it runs. */
enum Deed {
    QUICK,
    BUSY,
    SLEEP,
    THROW,
    OUT_OF_MEMORY,
    /** Heeds no interrupt. Only with a time limit, or to be cancelled. */
    SPIN,
    HALT,
    EXIT,
    SEGV;

    /** Whether its worker dies of it. */
    boolean kills() {
        return this == HALT || this == EXIT || this == SEGV;
    }

    /** What the call returns. */
    static long answer(long id) {
        return id * 31 + 7;
    }

    /** Runs in a worker. */
    static long run(long id, String ledger, Deed deed) throws Exception {
        note(id, ledger);
        deed.act(id);
        return answer(id);
    }

    /** Runs in a worker: an argument and a result of megabytes. */
    static double[] echo(double[] values, long id, String ledger) throws IOException {
        note(id, ledger);
        values[0] = answer(id);
        return values;
    }

    /** One write to the end of the file: it is there whole, whatever happens next, or not at all. */
    private static void note(long id, String ledger) throws IOException {
        try (FileOutputStream file = new FileOutputStream(ledger, true)) {
            file.write(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
        }
    }

    private void act(long id) throws Exception {
        switch (this) {
            case QUICK -> {}
            case BUSY -> busy(500_000L * (1 + id % 20));
            case SLEEP -> Thread.sleep(1 + id % 30);
            case THROW -> throw new IllegalStateException("call=" + id);
            case OUT_OF_MEMORY -> exhaust();
            case SPIN -> busy(Long.MAX_VALUE);
            case HALT -> Runtime.getRuntime().halt((int) (id % 100));
            case EXIT -> System.exit((int) (id % 100));
            case SEGV -> crash();
        }
    }

    private static void busy(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) Thread.onSpinWait();
    }

    private static void exhaust() {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < Integer.MAX_VALUE) all.add(new byte[4 << 20]);
    }

    private static void crash() throws ReflectiveOperationException {
        Field field = Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        ((Unsafe) field.get(null)).putAddress(0, 0);
    }
}
