package io.coppice.launch;

import io.coppice.wire.Frame;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.worker.WorkerMain;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The jars (or class folders) a worker needs for itself, found by where their classes were loaded from: the parent's
 * {@code java.class.path} does not tell under JShell, in executable jars or plugin loaders. A jar that lies in another
 * jar, where no JVM can read it, is copied out of it.
 */
final class CoppiceJars {
    private CoppiceJars() {}

    /** One class of each: ours, and Kryo. Netty is not among them: a worker never loads it. */
    static Set<String> paths(Class<?> ofTheApi, PoolDirectory copies) {
        Set<String> paths = new LinkedHashSet<>();
        for (Class<?> each : new Class<?>[] {WorkerMain.class, ofTheApi, Frame.class, PayloadCodec.kryoClass()})
            paths.add(pathOf(each, copies).toString());
        return paths;
    }

    static Path pathOf(Class<?> loaded, PoolDirectory copies) {
        URL location = CodeLocation.of(loaded);
        try {
            if (location == null) throw new IOException("its class loader does not tell");
            return pathOf(location, copies);
        } catch (IOException | RuntimeException failure) {
            throw new IllegalStateException(
                    "a worker cannot be given a class of Coppice, as its jar cannot be read: class=" + loaded.getName()
                            + ", loader=" + loaded.getClassLoader() + ", location=" + location
                            + "; put Coppice's jars and Kryo's on the class path, or in whole into the executable jar",
                    failure);
        }
    }

    /** Where it lies as a file, or a copy of it. */
    static Path pathOf(URL location, PoolDirectory copies) throws IOException {
        Path file = fileAt(location);
        if (file == null) file = NestedJar.copy(location, copies);
        if (!Files.exists(file)) throw new IOException("there is no such file: path=" + file);
        return file;
    }

    private static @Nullable Path fileAt(URL location) throws IOException {
        String text = location.toString();
        if (text.startsWith("jar:file:") && text.indexOf("!/") == text.length() - 2)
            text = text.substring("jar:".length(), text.length() - 2);
        if (!text.startsWith("file:")) return null;
        try {
            return Path.of(new java.net.URI(text)).toAbsolutePath();
        } catch (URISyntaxException unescaped) {
            return Path.of(text.substring("file:".length())).toAbsolutePath(); // a loader's own idea of a URL
        }
    }
}
