package io.coppice.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Compares some of the workers' sums with those of a program that is not ours: a demo should not grade itself. */
final class SpotCheck {
    static final int SAMPLE = 10;

    private SpotCheck() {}

    /** The same files for the same seed, whatever order they are given in. */
    static List<FileFacts> choose(List<FileFacts> all, long seed) {
        List<FileFacts> shuffled = new ArrayList<>(all);
        shuffled.sort(Comparator.comparing(FileFacts::path));
        Collections.shuffle(shuffled, new Random(seed));
        return List.copyOf(shuffled.subList(0, Math.min(SAMPLE, shuffled.size())));
    }

    /** What does not agree, a line each. */
    static List<String> disagreements(List<FileFacts> sample, ShaTool tool) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (FileFacts facts : sample)
            try {
                String theirs = tool.sumOf(Path.of(facts.path()));
                if (!theirs.equals(facts.sha256()))
                    lines.add(facts.path() + ": worker=" + facts.sha256() + ", " + tool + "=" + theirs);
            } catch (IOException failure) {
                lines.add(facts.path() + ": worker=" + facts.sha256() + ", " + failure.getMessage());
            }
        return lines;
    }
}
