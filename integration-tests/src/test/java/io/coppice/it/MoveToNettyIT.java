package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A pool begins on the JDK's sockets and goes on on Netty's channels: docs/decisions/0008-transport-choice.md. */
@Tag("jdk")
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class MoveToNettyIT {
    private static final String NETTYS_CHANNEL = "io.netty.channel.socket.nio.NioDomainSocketChannel ";

    @TempDir
    Path temporary;

    /** Works without a pause, on two workers, until Netty's channels have carried its calls for a while. */
    static final class Busy {
        private static final int ITEMS = 500;

        public static void main(String[] args) throws Exception {
            Path loadedClasses = Path.of(args[0]);
            Latch started = new Latch(args[1]);
            Latch release = new Latch(args[2]);
            try (var pool = new ProcessPoolExecutor(3)) {
                Future<Long> long_ = pool.submit(Calls::pidWhen, started, release);
                long moved = 0;
                for (long round = 0; moved == 0 || round < 2 * moved; round++) {
                    work(pool);
                    if (moved == 0 && hasNetty(loadedClasses)) moved = round;
                    if (round == 0) System.out.println("first round without Netty: " + (moved == 0));
                }
                release.open();
                System.out.println("a call from before: " + (long_.result() > 0));
            }
        }

        private static boolean hasNetty(Path loadedClasses) throws IOException {
            return Files.readString(loadedClasses).contains(NETTYS_CHANNEL);
        }

        private static void work(ProcessPoolExecutor pool) throws Exception {
            double[] large = new double[300_000];
            Arrays.setAll(large, i -> i);
            Future<double[]> echo = pool.submit(Calls::echo, large);
            List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
            int expected = 1;
            for (int result : pool.map(Calls::increment, items, MapOptions.chunksize(7)))
                if (result != expected++) throw new AssertionError("result=" + result + " expected=" + (expected - 1));
            if (!Arrays.equals(echo.result(), large)) throw new AssertionError("the array has changed");
        }
    }

    @Test
    void callsGoOnWhileThePoolMoves() throws Exception {
        Path loaded = temporary.resolve("classes.txt");
        Program program = Program.start(
                temporary,
                List.of("-Xlog:class+load:file=" + loaded),
                System.getProperty("java.class.path"),
                Busy.class.getName(),
                loaded.toString(),
                temporary.resolve("started").toString(),
                temporary.resolve("release").toString());
        assertThat(program.exitCode()).isZero();
        assertThat(program.err()).isEmpty();
        assertThat(program.out()).containsExactly("first round without Netty: true", "a call from before: true");
    }
}
