package io.coppice.it;

import io.coppice.Fn1;

/** Functions that tests send to workers. */
final class Calls {
    private Calls() {}

    static boolean isPrime(long n) {
        if (n < 2) return false;
        if (n % 2 == 0) return n == 2;
        for (long i = 3; i <= n / i; i += 2) if (n % i == 0) return false;
        return true;
    }

    static long pid() {
        return ProcessHandle.current().pid();
    }

    static int increment(int n) {
        return n + 1;
    }

    /** Leaves word that it runs and where, then waits to be let go. */
    static long pidWhen(Latch started, Latch release) {
        started.open(Long.toString(pid()));
        release.await();
        return pid();
    }

    static <T> T echo(T value) {
        return value;
    }

    static String shown(Object value) {
        return value.toString();
    }

    /** A function that is an argument: of whatever class loader. */
    @SuppressWarnings("unchecked")
    static Object applied(Object function, Object argument) throws Exception {
        return ((Fn1<Object, Object>) function).apply(argument);
    }

    static int divide(int a, int b) {
        return a / b;
    }

    static int halt(int status) {
        Runtime.getRuntime().halt(status);
        return status;
    }
}
