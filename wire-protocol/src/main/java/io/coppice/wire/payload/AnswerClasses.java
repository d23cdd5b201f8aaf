package io.coppice.wire.payload;

import java.io.InvalidClassException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The classes that a worker's answers may contain, by name, so that no other is loaded or made: values of the JDK and
 * what Coppice sends itself ({@link PlainValues}), and what the user lists. Immutable.
 */
public final class AnswerClasses {
    private static final Pattern PATTERN =
            Pattern.compile("[\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}]*"
                    + "(\\.[\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}]*)*(\\.\\*\\*?)?");

    private final List<String> patterns;
    private final Set<String> classes = new HashSet<>();
    private final Set<String> packages = new HashSet<>();
    private final List<String> withSubpackages = new ArrayList<>(); // each with its dot

    private AnswerClasses(List<String> patterns) {
        this.patterns = patterns;
        for (String pattern : patterns) {
            if (!PATTERN.matcher(pattern).matches())
                throw new IllegalArgumentException(
                        "not the name of a class, of a package (com.acme.*) or of one with all below (com.acme.**): "
                                + pattern);
            if (pattern.endsWith(".**")) withSubpackages.add(pattern.substring(0, pattern.length() - 2));
            else if (pattern.endsWith(".*")) packages.add(pattern.substring(0, pattern.length() - 2));
            else classes.add(pattern);
        }
    }

    /**
     * @param patterns binary names of classes, or of packages with {@code .*} behind, or {@code .**} for all below too
     * @throws IllegalArgumentException for one that is neither
     */
    public static AnswerClasses of(List<String> patterns) {
        return new AnswerClasses(List.copyOf(patterns));
    }

    public List<String> patterns() {
        return patterns;
    }

    /** That space, for who reads answers. */
    public ClassSpace in(ClassSpace space) {
        return new RestrictedSpace(space, this);
    }

    /** @param name binary, of an array in the way of {@link Class#getName} */
    void check(String name) throws InvalidClassException {
        if (!contain(name))
            throw new InvalidClassException(
                    "the answer contains a class that is not on the pool's list: class=" + name + ", list=" + patterns
                            + "; if it may come from a worker, add it by WorkerContext.answersMayContain");
    }

    private boolean contain(String name) {
        int dimensions = 0;
        while (dimensions < name.length() && name.charAt(dimensions) == '[') dimensions++;
        if (dimensions == 0) return containElement(name);
        if (name.length() == dimensions + 1) return "ZBCSIJFD".indexOf(name.charAt(dimensions)) >= 0;
        return name.endsWith(";") && containElement(name.substring(dimensions + 1, name.length() - 1));
    }

    private boolean containElement(String name) {
        if (PlainValues.contain(name) || classes.contains(name)) return true;
        int end = name.lastIndexOf('.');
        if (end > 0 && packages.contains(name.substring(0, end))) return true;
        for (String above : withSubpackages) if (name.startsWith(above)) return true;
        return false;
    }
}
