package io.coppice.bench.rounds;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The class paths of contenders. What the runner itself needs (a command line's parser, a logger, JMH) is not among a
 * user's, for a start gets slower with everything on the class path.
 */
public final class ClassPath {
    private static final Pattern A_USERS = Pattern.compile("(coppice|netty|kryo5|slf4j-api)-.*\\.jar");
    private static final Pattern PP4J = Pattern.compile("(pp4j|commons-pool2|slf4j-api)-.*\\.jar");

    private ClassPath() {}

    /** Coppice, what it depends on, and the contenders. */
    public static String ofAUser() {
        return String.join(File.pathSeparator, with(A_USERS));
    }

    /** PP4J, what it depends on, and the contenders, some of which need Coppice to load. */
    public static String ofPp4j() {
        List<String> all = new ArrayList<>(with(A_USERS));
        for (String entry : with(PP4J)) if (!all.contains(entry)) all.add(entry);
        return String.join(File.pathSeparator, all);
    }

    /** The contenders alone. */
    public static String bare() {
        return folder().toString();
    }

    private static List<String> with(Pattern jars) {
        List<String> entries = new ArrayList<>(List.of(bare()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path file = Path.of(entry).getFileName();
            if (file != null && jars.matcher(file.toString()).matches())
                entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return entries;
    }

    private static Path folder() {
        try {
            return Path.of(ClassPath.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A resource beside a class, which must be a file. */
    static Path file(Class<?> beside, String name) {
        URL resource = beside.getResource(name);
        if (resource == null) throw new IllegalStateException("not among the resources: name=" + name);
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
