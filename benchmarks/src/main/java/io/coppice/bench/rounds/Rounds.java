package io.coppice.bench.rounds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringJoiner;

/** A contender's end of the line to the runner: {@code round SECONDS} comes in, {@code figures A B ...} goes out. */
public final class Rounds {
    static final String ROUND = "round ";
    static final String FIGURES = "figures ";

    private Rounds() {}

    /** Measures whenever it is told to; returns when there is nobody any more to tell. */
    public static void serve(Contender contender) throws Exception {
        try (contender) {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith(ROUND)) throw new IOException("not understood: line=" + line);
                StringJoiner figures = new StringJoiner(" ", FIGURES, "");
                for (double figure : contender.round(Double.parseDouble(line.substring(ROUND.length()))))
                    figures.add(Double.toString(figure));
                System.out.println(figures);
            }
        }
    }
}
