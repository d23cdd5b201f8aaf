package io.coppice.bench.isolation;

import io.coppice.bench.contenders.Launches;
import io.coppice.bench.rounds.Contest;
import io.coppice.bench.rounds.Program;
import io.coppice.bench.rounds.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All rows. Where the heap matters both sides have as much in all: the JVM of the threads 2 GB, two workers 1 GB each.
 */
record IsolationRows(Contest contest, String workload, List<Figure> figures) {
    private static final String THREADS_HEAP = "-Xmx2g";
    private static final String WORKERS_HEAP = "-Xmx1g";

    /** What a contender measures, in the order of its figures. */
    record Figure(String name, Unit unit) {}

    static List<IsolationRows> all() {
        List<IsolationRows> rows = new ArrayList<>();
        for (String collector : List.of("G1", "Parallel")) rows.add(neighbours(collector));
        rows.add(plain(Workload.LOCK_90, "a global lock, 90 % of the time", "calls"));
        rows.add(plain(Workload.LOCK_50, "a global lock, 50 % of the time", "calls"));
        for (String collector : List.of("G1", "Parallel")) rows.add(hogs(collector));
        rows.add(plain(Workload.GARBAGE, "young garbage only", "calls"));
        rows.add(plain(Workload.TINY, "tiny calls", "calls"));
        rows.add(plain(Workload.LARGE, "8 MB arguments", "calls"));
        rows.add(new IsolationRows(contest(Workload.MEMORY, "", "", ""), "memory", bytes()));
        rows.add(start());
        return rows;
    }

    private static IsolationRows neighbours(String collector) {
        return new IsolationRows(
                withHeap(Workload.NEIGHBOURS, collector),
                "a heap hog beside a small task, " + collector,
                List.of(
                        new Figure("the task", Unit.PER_SECOND),
                        new Figure("its worst stall", Unit.SECONDS),
                        new Figure("the hog", Unit.PER_SECOND)));
    }

    private static IsolationRows hogs(String collector) {
        return new IsolationRows(
                withHeap(Workload.HOGS, collector),
                "two equal heap hogs, " + collector,
                List.of(new Figure("both", Unit.PER_SECOND)));
    }

    private static IsolationRows plain(Workload workload, String name, String figure) {
        return new IsolationRows(contest(workload, "", "", ""), name, List.of(new Figure(figure, Unit.PER_SECOND)));
    }

    private static List<Figure> bytes() {
        return List.of(new Figure("all processes, private", Unit.BYTES));
    }

    private static IsolationRows start() {
        Contest contest = new Contest(
                "start",
                Program.java("threads", Launches.class, "WALL", "threads"),
                Program.java("processes", Launches.class, "WALL", "processes"));
        return new IsolationRows(contest, "start", List.of(new Figure("new JVM to exit, one call", Unit.SECONDS)));
    }

    private static Contest withHeap(Workload workload, String collector) {
        return contest(workload, "-XX:+Use" + collector + "GC", THREADS_HEAP, WORKERS_HEAP);
    }

    private static Contest contest(Workload workload, String collector, String threadsHeap, String workersHeap) {
        String name = (workload + (collector.isEmpty() ? "" : collector.substring("-XX:+Use".length())))
                .toLowerCase(Locale.ROOT);
        return new Contest(
                name,
                Isolated.threads(workload, given(collector, threadsHeap)),
                Isolated.processes(workload, given(collector, workersHeap)));
    }

    private static String[] given(String... options) {
        return List.of(options).stream().filter(option -> !option.isEmpty()).toArray(String[]::new);
    }
}
