package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.ProcessPoolExecutor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Neither Coppice nor what it is made of prints anything, in the parent or in a worker: no warning of any JDK's. */
@Tag("jdk")
@Timeout(120)
class SilenceIT {
    /** Sends values of all kinds, lambdas and a call that fails. */
    static final class SendsAll {
        public static void main(String[] args) throws Exception {
            List<Object> values = new ArrayList<>(ValueSamples.scalars());
            values.addAll(ValueSamples.arrays());
            values.addAll(ValueSamples.collections());
            values.addAll(ValueSamples.parts());
            values.addAll(ValueSamples.usersOwn());
            values.add(new ValueSamples.Failure(7));
            try (var pool = new ProcessPoolExecutor(2)) {
                for (Object value : values) pool.submit(Calls::echo, value).result();
                String captured = "captured";
                pool.submit(() -> captured + values.size()).result();
                BiFunction<Integer, Integer, Integer> refused = Integer::sum;
                try {
                    pool.submit(Calls::echo, refused);
                } catch (IllegalArgumentException expected) {
                    System.out.println("sent: " + values.size());
                }
                pool.submit(Calls::divide, 1, 0).exception();
            }
        }
    }

    @Test
    void nothingIsPrintedButWhatTheProgramPrints(@TempDir Path temporary) throws Exception {
        Program program = Program.start(temporary, SendsAll.class);
        assertThat(program.exitCode()).as("err=%s", program.err()).isZero();
        assertThat(program.out()).hasSize(1).first().asString().startsWith("sent: ");
        assertThat(program.err()).isEmpty();
    }
}
