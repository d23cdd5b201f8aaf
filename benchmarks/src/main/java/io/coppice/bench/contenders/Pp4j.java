package io.coppice.bench.contenders;

import java.util.concurrent.ExecutorService;
import net.viktorc.pp4j.impl.JavaProcessPoolExecutor;
import net.viktorc.pp4j.impl.SimpleJavaProcessOptions;

/** The other process pool for the JVM. Apart, for the class path of the other contenders does not have it. */
final class Pp4j {
    private Pp4j() {}

    /** So many workers, from the start to the end. */
    static ExecutorService pool(int workers) throws InterruptedException {
        return new JavaProcessPoolExecutor(new SimpleJavaProcessOptions(0, 0, 0, 0), workers, workers, 0, null, false);
    }
}
