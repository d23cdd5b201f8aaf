package io.coppice.bench.guard;

/**
 * What came of a check. Whatever else a machine does makes a round slower, never faster: so the best round of ours is
 * compared with the best of the other, and only what is too dear after the last attempt has failed.
 *
 * @param ours the least that ours cost
 * @param theirs the least that the other cost
 * @param limit of their ratio
 */
record Verdict(double ours, double theirs, double limit) {
    private static final int LEAST_ATTEMPTS = 3;

    /** Measures both in alternation, as long as it takes to pass, but not for ever. */
    static Verdict of(Check check, int times, int attempts) throws Exception {
        check.warmUp();
        Verdict verdict = new Verdict(Double.MAX_VALUE, Double.MAX_VALUE, check.limit());
        for (int attempt = 0; attempt < attempts; attempt++) {
            verdict = verdict.with(check.ours(times), check.theirs());
            if (attempt + 1 >= LEAST_ATTEMPTS && verdict.passes()) break;
        }
        return verdict;
    }

    private Verdict with(double ours, double theirs) {
        return new Verdict(Math.min(this.ours, ours), Math.min(this.theirs, theirs), limit);
    }

    double ratio() {
        return ours / theirs;
    }

    boolean passes() {
        return ratio() <= limit;
    }
}
