package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.coppice.BrokenProcessPool;
import io.coppice.CrashReport;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.Output;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Results;
import io.coppice.WorkerContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what workers print. */
@Tag("jdk")
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class OutputIT {
    private static final String FUNCTION = "io.coppice.it.OutputIT::printAndWait";

    private static final int MEGABYTES = 100;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @TempDir
    Path temporary;

    @AfterEach
    void printAsBefore() {
        System.setOut(out);
        System.setErr(err);
    }

    private static ProcessPoolExecutor pool(Output output) {
        return ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .context(WorkerContext.spawn().output(output))
                .build();
    }

    private static PrintStream into(OutputStream stream) {
        return new PrintStream(stream, false, StandardCharsets.UTF_8);
    }

    private static int print(String text) {
        System.out.print(text);
        System.out.flush();
        return text.length();
    }

    private static int complain(String text) {
        System.err.print(text);
        System.err.flush();
        return text.length();
    }

    // ---- inherited ----

    @Test
    void whatCallsPrintAppearsWhereTheProgramPrintsAtThatTime() throws Exception {
        var first = new ByteArrayOutputStream();
        var second = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        try (var pool = pool(Output.INHERIT)) {
            System.setOut(into(first));
            System.setErr(into(errors));
            pool.submit(OutputIT::print, "one\n").result();
            await().atMost(Delays.LONG).untilAsserted(() -> assertThat(first).hasToString("one\n"));
            System.setOut(into(second));
            pool.submit(OutputIT::print, "a part of a line").result();
            await().atMost(Delays.LONG).untilAsserted(() -> assertThat(second).hasToString("a part of a line"));
            pool.submit(OutputIT::complain, "two\n").result();
        }
        assertThat(errors).as("after a close nothing is missing").hasToString("two\n");
        assertThat(first).hasToString("one\n");
    }

    @Test
    void linesOfSeveralWorkersDoNotMix() throws Exception {
        var all = new ByteArrayOutputStream();
        System.setOut(into(all));
        int lines = 20_000;
        try (var pool = new ProcessPoolExecutor(2)) {
            var results = pool.map(
                    (String word) -> {
                        for (int i = 0; i < lines; i++) System.out.println(word.repeat(20));
                        return word;
                    },
                    List.of("first-", "second-", "third-"));
            results.forEachRemaining(word -> {});
        }
        assertThat(all.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3 * lines)
                .allMatch(line -> line.matches("((first-)+|(second-)+|(third-)+)") && line.length() >= 120);
    }

    /** Nothing is closed: what has been printed is passed on before the JVM is gone. */
    static final class PrintsAndReturns {
        public static void main(String[] args) throws Exception {
            var pool = new ProcessPoolExecutor(1);
            pool.submit(() -> {
                        for (int i = 0; i < 3000; i++) System.out.println("line " + i);
                        return 1;
                    })
                    .result();
        }
    }

    @Test
    void anExitLosesNothingOfWhatACallHasPrinted() throws Exception {
        Program program = Program.start(temporary, PrintsAndReturns.class);
        assertThat(program.exitCode()).isZero();
        assertThat(program.out())
                .isEqualTo(IntStream.range(0, 3000).mapToObj(i -> "line " + i).toList());
        assertThat(program.err()).isEmpty();
    }

    @Test
    void anOutputThatThrowsStopsNobody() throws Exception {
        System.setOut(new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int length) {
                throw new IllegalStateException("on purpose");
            }
        });
        try (var pool = pool(Output.INHERIT)) {
            assertThat(pool.submit(OutputIT::print, "x".repeat(1 << 20)).result())
                    .isEqualTo(1 << 20);
            assertThat(tailAfterHalt(pool, "the end\n").stdout()).endsWith("xthe end\n");
        }
    }

    @Test
    void anOutputThatBlocksHoldsUpNoEnd() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        System.setOut(into(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                try {
                    released.await();
                } catch (InterruptedException interrupted) {
                    throw new IOException(interrupted);
                }
            }
        }));
        var pool = pool(Output.INHERIT);
        CrashReport report = tailAfterHalt(pool, "last words\n");
        long start = System.nanoTime();
        pool.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Delays.LONG.dividedBy(2));
        assertThat(report.stdout()).isEqualTo("last words\n");
        System.setOut(out);
        released.countDown();
    }

    // ---- the tail ----

    private static CrashReport tailAfterHalt(ProcessPoolExecutor pool, String lastWords) {
        Throwable failure = catchThrowable(pool.submit(
                (String words) -> {
                    print(words);
                    return Calls.halt(9);
                },
                lastWords)::result);
        assertThat(failure).isInstanceOf(BrokenProcessPool.class);
        return Objects.requireNonNull(((BrokenProcessPool) failure).report());
    }

    private static int printsALot(int megabytes) {
        byte[] line = ("z".repeat(1023) + "\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < megabytes << 10; i++) System.out.write(line, 0, line.length);
        System.out.flush();
        return megabytes;
    }

    @Test
    void aLotOfOutputHarmsNothingAndTheLastOfItIsKept() throws Exception {
        try (var pool = pool(Output.DISCARD)) {
            assertThat(pool.submit(OutputIT::printsALot, MEGABYTES).result()).isEqualTo(MEGABYTES);
            CrashReport report = tailAfterHalt(pool, "the end\n");
            long all = (long) MEGABYTES << 20;
            assertThat(report.stdout())
                    .startsWith("[" + (all + 8 - (8 << 10)) + " bytes before this are not kept]\n")
                    .endsWith("z\nthe end\n");
        }
    }

    // ---- logged ----

    @Test
    void aLineIsAnEventOfTheWorkersLogger() throws Exception {
        try (LoggedEvents events = LoggedEvents.ofAllLevels();
                var pool = pool(Output.LOG)) {
            long pid = pool.submit(Calls::pid).result();
            pool.submit(OutputIT::print, "one\r\ntwo\nthe r").result();
            pool.submit(OutputIT::print, "est\n" + "l".repeat(10_000) + "\nno end")
                    .result();
            pool.submit(OutputIT::complain, "grüße\n").result();
            pool.close();
            List<ILoggingEvent> printed = events.startingWith("worker=1, pid=" + pid + ", call=");
            assertThat(printed).allMatch(event -> event.getLoggerName().equals("io.coppice.worker"));
            assertThat(printed.stream()
                            .filter(event -> event.getLevel() == Level.INFO)
                            .map(OutputIT::line))
                    .containsExactly(
                            "one", "two", "the rest", "l".repeat(8 << 10), "l".repeat(10_000 - (8 << 10)), "no end");
            assertThat(printed.stream().filter(event -> event.getLevel() == Level.WARN))
                    .singleElement()
                    .satisfies(event -> assertThat(line(event)).startsWith("gr"));
        }
    }

    private static String line(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        return message.substring(message.indexOf("): ") + 3);
    }

    private static int printAndWait(Latch seen) throws Exception {
        System.out.println("in " + seen.path());
        seen.await();
        return 0;
    }

    @Test
    void anEventNamesTheCallThatHasPrintedIt() throws Exception {
        List<Latch> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) seen.add(Latch.in(temporary, "seen-" + i));
        try (LoggedEvents events = LoggedEvents.ofAllLevels();
                var pool = pool(Output.LOG)) {
            Future<Integer> call = pool.submit(OutputIT::printAndWait, seen.get(0));
            awaitLine(events, "call=1 (" + FUNCTION + "): ", seen.get(0));
            call.result();
            try (Results<Integer> results =
                    pool.map(OutputIT::printAndWait, seen.subList(1, 4), MapOptions.chunksize(3))) {
                for (int item = 0; item < 3; item++)
                    awaitLine(
                            events,
                            "call=2 (" + FUNCTION + ", item " + item + " of a chunk of 3): ",
                            seen.get(item + 1));
                results.forEach(result -> {});
            }
        }
    }

    private static void awaitLine(LoggedEvents events, String call, Latch seen) throws Exception {
        await().atMost(Delays.LONG)
                .until(() -> !events.thatTell(call + "in " + seen.path()).isEmpty());
        seen.open();
    }

    // ---- a process that outlives its worker ----

    private static long startsAProcessThatHoldsStdout() throws IOException {
        return new ProcessBuilder("sleep", "1000").inheritIO().start().pid();
    }

    @Test
    void aProcessThatHoldsTheOutputOfADeadWorkerHoldsUpNothing() throws Exception {
        long holder;
        var pool = pool(Output.INHERIT);
        holder = pool.submit(OutputIT::startsAProcessThatHoldsStdout).result();
        try {
            long start = System.nanoTime();
            CrashReport report = tailAfterHalt(pool, "last words\n");
            pool.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Delays.LONG.dividedBy(2));
            assertThat(report.stdout()).isEqualTo("last words\n");
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("coppice-") && name.contains("-std"));
        } finally {
            ProcessHandle.of(holder).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
