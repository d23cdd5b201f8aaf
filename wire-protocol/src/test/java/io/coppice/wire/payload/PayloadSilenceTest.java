package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.kryo5.minlog.Log;
import com.esotericsoftware.kryo.kryo5.util.Util;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Does Kryo do its work without a word? */
@NullUnmarked
class PayloadSilenceTest {
    @Test
    void nothingIsLoggedOrPrinted() throws Exception {
        List<String> logged = new ArrayList<>();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        Log.setLogger(new Log.Logger() {
            @Override
            public void log(int level, String category, String message, Throwable failure) {
                logged.add(level + " " + category + ": " + message);
            }
        });
        System.setOut(new PrintStream(printed, true));
        System.setErr(new PrintStream(printed, true));
        try {
            PayloadLambdaTest.Fn<Object, Object> lambda = value -> value;
            List<Object> values = new ArrayList<>(List.of(lambda, new IllegalStateException("x"), new Thread()));
            Stream.concat(PayloadGraphTest.values(), PayloadJdkValuesTest.valuesThatAreEqual())
                    .forEach(values::add);
            for (Object value : values) {
                try {
                    Travel.travelled(value);
                } catch (PayloadException refused) {
                    // is told by this alone
                }
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
            Log.setLogger(new Log.Logger());
        }
        assertThat(logged).isEmpty();
        assertThat(printed.size()).isZero();
        assertThat(Util.unsafe).as("prints warnings on JDK 25").isFalse();
    }
}
