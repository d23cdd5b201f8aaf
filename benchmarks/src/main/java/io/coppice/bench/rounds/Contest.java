package io.coppice.bench.rounds;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contenders that measure in alternation: a round of each, then the next round of each, so that what the machine does
 * besides hits all of them alike.
 *
 * @param name what it is called in the raw figures
 * @param contenders those that take part
 * @param warmUpTimes they warm up for so many times as long as others
 */
public record Contest(String name, List<Program> contenders, int warmUpTimes) {
    public Contest(String name, List<Program> contenders) {
        this(name, contenders, 1);
    }

    public Contest(String name, Program... contenders) {
        this(name, List.of(contenders));
    }

    /** The same for contenders whose code the compiler is slow to see often enough: those that make few calls a second. */
    public Contest warmedUpLonger(int times) {
        return new Contest(name, contenders, times);
    }

    /** The same without those that CPython would run. */
    public Contest withoutPython() {
        return new Contest(
                name, contenders.stream().filter(program -> !program.isPython()).toList(), warmUpTimes);
    }

    /**
     * Measures.
     *
     * @param effort how long and how often
     * @return what came of it
     */
    public Standing run(Effort effort) throws Exception {
        Map<String, List<double[]>> figures = new LinkedHashMap<>();
        for (Program program : contenders) figures.put(program.name(), new ArrayList<>());
        for (int fork = 0; fork < effort.forks(); fork++) runOnce(effort, figures);
        return new Standing(name, figures);
    }

    private void runOnce(Effort effort, Map<String, List<double[]>> figures) throws Exception {
        Deque<Running> started = new ArrayDeque<>();
        try {
            for (Program program : contenders) started.add(start(program, effort));
            for (int round = 0; round < effort.rounds(); round++) {
                int next = 0;
                for (Running contender : started)
                    figuresOf(figures, contenders.get(next++)).add(contender.round(effort.roundSeconds()));
            }
        } finally {
            Exception failure = null;
            while (!started.isEmpty()) {
                try {
                    started.removeLast().close();
                } catch (Exception notEnded) {
                    failure = notEnded; // the others have to end all the same
                }
            }
            if (failure != null) System.err.println("a contender has not ended well: " + failure);
        }
    }

    private static List<double[]> figuresOf(Map<String, List<double[]>> figures, Program program) {
        List<double[]> its = figures.get(program.name());
        if (its == null) throw new IllegalStateException("not a contender: name=" + program.name());
        return its;
    }

    /** Each is warm before the first of them counts. */
    private Running start(Program program, Effort effort) throws IOException {
        Running contender = program.start();
        for (int round = 0; round < warmUpTimes * effort.warmUps(); round++) contender.round(effort.roundSeconds());
        return contender;
    }
}
