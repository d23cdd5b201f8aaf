package io.coppice;

import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The inputs of a map side by side: a row holds the arguments of one call. Ends with the shortest input. */
final class Rows {
    private final Iterator<?>[] columns;

    private Rows(Iterator<?>[] columns) {
        this.columns = columns;
    }

    static Rows of(Iterable<?>... inputs) {
        Iterator<?>[] columns = new Iterator<?>[inputs.length];
        for (int i = 0; i < inputs.length; i++)
            columns[i] = Objects.requireNonNull(inputs[i], "items").iterator();
        return new Rows(columns);
    }

    int arity() {
        return columns.length;
    }

    boolean hasNext() {
        for (Iterator<?> column : columns) if (!column.hasNext()) return false;
        return true;
    }

    /** The next row, where there is one input: what is in it. */
    @Nullable
    Object nextOfOne() {
        return columns[0].next();
    }

    void next(@Nullable Object[] row) {
        for (int i = 0; i < row.length; i++) row[i] = columns[i].next();
    }
}
