package io.coppice.demo;

import java.util.List;

/** The example of CPython's {@code concurrent.futures} documentation, number for number. */
public final class Primes {
    /** The last one is no prime: its smallest divisor is found after half a million tries. */
    static final List<Long> PRIMES = List.of(
            112272535095293L,
            112582705942171L,
            112272535095293L,
            115280095190773L,
            115797848077099L,
            1099726899285419L);

    private Primes() {}

    /**
     * Slow on purpose, as the original: trial division up to the root.
     *
     * @param n any number
     * @return whether it is a prime
     */
    public static boolean isPrime(long n) {
        if (n < 2) return false;
        if (n == 2) return true;
        if (n % 2 == 0) return false;
        long root = (long) Math.floor(Math.sqrt((double) n));
        for (long divisor = 3; divisor <= root; divisor += 2) if (n % divisor == 0) return false;
        return true;
    }
}
