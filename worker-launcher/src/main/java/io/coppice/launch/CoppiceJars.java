package io.coppice.launch;

import io.coppice.wire.Frame;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.worker.WorkerMain;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The jars (or class folders) a worker needs for itself, found by where their classes were loaded from: the parent's
 * {@code java.class.path} does not tell under JShell, in executable jars or plugin loaders.
 */
final class CoppiceJars {
    private CoppiceJars() {}

    /** One class of each: ours, and Kryo. Netty is not among them: a worker never loads it. */
    static Set<String> paths(Class<?> ofTheApi) {
        Set<String> paths = new LinkedHashSet<>();
        for (Class<?> each : new Class<?>[] {WorkerMain.class, ofTheApi, Frame.class, PayloadCodec.kryoClass()})
            paths.add(locate(each).toString());
        return paths;
    }

    /** The user's class path: what was given with -cp, and modules, which a worker sees as plain jars. */
    static Set<String> userPaths() {
        Set<String> paths = new LinkedHashSet<>();
        for (String property : new String[] {"java.class.path", "jdk.module.path"}) {
            String value = System.getProperty(property, "");
            if (value.isEmpty()) continue;
            // An empty entry is the working directory.
            for (String entry : value.split(File.pathSeparator, -1))
                paths.add(Path.of(entry).toAbsolutePath().toString());
        }
        return paths;
    }

    private static Path locate(Class<?> loaded) {
        CodeSource source = loaded.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null)
            throw new IllegalStateException("cannot tell where a class of Coppice was loaded from: class="
                    + loaded.getName() + ", loader=" + loaded.getClassLoader());
        try {
            return Path.of(source.getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException | RuntimeException notAFile) {
            throw new IllegalStateException(
                    "a class of Coppice was not loaded from a file: class=" + loaded.getName() + ", location="
                            + source.getLocation(),
                    notAFile);
        }
    }
}
