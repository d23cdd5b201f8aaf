package io.coppice.wire.payload;

import java.util.Set;

/**
 * Classes that are values and no more, by name: to make one runs no code but its own, and that of what it contains. Of
 * the JDK, and what Coppice itself sends.
 */
final class PlainValues {
    private static final Set<String> PACKAGES = Set.of(
            "io.coppice", // functions, and what is thrown
            "java.math",
            "java.nio", // buffers
            "java.time",
            "java.time.chrono",
            "java.time.zone",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.function");

    private static final Set<String> CLASSES = Set.of(
            "io.coppice.wire.payload.RemoteException",
            "java.io.File",
            "java.io.Serializable",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.CharSequence",
            "java.lang.Character",
            "java.lang.Class",
            "java.lang.Comparable",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Iterable",
            "java.lang.Long",
            "java.lang.Math",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.Record",
            "java.lang.Runnable",
            "java.lang.Short",
            "java.lang.StackTraceElement",
            "java.lang.StrictMath",
            "java.lang.String",
            "java.lang.String$CaseInsensitiveComparator",
            "java.lang.StringBuffer",
            "java.lang.StringBuilder",
            "java.lang.Throwable",
            "java.lang.Void",
            "java.net.URI",
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp",
            "java.util.regex.Pattern",
            "sun.util.calendar.ZoneInfo"); // a time zone

    private PlainValues() {}

    static boolean contain(String className) {
        if (CLASSES.contains(className)) return true;
        int end = className.lastIndexOf('.');
        if (end > 0 && PACKAGES.contains(className.substring(0, end))) return true;
        return className.startsWith("java.") && (className.endsWith("Exception") || className.endsWith("Error"));
    }
}
