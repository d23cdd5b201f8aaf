package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of what a worker prints the last is kept, whatever pieces it comes in. */
class OutputTailTest {
    private static OutputTail of(String... pieces) {
        OutputTail tail = new OutputTail();
        for (String piece : pieces) {
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            tail.add(bytes, 0, bytes.length);
        }
        return tail;
    }

    @Test
    void aLittleIsKeptAsItIs() {
        assertThat(new OutputTail().text()).isEmpty();
        assertThat(of("one\n", "two").text()).isEqualTo("one\ntwo");
        assertThat(of("x".repeat(OutputTail.BYTES)).text()).isEqualTo("x".repeat(OutputTail.BYTES));
    }

    @Test
    void ofMuchTheLastIsKeptAndItSaysHowMuchWasBefore() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            StringBuilder all = new StringBuilder();
            OutputTail tail = new OutputTail();
            while (all.length() <= OutputTail.BYTES) {
                byte[] piece = new byte[random.nextInt(2 * OutputTail.BYTES)];
                for (int at = 0; at < piece.length; at++) piece[at] = (byte) ('a' + random.nextInt(26));
                int from = piece.length == 0 ? 0 : random.nextInt(piece.length);
                tail.add(piece, from, piece.length - from);
                all.append(new String(piece, from, piece.length - from, StandardCharsets.US_ASCII));
            }
            int cut = all.length() - OutputTail.BYTES;
            assertThat(tail.text())
                    .as("seed=%s", seed)
                    .isEqualTo("[" + cut + " bytes before this are not kept]\n" + all.substring(cut));
        }
    }

    @Test
    void noCharacterIsCutInTwo() {
        String euros = "€".repeat(OutputTail.BYTES); // of three bytes each
        assertThat(of(euros).text().lines().skip(1)).singleElement().asString().matches("€+");
    }

    @Test
    void whatIsNotUtf8IsStillText() {
        OutputTail tail = new OutputTail();
        tail.add(new byte[] {'a', (byte) 0xE4, 'b'}, 0, 3);
        assertThat(tail.text()).startsWith("a").endsWith("b");
    }
}
