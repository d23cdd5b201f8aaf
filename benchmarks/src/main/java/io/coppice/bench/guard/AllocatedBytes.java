package io.coppice.bench.guard;

import com.sun.management.ThreadMXBean;
import io.coppice.ProcessPoolExecutor;
import java.lang.management.ManagementFactory;

/** What the thread that calls and the dispatchers' threads have allocated. The JVM counts it to the byte. */
final class AllocatedBytes implements CountCheck.Count {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public long now(ProcessPoolExecutor pool) {
        long bytes = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet())
            if (thread == Thread.currentThread() || thread.getName().matches("coppice-\\d+-dispatcher"))
                bytes += threads.getThreadAllocatedBytes(thread.getId());
        return bytes;
    }
}
