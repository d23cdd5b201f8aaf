package io.coppice.launch;

import java.io.IOException;
import java.net.URL;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Where a class was loaded from: a class folder, a jar, or a jar in a jar. */
final class CodeLocation {
    private CodeLocation() {}

    /** Null if its loader tells it in no way. */
    static @Nullable URL of(Class<?> loaded) {
        CodeSource source = loaded.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) return source.getLocation();
        String file = "/" + loaded.getName().replace('.', '/') + ".class";
        URL resource = loaded.getResource(file);
        if (resource == null || !resource.toString().endsWith(file)) return null;
        String text = resource.toString();
        try {
            // In the context of the resource: with the same handler, should it be a loader's own.
            return new URL(resource, text.substring(0, text.length() - file.length() + 1));
        } catch (IOException notAnAddress) {
            return null;
        }
    }
}
