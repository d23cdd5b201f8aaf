package io.coppice.launch;

import io.coppice.worker.WorkerMain;
import java.io.File;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker finds its code: where the parent does, on the class path, on the module path, or on both. What is a
 * module in the parent is one in the worker, with its services, its encapsulated resources and its readability.
 *
 * @param ownJars so many at the head of the class path are Coppice's own
 * @param modules to be resolved beside what the main needs: the parent's own, which no other may require
 * @param coppice where Coppice itself is
 */
record CodePath(Set<String> classPath, int ownJars, Set<String> modulePath, Set<String> modules, Coppice coppice) {
    private static final String MODULE = "io.coppice.launch";

    /** An image is a JDK that was made by jlink, with modules of the program in it. */
    enum Coppice {
        ON_CLASS_PATH,
        ON_MODULE_PATH,
        IN_IMAGE
    }

    /** @param copies takes the jars of ours that are not files */
    static CodePath ofThisJvm(Class<?> ofTheApi, PoolDirectory copies) {
        Coppice coppice = whereCoppiceIs();
        String mainModule = System.getProperty("jdk.module.main");
        Set<String> classPath = new LinkedHashSet<>();
        if (coppice == Coppice.ON_CLASS_PATH) classPath.addAll(CoppiceJars.paths(ofTheApi, copies));
        int ownJars = classPath.size();
        classPath.addAll(entriesOfTheClassPath(System.getProperty("java.class.path", ""), mainModule));
        Set<String> modules = modules(coppice == Coppice.IN_IMAGE);
        // Without a main module these are the parent's roots; a worker whose main is a module's must be told.
        if (coppice == Coppice.ON_MODULE_PATH && mainModule == null) modules.add("ALL-DEFAULT");
        return new CodePath(classPath, ownJars, entries(System.getProperty("jdk.module.path", "")), modules, coppice);
    }

    private static Coppice whereCoppiceIs() {
        Module ours = WorkerMain.class.getModule();
        if (ours.getLayer() != ModuleLayer.boot()) return Coppice.ON_CLASS_PATH; // or in a layer of the program's own
        return isOfTheImage(ours.getName()) ? Coppice.IN_IMAGE : Coppice.ON_MODULE_PATH;
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

    /** Those that are not the JDK's own; in an image nobody can tell, and it may be all. */
    private static Set<String> modules(boolean all) {
        Set<String> names = new TreeSet<>();
        boolean othersPossible =
                System.getProperty("jdk.module.path") != null || System.getProperty("jdk.module.upgrade.path") != null;
        if (!all && !othersPossible) return names; // a look at each takes longer than a process to start
        for (Module each : ModuleLayer.boot().modules())
            if (all || !isOfTheImage(each.getName())) names.add(each.getName());
        return names;
    }

    private static boolean isOfTheImage(String module) {
        Optional<ResolvedModule> found = ModuleLayer.boot().configuration().findModule(module);
        if (found.isEmpty()) return false;
        Optional<URI> location = found.get().reference().location();
        return location.isPresent() && "jrt".equals(location.get().getScheme());
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
        return coppice == Coppice.ON_CLASS_PATH ? List.of(main) : List.of("-m", MODULE + "/" + main);
    }
}
