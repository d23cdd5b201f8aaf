package io.coppice.launch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A jar that lies in another one, as in Spring Boot's executable jars, and can only be read through its URL: {@code
 * jar:nested:/app.jar/!BOOT-INF/lib/x.jar!/} (Boot 3) or {@code jar:file:/app.jar!/BOOT-INF/lib/x.jar!/} (Boot 2).
 */
final class NestedJar {
    private static final String INSIDE = "!/";

    private NestedJar() {}

    /**
     * Copies it into the pool's directory.
     *
     * @throws IOException if what the URL gives is not a jar
     */
    static Path copy(URL location, PoolDirectory copies) throws IOException {
        IOException failure = new IOException("what its location gives is not a jar");
        for (String address : addresses(location.toString())) {
            try (InputStream in = new BufferedInputStream(new URL(location, address).openStream())) {
                if (isZip(in)) return copy(in, fileName(address), copies.createLibraryDirectory());
            } catch (IOException | RuntimeException unreadable) { // a handler's own URL may do anything
                failure.addSuppressed(unreadable);
            }
        }
        throw failure;
    }

    /** With and without the parts that say "inside of it": which of them gives the jar's bytes is up to the handler. */
    private static List<String> addresses(String location) {
        List<String> addresses = new ArrayList<>();
        String jar = location.endsWith(INSIDE) ? location.substring(0, location.length() - INSIDE.length()) : location;
        if (jar.startsWith("jar:")) addresses.add(jar.substring("jar:".length()));
        addresses.add(jar);
        return addresses;
    }

    private static boolean isZip(InputStream in) throws IOException {
        in.mark(4);
        byte[] first = in.readNBytes(4);
        in.reset();
        return first.length == 4 && first[0] == 'P' && first[1] == 'K' && first[2] == 3 && first[3] == 4;
    }

    /** Two jars may have one name: then a number goes before it. */
    private static Path copy(InputStream in, String name, Path folder) throws IOException {
        for (int number = 0; ; number++) {
            Path copy = folder.resolve(number == 0 ? name : number + "-" + name);
            try {
                Files.copy(in, copy);
                return copy;
            } catch (FileAlreadyExistsException taken) {
                // the next one
            }
        }
    }

    private static String fileName(String address) {
        String name = address.substring(address.lastIndexOf('/') + 1).replaceAll("[^\\w.+-]", "_");
        return name.isEmpty() ? "coppice.jar" : name;
    }
}
