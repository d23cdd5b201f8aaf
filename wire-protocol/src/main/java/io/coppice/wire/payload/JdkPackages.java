package io.coppice.wire.payload;

import java.util.HashSet;
import java.util.Set;

/** The packages of the JDK: what is in them is looked for nowhere else, and a failed look there is dear. */
public final class JdkPackages {
    private static final Set<String> NAMES = new HashSet<>();

    static {
        for (Module module : ModuleLayer.boot().modules()) {
            ClassLoader loader = module.getClassLoader();
            if (loader == null || loader == ClassLoader.getPlatformClassLoader()) NAMES.addAll(module.getPackages());
        }
    }

    private JdkPackages() {}

    /** Whether a class of this binary name is the JDK's, if there is one. */
    public static boolean contain(String className) {
        int end = className.lastIndexOf('.');
        return className.startsWith("java.") || end > 0 && NAMES.contains(className.substring(0, end));
    }
}
