package io.coppice.bench.isolation;

import io.coppice.Executor;
import io.coppice.Fn1;
import io.coppice.Future;
import io.coppice.bench.contenders.Tiny;
import io.coppice.bench.rounds.ProcessFacts;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** What runs on two threads, or on two workers. */
enum Workload {
    /** A heap hog beside a small task: the task's units a second, its slowest unit, the hog's steps a second. */
    NEIGHBOURS {
        @Override
        double[] round(Executor executor, double seconds) throws Exception {
            Future<double[]> hog = executor.submit(HeapHog::run, seconds);
            double[] task = executor.submit(SmallTask::run, seconds).get();
            return new double[] {task[0], task[1], hog.get()[0]};
        }
    },
    /** Two heap hogs: the sum of their steps a second. */
    HOGS {
        @Override
        double[] round(Executor executor, double seconds) throws Exception {
            Future<double[]> one = executor.submit(HeapHog::run, seconds);
            Future<double[]> other = executor.submit(HeapHog::run, seconds);
            return new double[] {one.get()[0] + other.get()[0]};
        }
    },
    /** Calls a second that hold a global lock nine tenths of their time. */
    LOCK_90 {
        @Override
        double[] round(Executor executor, double seconds) {
            return callsPerSecond(executor, Functions::lockedMostly, MILLISECOND_CALLS, seconds);
        }
    },
    /** The same with half of their time. */
    LOCK_50 {
        @Override
        double[] round(Executor executor, double seconds) {
            return callsPerSecond(executor, Functions::lockedHalf, MILLISECOND_CALLS, seconds);
        }
    },
    /** Calls a second that make garbage and keep nothing. */
    GARBAGE {
        @Override
        double[] round(Executor executor, double seconds) {
            return callsPerSecond(executor, Functions::garbage, MILLISECOND_CALLS, seconds);
        }
    },
    /** Calls a second that do nothing. */
    TINY {
        @Override
        double[] round(Executor executor, double seconds) {
            return callsPerSecond(executor, Tiny::increment, TINY_CALLS, seconds);
        }
    },
    /** Calls a second that read an array of 8 MB, which threads share and processes copy. */
    LARGE {
        @Override
        double[] round(Executor executor, double seconds) {
            List<double[]> same = Collections.nCopies(16, new double[1_000_000]);
            return perSecond(executor, Functions::sum, same, seconds);
        }
    },
    /** The private memory of all processes, once each thread or worker has done something. */
    MEMORY {
        @Override
        double[] round(Executor executor, double seconds) throws Exception {
            callsPerSecond(executor, Functions::lockedHalf, MILLISECOND_CALLS, 0);
            long bytes = ProcessFacts.privateBytes(ProcessHandle.current().pid());
            for (ProcessHandle worker : ProcessHandle.current().descendants().toList())
                bytes += ProcessFacts.privateBytes(worker.pid());
            return new double[] {bytes};
        }
    };

    private static final int MILLISECOND_CALLS = 100;
    private static final int TINY_CALLS = 100_000;

    abstract double[] round(Executor executor, double seconds) throws Exception;

    private static double[] callsPerSecond(Executor executor, Fn1<Long, Long> function, int calls, double seconds) {
        return perSecond(executor, function, LongStream.range(0, calls).boxed().toList(), seconds);
    }

    private static <A, R> double[] perSecond(Executor executor, Fn1<A, R> function, List<A> items, double seconds) {
        long start = System.nanoTime();
        long calls = 0;
        double passed;
        do {
            try (var results = executor.map(function, items)) {
                for (R ignored : results) calls++;
            }
            passed = (System.nanoTime() - start) / 1e9;
        } while (passed < seconds);
        return new double[] {calls / passed};
    }
}
