package io.coppice.wire.payload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;

/** The main of a JVM whose first failure is a value that is nested too deeply: does it take harm? */
@NullUnmarked
@SuppressWarnings({"ImmutableEnumChecker", "JdkObsolete", "UnusedVariable"}) // values that users send
final class DeepValues {
    private static final int LEVELS = 200_000;

    enum Shape {
        FIELDS(Held::new),
        LISTS(held -> new ArrayList<>(Collections.singletonList(held))),
        ARRAYS(held -> new Object[] {held}),
        RECORDS(Recorded::new),
        JAVA_FORMS(held -> new Hashtable<>(Map.of(1, held))),
        OPTIONALS(Optional::of),
        LAMBDAS(DeepValues::capturing),
        THROWABLES(Thrown::new);

        final UnaryOperator<Object> around;

        Shape(UnaryOperator<Object> around) {
            this.around = around;
        }
    }

    static final class Held {
        final Object held;

        Held(Object held) {
            this.held = held;
        }
    }

    record Recorded(Object held) {}

    static final class Thrown extends RuntimeException {
        final Object held;

        Thrown(Object held) {
            this.held = held;
        }
    }

    private static Object capturing(Object held) {
        PayloadLambdaTest.Source<Object> source = () -> held;
        return source;
    }

    private DeepValues() {}

    /** Ends with 0 if all is as it should be. */
    public static void main(String[] arguments) throws Exception {
        Object deep = 1;
        Shape shape = Shape.valueOf(arguments[0]);
        int levels = shape == Shape.THROWABLES ? 2_000 : LEVELS; // each is outlined with those in it
        for (int i = 0; i < levels; i++) deep = shape.around.apply(deep);
        String told = told(deep);
        boolean sent = told.equals("sent") && shape == Shape.THROWABLES; // its outline
        if (!sent && !told.equals("it " + TooDeep.MESSAGE)) throw new AssertionError(told);
        if (new StringBuffer("usable").length() != 6) throw new AssertionError();
        for (Shape each : Shape.values()) {
            if (!told(each.around.apply("x")).equals("sent")) throw new AssertionError(each);
            String refusal = told(each.around.apply(new FutureTask<>(() -> 1)));
            if (!refusal.contains("Future") && each != Shape.THROWABLES) throw new AssertionError(refusal);
        }
    }

    private static String told(Object value) {
        try {
            Travel.travelled(value);
            return "sent";
        } catch (PayloadException refused) {
            return refused.getMessage().startsWith("is ") ? "it " + refused.getMessage() : refused.getMessage();
        }
    }
}
