package io.coppice.code;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bytes of classes and resources, from the loaders that have them. All of this runs their code, and may wait for I/O. */
final class ClassBytes {
    private ClassBytes() {}

    /** The class file that this class was made of, or that its loader would make it of now; null if that is not told. */
    static byte @Nullable [] of(Class<?> type) {
        try (InputStream stream = open(type)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException | RuntimeException | LinkageError unreadable) {
            return null;
        }
    }

    /** Whether there is a class file, without reading it. */
    static boolean exist(Class<?> type) {
        try {
            if (type.getModule().isNamed()) {
                try (InputStream stream = type.getModule().getResourceAsStream(path(type))) {
                    return stream != null;
                }
            }
            ClassLoader loader = type.getClassLoader();
            return loader != null && loader.getResource(path(type)) != null;
        } catch (IOException | RuntimeException | LinkageError unreadable) {
            return false;
        }
    }

    private static @Nullable InputStream open(Class<?> type) throws IOException {
        if (type.getModule().isNamed()) return type.getModule().getResourceAsStream(path(type));
        ClassLoader loader = type.getClassLoader();
        return loader == null ? null : open(loader, path(type), source(type));
    }

    /**
     * Of several classes of one name the one that this loader itself defines: its resources may be its parent's first,
     * though its classes are not.
     */
    private static @Nullable InputStream open(ClassLoader loader, String path, String source) throws IOException {
        URL usual = loader.getResource(path);
        URL own = loader instanceof URLClassLoader urls ? urls.findResource(path) : from(source, loader, path);
        // The loader's own stream reads from the jar that it has open.
        if (own == null || usual == null || own.toString().equals(usual.toString()))
            return loader.getResourceAsStream(path);
        return open(own);
    }

    /** The resource that lies where the class comes from; null if none does. */
    private static @Nullable URL from(String source, ClassLoader loader, String path) throws IOException {
        if (source.isEmpty()) return null;
        for (URL each : Collections.list(loader.getResources(path))) {
            String address = each.toString();
            if (address.startsWith(source) || address.startsWith("jar:" + source + "!/")) return each;
        }
        return null;
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    /** Not through the cache of jar files: they would stay open. */
    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    /** Where a class comes from, as a URL; empty if it does not say. */
    static String source(Class<?> type) {
        try {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            return source == null || source.getLocation() == null
                    ? ""
                    : source.getLocation().toString();
        } catch (RuntimeException notTold) {
            return "";
        }
    }

    /** Resources that are too large to be sent. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** The resources of this name that a loader knows, without those of the JDK, which a worker has. */
    static List<byte[]> resources(ClassLoader loader, String name, boolean onlyFirst, int mostBytes)
            throws IOException {
        int left = mostBytes;
        Set<String> ofTheJdk = new HashSet<>();
        for (URL url : Collections.list(ClassLoader.getPlatformClassLoader().getResources(name)))
            ofTheJdk.add(url.toString());
        List<byte[]> found = new ArrayList<>();
        for (URL url : Collections.list(loader.getResources(name))) {
            if (!ofTheJdk.add(url.toString())) continue; // nor the same twice
            try (InputStream stream = open(url)) {
                byte[] bytes = stream.readNBytes(left + 1);
                if (bytes.length > left) throw new TooLargeException();
                left -= bytes.length;
                found.add(bytes);
            }
            if (onlyFirst) break;
        }
        return found;
    }
}
