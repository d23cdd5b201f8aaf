package io.coppice.launch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of one worker: what may lie in its folder, and its JVM's crash report, which the user may want elsewhere. */
record WorkerFiles(Path folder, LaunchSettings settings) {
    private static final String ERROR_FILE = "-XX:ErrorFile=";

    /** Its command line. */
    Path arguments() {
        return folder.resolve("arguments");
    }

    /** Its JVM's crash report, as the option says it, with %p for the pid. */
    Path errorFile() {
        return folder.resolve("hs_err_pid%p.log");
    }

    /** Where its crash report is, if there is one. */
    Path crashFile(long pid) {
        String users = usersErrorFile();
        String pattern = users == null ? errorFile().toString() : users;
        Path file = Path.of(pattern.replace("%p", Long.toString(pid)));
        return settings.directory() == null
                ? file.toAbsolutePath()
                : settings.directory().resolve(file).toAbsolutePath();
    }

    /** Keeps its crash report beyond the folder's end; null if that cannot be. One in the user's place stays there. */
    @Nullable
    Path keep(Path crashFile, long pid) {
        if (usersErrorFile() != null) return crashFile;
        return new KeptCrashFiles(Path.of(System.getProperty("java.io.tmpdir"))).keep(crashFile, pid);
    }

    /** The option that stands last counts, and the user's come behind ours. */
    private @Nullable String usersErrorFile() {
        String last = null;
        for (String option : settings.jvmOptions())
            if (option.startsWith(ERROR_FILE)) last = option.substring(ERROR_FILE.length());
        return last;
    }
}
