package io.coppice.wire.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.*;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;

/** Values that hold no others. */
@NullUnmarked
@SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // values that users send
final class RandomGraphLeaves {
    private RandomGraphLeaves() {}

    static Object leaf(Random random) {
        int number = random.nextInt();
        return switch (random.nextInt(28)) {
            case 0 -> number;
            case 1 -> random.nextLong();
            case 2 -> random.nextDouble();
            case 3 -> Double.NaN;
            case 4 -> (float) number;
            case 5 -> (short) number;
            case 6 -> (byte) number;
            case 7 -> (char) number;
            case 8 -> random.nextBoolean();
            case 9 -> "";
            case 10 -> "ä".repeat(random.nextInt(200));
            case 11 -> BigInteger.valueOf(number).pow(3);
            case 12 -> new BigDecimal("1.50").scaleByPowerOfTen(random.nextInt(5));
            case 13 -> new UUID(number, number);
            case 14 -> URI.create("http://host/" + number);
            case 15 -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case 16 -> Instant.ofEpochSecond(number, 5);
            case 17 -> Duration.ofMillis(number);
            case 18 -> Path.of("a", "b" + number);
            case 19 -> RandomGraphKinds.color(random);
            case 20 -> random.nextBoolean() ? RandomGraphNodes.Plain.class : int[].class;
            case 21 -> new Date(number);
            case 22 -> BitSet.valueOf(new long[] {number});
            case 23 -> new StringBuilder(RandomGraphKinds.text(random));
            case 24 -> java.util.regex.Pattern.compile("a+" + number, 2);
            case 25 -> new AtomicInteger(number);
            case 26 -> Locale.GERMANY;
            default -> RandomGraphKinds.text(random);
        };
    }
}
