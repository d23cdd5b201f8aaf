package io.coppice;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Futures#wait} gives: Python's {@code DoneAndNotDoneFutures}.
 *
 * @param done the futures that had ended or were cancelled, in the order they were given
 * @param notDone the others, in the order they were given
 * @param <T> the futures' result
 */
public record DoneAndNotDone<T extends @Nullable Object>(Set<Future<T>> done, Set<Future<T>> notDone) {}
