package io.coppice.code;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
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
        return loader == null ? null : loader.getResourceAsStream(path(type)); // a jar that it has open stays open
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

    /** The resources of this name that a loader knows, without those of the JDK, which a worker has. */
    static List<byte[]> resources(ClassLoader loader, String name, boolean onlyFirst) throws IOException {
        Set<String> ofTheJdk = new HashSet<>();
        for (URL url : Collections.list(ClassLoader.getPlatformClassLoader().getResources(name)))
            ofTheJdk.add(url.toString());
        List<byte[]> found = new ArrayList<>();
        for (URL url : Collections.list(loader.getResources(name))) {
            if (!ofTheJdk.add(url.toString())) continue; // nor the same twice
            try (InputStream stream = open(url)) {
                found.add(stream.readAllBytes());
            }
            if (onlyFirst) break;
        }
        return found;
    }
}
