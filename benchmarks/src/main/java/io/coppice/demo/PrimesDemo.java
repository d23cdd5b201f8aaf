package io.coppice.demo;

import static io.coppice.demo.Primes.PRIMES;

import io.coppice.ProcessPoolExecutor;

/** The five lines that show what this library is: a method reference, run in child JVMs, answers in input order. */
final class PrimesDemo {
    private PrimesDemo() {}

    static void run() {
        try (var pool = new ProcessPoolExecutor()) {
            var results = pool.map(Primes::isPrime, PRIMES);
            for (long n : PRIMES) System.out.printf("%d is prime: %s%n", n, results.next());
        }
    }
}
