package io.coppice.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** What the manifest of an executable jar says to the JVM: {@code java -jar} makes options of it, a worker's main not. */
final class ManifestOptions {
    /** The first JDK that looks for Enable-Native-Access there. */
    private static final int NATIVE_ACCESS_SINCE = 22;

    private ManifestOptions() {}

    static List<String> ofThisJvm() {
        String jar = System.getProperty("java.class.path", "");
        String command = System.getProperty("sun.java.command", "");
        // After -jar the jar is both the class path and the first word of the command.
        if (!jar.isEmpty() && (command.equals(jar) || command.startsWith(jar + " "))) {
            try (JarFile file = new JarFile(jar)) {
                Manifest manifest = file.getManifest();
                return manifest == null
                        ? List.of()
                        : of(manifest, Runtime.version().feature());
            } catch (IOException noJar) {
                // a main class that is called as the class path is
            }
        }
        return List.of();
    }

    static List<String> of(Manifest manifest, int feature) {
        Attributes attributes = manifest.getMainAttributes();
        List<String> options = new ArrayList<>();
        add(options, "--add-exports=", attributes.getValue("Add-Exports"));
        add(options, "--add-opens=", attributes.getValue("Add-Opens"));
        if (feature >= NATIVE_ACCESS_SINCE && attributes.getValue("Enable-Native-Access") != null)
            options.add("--enable-native-access=ALL-UNNAMED");
        return options;
    }

    private static void add(List<String> options, String option, @Nullable String packages) {
        if (packages == null) return;
        for (String each : packages.strip().split("\\s+")) options.add(option + each + "=ALL-UNNAMED");
    }
}
