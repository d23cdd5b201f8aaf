package io.coppice.launch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The class-data archive of the classes that every worker loads, its own and the JDK's: a JVM that maps them need not
 * parse and verify them. One archive serves all programs of a user that run the same jars of Coppice on the same JDK: its
 * class path is those jars, which come first on every worker's, and not the program's.
 *
 * <p>Its name says what it is of: the JDK, and the path, size and time of each jar. The JVM checks the same again, and
 * goes on without the archive if it does not fit.
 */
final class ClassArchive {
    /** {@code false}: none is made or used. A duration, as in PT0S: one is made when a pool has lived so long. */
    static final String PROPERTY = "coppice.classDataArchive";

    /** Options with which an archive is of no use, or that say something else about archives. */
    private static final List<String> NOT_WITH = List.of(
            "-Xshare",
            "-XX:SharedArchiveFile",
            "-XX:ArchiveClassesAtExit",
            "-XX:SharedClassListFile",
            "-XX:+AutoCreateSharedArchive",
            "-XX:AOT",
            "-Xbootclasspath",
            "--patch-module",
            "--limit-modules",
            "--upgrade-module-path",
            "-Djava.system.class.loader");

    private final ArchiveFolder folder;
    private final Path ownedByUs;
    private final Path javaHome;
    private final List<Path> jars;

    private ClassArchive(ArchiveFolder folder, Path ownedByUs, Path javaHome, List<Path> jars) {
        this.folder = folder;
        this.ownedByUs = ownedByUs;
        this.javaHome = javaHome;
        this.jars = jars;
    }

    /** Null where there can be none, or shall be none. */
    static @Nullable ClassArchive of(
            LaunchSettings settings, List<String> inherited, CodePath code, PoolDirectory directory) {
        if (!settings.classDataArchive() || "false".equals(System.getProperty(PROPERTY))) return null;
        if (code.coppice() != CodePath.Coppice.ON_CLASS_PATH
                || !code.modulePath().isEmpty()) return null;
        for (String option : inherited) if (excludes(option)) return null;
        for (String option : settings.jvmOptions()) if (excludes(option)) return null;
        List<Path> jars = new ArrayList<>();
        for (String entry : code.classPath()) {
            Path jar = Path.of(entry);
            // Of a folder no archive can be made; a copy has another path each time.
            if (jars.size() == code.ownJars() || !Files.isRegularFile(jar) || directory.holds(jar)) break;
            jars.add(jar);
        }
        ArchiveFolder folder = ArchiveFolder.ofThisUser();
        return jars.size() < code.ownJars() || folder == null
                ? null
                : new ClassArchive(folder, directory.path(), settings.javaHome(), jars);
    }

    private static boolean excludes(String option) {
        for (String other : NOT_WITH) if (option.startsWith(other)) return true;
        return false;
    }

    ArchiveFolder folder() {
        return folder;
    }

    Path ownedByUs() {
        return ownedByUs;
    }

    List<Path> jars() {
        return jars;
    }

    /** What a worker is started with: nothing, while there is no archive. */
    List<String> options() {
        String name = name();
        Path archive = name == null ? null : folder.find(name, ownedByUs);
        // A JVM that cannot use it says so on stdout, which is the user's.
        return archive == null ? List.of() : usedBy(archive);
    }

    static List<String> usedBy(Path archive) {
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /** Null if a file of which it is made is not there. */
    @Nullable
    String name() {
        StringBuilder facts = new StringBuilder("1");
        // Another build of the JDK in the same place has another library of modules.
        boolean all = add(facts, new File(javaHome.toFile(), "lib/modules"));
        for (Path jar : jars) all &= add(facts, jar.toFile());
        return all ? hash(facts) : null;
    }

    private static boolean add(StringBuilder facts, File file) {
        long size = file.length();
        facts.append('\n').append(file).append(' ').append(size).append(' ').append(file.lastModified());
        return size > 0;
    }

    /** FNV-1a, twice: against accidents, not against people, and there at once, unlike a MessageDigest. */
    private static String hash(CharSequence text) {
        long one = 0xcbf29ce484222325L;
        long two = 0x84222325cbf29ce4L;
        for (int i = 0; i < text.length(); i++) {
            one = (one ^ text.charAt(i)) * 0x100000001b3L;
            two = (two ^ (text.charAt(i) + 0x5bd1)) * 0x100000001b3L;
        }
        return hex(one) + hex(two);
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
