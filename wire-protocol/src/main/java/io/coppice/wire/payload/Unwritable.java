package io.coppice.wire.payload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a failure to write a value the exception that tells what in the value cannot be written, and where that is. */
final class Unwritable {
    /** Causes may form a cycle. */
    private static final int MAX_CAUSES = 10_000;

    private static final String WHY_THE_WHOLE_OBJECT = " (the lambda uses a field or method of its object:"
            + " make the method static, or copy the field to a local variable)";

    private Unwritable() {}

    /**
     * @param arguments of a call, if these were to be written
     * @param trail from what was to be written down to what could not be; empty if not known
     */
    static PayloadException because(
            Throwable failure, String reason, @Nullable Object @Nullable [] arguments, List<Object> trail) {
        try {
            if (WriteTrail.cause(failure) instanceof Refusal refusal) return refused(refusal, arguments, trail);
            if (!trail.isEmpty()) return failed(failure, reason, arguments, trail);
        } catch (Throwable noPath) {
            // then the message goes without
        }
        return new PayloadException(reason, failure);
    }

    private static PayloadException refused(
            Refusal refusal, @Nullable Object @Nullable [] arguments, List<Object> trail) {
        int argument = argument(arguments, trail);
        List<Object> objects = fromTheUsersOn(arguments, trail);
        String what = refusal.getMessage();
        Object found = refusal.found();
        refusal.forget();
        // What Coppice's objects hold is not the user's business.
        for (int i = 0; i < objects.size(); i++) {
            Object each = objects.get(i);
            if (each == found || !isOneOfOurs(each)) continue;
            objects = objects.subList(0, i + 1);
            what = Refusal.named(each) + ", which works only in the JVM that made it";
            found = each;
        }
        String place = objects.isEmpty() ? ObjectPath.UNKNOWN : pathOrNothing(objects, found);
        String sentence = (place.isEmpty() ? " is " : " holds ") + what;
        if (place.startsWith(Contents.CAPTURED_THIS)) sentence += WHY_THE_WHOLE_OBJECT;
        return new PayloadException((place.isEmpty() ? "it" : place) + sentence, refusal, argument, place, sentence);
    }

    private static PayloadException failed(
            Throwable failure, String reason, @Nullable Object @Nullable [] arguments, List<Object> trail) {
        int argument = argument(arguments, trail);
        List<Object> objects = fromTheUsersOn(arguments, trail);
        if (objects.isEmpty()) return new PayloadException(reason, failure);
        String place = pathOrNothing(objects, null);
        String type = " (" + objects.get(objects.size() - 1).getClass().getTypeName() + "): ";
        return new PayloadException(
                place.isEmpty() ? reason : place + type + reason, failure, argument, place, type + reason);
    }

    private static String pathOrNothing(List<Object> objects, @Nullable Object last) {
        try {
            return ObjectPath.through(objects, last);
        } catch (Throwable somethingOfTheUsers) {
            return objects.size() == 1 && (last == null || last == objects.get(0)) ? "" : ObjectPath.UNKNOWN;
        }
    }

    /** Without the array of arguments, or what wraps a function, which are ours. */
    private static List<Object> fromTheUsersOn(@Nullable Object @Nullable [] arguments, List<Object> trail) {
        if (trail.size() > 1 && trail.get(0) instanceof SessionGraph graph && graph.value() == trail.get(1))
            return fromTheUsersOn(arguments, trail.subList(1, trail.size()));
        boolean ours = !trail.isEmpty() && (trail.get(0) == arguments || trail.get(0) instanceof Invocable);
        return ours ? trail.subList(1, trail.size()) : trail;
    }

    private static int argument(@Nullable Object @Nullable [] arguments, List<Object> trail) {
        List<Object> objects = fromTheUsersOn(arguments, trail);
        if (arguments != null && !objects.isEmpty())
            for (int i = 0; i < arguments.length; i++) if (arguments[i] == objects.get(0)) return i + 1;
        return 0;
    }

    static boolean isOneOfOurs(Object value) {
        Class<?> type = value.getClass();
        return type.getPackageName().equals("io.coppice")
                && !type.isArray()
                && !type.isRecord()
                && !Lambdas.isLambda(value);
    }

    /** The innermost sentence that says something: Kryo wraps a failure once per level of the graph. */
    static String reason(Throwable failure) {
        try {
            if (TooDeep.behind(failure) != null) return TooDeep.MESSAGE;
            Throwable innermost = failure;
            for (int level = 0; level < MAX_CAUSES && innermost.getCause() != null; level++)
                innermost = innermost.getCause();
            String message = innermost.getMessage();
            return message == null
                    ? innermost.getClass().getName()
                    : innermost.getClass().getName() + ": " + message;
        } catch (Throwable usersExceptionFails) {
            return failure.getClass().getName();
        }
    }
}
