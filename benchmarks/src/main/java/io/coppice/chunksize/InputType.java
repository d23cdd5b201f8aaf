package io.coppice.chunksize;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a line of input can be made into: the types of the parameter that a measured function may have. */
record InputType(Class<?> type, Function<String, Object> parse) {
    private static final Map<Class<?>, Function<String, Object>> ALL = Map.ofEntries(
            Map.entry(String.class, line -> line),
            Map.entry(CharSequence.class, line -> line),
            Map.entry(Object.class, line -> line),
            Map.entry(int.class, line -> Integer.valueOf(line.strip())),
            Map.entry(Integer.class, line -> Integer.valueOf(line.strip())),
            Map.entry(long.class, line -> Long.valueOf(line.strip())),
            Map.entry(Long.class, line -> Long.valueOf(line.strip())),
            Map.entry(double.class, line -> Double.valueOf(line.strip())),
            Map.entry(Double.class, line -> Double.valueOf(line.strip())),
            Map.entry(BigInteger.class, line -> new BigInteger(line.strip())),
            Map.entry(BigDecimal.class, line -> new BigDecimal(line.strip())));

    /** Nothing if a line cannot be made into this. */
    static Optional<InputType> of(Class<?> type) {
        return Optional.ofNullable(ALL.get(type)).map(parse -> new InputType(type, parse));
    }

    /** All of them, for messages. */
    static String names() {
        return ALL.keySet().stream()
                .map(Class::getSimpleName)
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .collect(Collectors.joining(", "));
    }
}
