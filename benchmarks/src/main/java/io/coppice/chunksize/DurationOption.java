package io.coppice.chunksize;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 500ms}, {@code 20s}, {@code 2m}; seconds where there is no unit. */
final class DurationOption implements ITypeConverter<Duration> {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})(ms|s|m|)");

    @Override
    public Duration convert(String text) {
        Matcher amount = AMOUNT.matcher(text.strip());
        if (!amount.matches()) throw new TypeConversionException("not a time: " + text + "; write 500ms, 20s or 2m");
        long number = Long.parseLong(amount.group(1));
        if (number == 0) throw new TypeConversionException("no time at all: " + text);
        return switch (amount.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
