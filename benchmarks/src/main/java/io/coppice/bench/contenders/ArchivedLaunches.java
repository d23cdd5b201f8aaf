package io.coppice.bench.contenders;

import io.coppice.bench.contenders.Launches.Figure;
import io.coppice.bench.rounds.ClassPath;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Rounds;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Launches of a program whose workers have an archive of their classes, as after its first run; NaN if they get none.
 */
public final class ArchivedLaunches implements Contender {
    private static final String PREPARATION = "archive";
    private static final String PROPERTY = "-Dcoppice.classDataArchive=";

    /** Beside the classes, and not among what the user's own programs have made. */
    private static final String FOLDER =
            "-Dcoppice.cacheDirectory=" + Path.of(ClassPath.bare()).resolveSibling("class-data-archives");

    private static final List<String> AT_ONCE = List.of(FOLDER, PROPERTY + "PT0S");
    private static final List<String> AS_BY_DEFAULT = List.of(FOLDER, PROPERTY);

    private final Launches launches;
    private @Nullable Boolean archived;

    private ArchivedLaunches(Launches launches) {
        this.launches = launches;
    }

    /** {@code FIGURE PROGRAM}, as those of {@link Launches}. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(
                new ArchivedLaunches(Launches.of(Figure.valueOf(args[0]), Launches.LAUNCHES, args[1], AS_BY_DEFAULT)));
    }

    @Override
    public double[] round(double seconds) throws Exception {
        if (archived == null)
            archived = Boolean.parseBoolean(
                    Launches.of(Figure.PRINTED, 1, PREPARATION, AT_ONCE).launch());
        return archived ? launches.round(seconds) : new double[] {Double.NaN};
    }
}
