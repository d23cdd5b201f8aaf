package io.coppice.bench.table;

import static io.coppice.bench.table.Goal.atLeast;
import static io.coppice.bench.table.Goal.atMost;

import io.coppice.bench.contenders.AllAtOnce;
import io.coppice.bench.contenders.ArchivedLaunches;
import io.coppice.bench.contenders.Bulk;
import io.coppice.bench.contenders.CpuBound;
import io.coppice.bench.contenders.Launches;
import io.coppice.bench.contenders.Mapping;
import io.coppice.bench.contenders.OneByOne;
import io.coppice.bench.contenders.ParentCpu;
import io.coppice.bench.contenders.PendingMemory;
import io.coppice.bench.contenders.RawBulk;
import io.coppice.bench.contenders.RawPingPong;
import io.coppice.bench.contenders.WorkerMemory;
import io.coppice.bench.rounds.ClassPath;
import io.coppice.bench.rounds.Contest;
import io.coppice.bench.rounds.Program;
import io.coppice.bench.rounds.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows, in the order of the table: those with a goal, then those for information. */
final class Rows {
    private static final String CPYTHON = "CPython";
    private static final String PINNED = "CPython, one core"; // where its threads cannot get in each other's way
    private static final String OURS = "ours";
    private static final int PP4J_AT_ONCE = 200; // each has a thread that waits for it there

    /** Of those that make few calls: until Netty has come, and is compiled, which takes seconds of a processor's time. */
    private static final int LONG_WARM_UP = 4;

    private static final String NO_ARCHIVE = "-Dcoppice.classDataArchive=false";

    private final List<Row> rows = new ArrayList<>();
    private final List<Row> information = new ArrayList<>();

    private Rows() {}

    static List<Row> all() {
        Rows all = new Rows();
        all.maps();
        all.calls();
        all.starts();
        all.bulk();
        all.costs();
        all.forInformation();
        return List.copyOf(all.rows);
    }

    private void maps() {
        Contest one = map(
                1,
                mapOf("threads", "threads", 1),
                mapOf("auto", "processes", "auto"),
                Program.java("jdk", AllAtOnce.class, "jdk", 100_000),
                Program.python(PINNED, "map", 1, "one-core"));
        add("map-1", "map, chunksize 1", one, CPYTHON, CPYTHON, Unit.PER_SECOND, atLeast(200, 450));
        add("map-1-threads", "map, chunksize 1", one, "own threads", "threads", Unit.PER_SECOND, atLeast(0.4, 0.8));
        add("map-100", "map, chunksize 100", map(100), CPYTHON, CPYTHON, Unit.PER_SECOND, atLeast(10, 20));
        add("map-1000", "map, chunksize 1000", map(1000), CPYTHON, CPYTHON, Unit.PER_SECOND, atLeast(5, 12));
        Contest flat = new Contest(
                "flat",
                mapOf(OURS, "processes", 1),
                mapOf("10", "processes", 10),
                mapOf("100", "processes", 100),
                mapOf("1000", "processes", 1000),
                mapOf("10000", "processes", 10_000));
        add("flat", "map, chunksize 1", flat, "best chunksize", Row.BEST, Unit.PER_SECOND, atLeast(0.25, 0.6));
        info("map-1-pinned", "map, chunksize 1", one, PINNED, PINNED, Unit.PER_SECOND);
        info("map-1-jdk", "map, chunksize 1", one, "JDK's threads", "jdk", Unit.PER_SECOND);
        info("map-1-auto", "map, chunksize 1", one, "autoChunksize()", "auto", Unit.PER_SECOND);
    }

    private static Contest map(int chunksize, Program... others) {
        List<Program> contenders = new ArrayList<>();
        contenders.add(mapOf(OURS, "processes", chunksize));
        contenders.add(Program.python(CPYTHON, "map", chunksize));
        contenders.addAll(List.of(others));
        return new Contest("map-" + chunksize, contenders);
    }

    private static Program mapOf(String name, String kind, Object chunksize) {
        return Program.java(name, Mapping.class, kind, 1, chunksize);
    }

    private void calls() {
        Contest one = new Contest(
                "submit",
                Program.java(OURS, OneByOne.class, "processes"),
                Program.java("socket", RawPingPong.class),
                Program.java("threads", OneByOne.class, "threads"),
                Program.java("jdk", OneByOne.class, "jdk"),
                Program.python(CPYTHON, "one-by-one"),
                pp4j(OneByOne.class, "pp4j"));
        one = one.warmedUpLonger(LONG_WARM_UP);
        add("submit", "submit(…).get(), p50", one, "raw socket", "socket", Unit.SECONDS, atMost(3, 1.8));
        info("submit-cpython", "submit(…).get(), p50", one, CPYTHON, CPYTHON, Unit.SECONDS);
        info("submit-pp4j", "submit(…).get(), p50", one, "PP4J 2.2", "pp4j", Unit.SECONDS);
        info("submit-threads", "submit(…).get(), p50", one, "own threads", "threads", Unit.SECONDS);
        info("submit-jdk", "submit(…).get(), p50", one, "JDK's threads", "jdk", Unit.SECONDS);
        Contest many = new Contest(
                "submit-all",
                Program.java(OURS, AllAtOnce.class, "processes", PP4J_AT_ONCE),
                pp4j(AllAtOnce.class, "pp4j", PP4J_AT_ONCE));
        info("calls-pp4j", PP4J_AT_ONCE + " × submit, then get", many, "PP4J 2.2", "pp4j", Unit.PER_SECOND);
    }

    private static Program pp4j(Class<?> main, Object... arguments) {
        return new Program("pp4j", Program.javaCommand(List.of(), ClassPath.ofPp4j(), main, arguments));
    }

    private void starts() {
        Contest wall = new Contest(
                "fresh",
                Program.java("archived", ArchivedLaunches.class, "WALL", "processes"),
                Program.java("plain", Launches.class, "WALL", "processes", NO_ARCHIVE),
                Program.java("hello", Launches.class, "WALL", "hello"));
        rows.add(start("fresh", "new parent to exit, wall", wall, "archived", atMost(9, 5)));
        information.add(start("fresh-plain", "new parent, no archive", wall, "plain", null));

        Contest cpu = new Contest(
                "worker",
                Program.java("archived", ArchivedLaunches.class, "PRINTED", "worker-cpu"),
                Program.java("plain", Launches.class, "PRINTED", "worker-cpu", NO_ARCHIVE),
                Program.java("hello", Launches.class, "CPU", "hello"));
        rows.add(start("worker-archive", "worker's start, CPU", cpu, "archived", atMost(2.5, 1.7)));
        rows.add(start("worker-plain", "worker's start, no archive", cpu, "plain", atMost(5.5, 4)));
    }

    private static Row start(String name, String measure, Contest contest, String ours, @Nullable Goal goal) {
        return new Row(name, measure, contest, ours, "java Hello", "hello", Unit.SECONDS, goal);
    }

    private void bulk() {
        for (int megabytes : new int[] {8, 100}) {
            int length = megabytes * 1_000_000 / Double.BYTES;
            Contest echo = new Contest(
                    "bulk-" + megabytes,
                    Program.java(OURS, Bulk.class, length),
                    Program.java("socket", RawBulk.class, length));
            echo = echo.warmedUpLonger(LONG_WARM_UP);
            String measure = megabytes + " MB double[] echo";
            add(echo.name(), measure, echo, "raw socket", "socket", Unit.BYTES_PER_SECOND, atLeast(0.7, 0.95));
        }
    }

    private void costs() {
        Contest cpu = new Contest(
                "parent-cpu",
                Program.java(OURS, ParentCpu.class, "map"),
                Program.java("submit", ParentCpu.class, "submit"));
        add("parent-cpu", "parent CPU a call, map", cpu, "", null, Unit.SECONDS, atMost(0.8e-6, 0.4e-6));
        info("parent-cpu-submit", "parent CPU a call, map", cpu, "by submit", "submit", Unit.SECONDS);
        Contest worker = new Contest("worker-memory", Program.java(OURS, WorkerMemory.class));
        add("worker-memory", "idle worker, private", worker, "", null, Unit.BYTES, atMost(30e6, 20e6));
        Contest pending = new Contest("pending", Program.java(OURS, PendingMemory.class));
        add("pending", "pending call, heap", pending, "", null, Unit.BYTES, atMost(250, 120));
        Contest two = new Contest(
                "two-workers", Program.java(OURS, CpuBound.class, 2), Program.java("one", CpuBound.class, 1));
        add("two-workers", "CPU-bound, 2 workers", two, "1 worker", "one", Unit.PER_SECOND, atLeast(1.9, 1.97));
    }

    // ---- putting them in order ----

    private void forInformation() {
        rows.addAll(information);
    }

    private void add(
            String name,
            String measure,
            Contest contest,
            String against,
            @Nullable String contender,
            Unit unit,
            Goal goal) {
        rows.add(new Row(name, measure, contest, OURS, against, contender, unit, goal));
    }

    private void info(String name, String measure, Contest contest, String against, String contender, Unit unit) {
        information.add(new Row(name, measure, contest, OURS, against, contender, unit, null));
    }
}
