package io.coppice.launch;

import io.coppice.worker.WorkerMain;
import java.io.File;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker finds its code: where the parent does, on the class path, on the module path, or on both. What is a
 * module in the parent is one in the worker, with its services, its encapsulated resources and its readability.
 *
 * @param modules to be resolved beside what the main needs: the parent's own, which no other may require
 * @param coppiceIsModular Coppice itself is on the parent's module path or in its run-time image
 */
record CodePath(Set<String> classPath, Set<String> modulePath, Set<String> modules, boolean coppiceIsModular) {

    /** @param copies takes the jars of ours that are not files */
    static CodePath ofThisJvm(Class<?> ofTheApi, PoolDirectory copies) {
        Module ours = WorkerMain.class.getModule();
        boolean modular = ours.getLayer() == ModuleLayer.boot(); // not in a layer that a program has made itself
        Set<String> classPath = new LinkedHashSet<>();
        if (!modular) classPath.addAll(CoppiceJars.paths(ofTheApi, copies));
        classPath.addAll(entriesOfTheClassPath(
                System.getProperty("java.class.path", ""), System.getProperty("jdk.module.main")));
        return new CodePath(
                classPath,
                entries(System.getProperty("jdk.module.path", "")),
                modules(modular ? locationOf(ModuleLayer.boot(), ours.getName()) : null),
                modular);
    }

    /** As the JDK reads the property: empty is the working directory where the main is not a module's, else nothing. */
    static Set<String> entriesOfTheClassPath(String property, @Nullable String mainModule) {
        if (property.isEmpty() && mainModule == null) return Set.of(absolute(""));
        return entries(property);
    }

    private static Set<String> entries(String path) {
        Set<String> entries = new LinkedHashSet<>();
        // An empty entry is the working directory.
        if (!path.isEmpty()) for (String entry : path.split(File.pathSeparator, -1)) entries.add(absolute(entry));
        return entries;
    }

    private static String absolute(String entry) {
        return Path.of(entry).toAbsolutePath().toString();
    }

    /** Those that are not the JDK's own; all, if the JDK is an image that was made with Coppice in it. */
    private static Set<String> modules(@Nullable URI ours) {
        boolean all = ours != null && isOfTheImage(ours);
        Set<String> names = new TreeSet<>();
        for (Module each : ModuleLayer.boot().modules()) {
            URI location = locationOf(ModuleLayer.boot(), each.getName());
            if (all || location == null || !isOfTheImage(location)) names.add(each.getName());
        }
        // Without a main module these are the parent's roots, whatever the worker's main is.
        if (ours != null && !all && System.getProperty("jdk.module.main") == null) names.add("ALL-DEFAULT");
        return names;
    }

    private static @Nullable URI locationOf(ModuleLayer layer, String module) {
        return layer.configuration()
                .findModule(module)
                .map(found -> found.reference())
                .flatMap(ModuleReference::location)
                .orElse(null);
    }

    private static boolean isOfTheImage(URI location) {
        return "jrt".equals(location.getScheme());
    }

    /** The options of a JVM. The class path is always said, or the environment's CLASSPATH would be taken. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        if (!modulePath.isEmpty()) {
            options.add("--module-path");
            options.add(String.join(File.pathSeparator, modulePath));
        }
        if (!modules.isEmpty()) {
            options.add("--add-modules");
            options.add(String.join(",", modules));
        }
        options.add("-cp");
        options.add(String.join(File.pathSeparator, classPath));
        return options;
    }

    /** What stands last on the command line. */
    List<String> main() {
        String main = WorkerMain.class.getName();
        return coppiceIsModular ? List.of("-m", WorkerMain.class.getModule().getName() + "/" + main) : List.of(main);
    }
}
