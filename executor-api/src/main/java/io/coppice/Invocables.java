package io.coppice;

import io.coppice.wire.payload.Invocable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The user's function types as what travels to a worker and is invoked there, or in a thread. */
@SuppressWarnings("unchecked") // the caller has matched the arguments to the function
final class Invocables {
    private Invocables() {}

    record OfCallable(Callable<?> function) implements Invocable {
        @Override
        public int arity() {
            return 0;
        }

        @Override
        public @Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
            return function.call();
        }
    }

    record OfRunnable(Runnable function) implements Invocable {
        @Override
        public int arity() {
            return 0;
        }

        @Override
        public @Nullable Object invoke(@Nullable Object[] arguments) {
            function.run();
            return null;
        }
    }

    record OfFn1(Fn1<?, ?> function) implements Invocable {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public @Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
            return invokeWith(arguments[0]);
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // the caller has matched the argument, a null too
        public @Nullable Object invokeWith(@Nullable Object argument) throws Exception {
            return ((Fn1<@Nullable Object, ?>) function).apply(argument);
        }
    }

    record OfFn2(Fn2<?, ?, ?> function) implements Invocable {
        @Override
        public int arity() {
            return 2;
        }

        @Override
        public @Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
            return ((Fn2<@Nullable Object, @Nullable Object, ?>) function).apply(arguments[0], arguments[1]);
        }
    }

    record OfFn3(Fn3<?, ?, ?, ?> function) implements Invocable {
        @Override
        public int arity() {
            return 3;
        }

        @Override
        public @Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
            return ((Fn3<@Nullable Object, @Nullable Object, @Nullable Object, ?>) function)
                    .apply(arguments[0], arguments[1], arguments[2]);
        }
    }
}
