package io.coppice.bench.rounds;

/**
 * How much is measured.
 *
 * @param forks so many times every contender is started anew
 * @param warmUps rounds of each that do not count
 * @param rounds rounds of each that count
 * @param roundSeconds a round's length, where it can be chosen
 */
public record Effort(int forks, int warmUps, int rounds, double roundSeconds) {
    public Effort {
        if (forks < 1 || warmUps < 0 || rounds < 1 || !(roundSeconds > 0))
            throw new IllegalArgumentException(
                    "there must be something to measure: forks=%d, warmUps=%d, rounds=%d, roundSeconds=%s"
                            .formatted(forks, warmUps, rounds, roundSeconds));
    }
}
