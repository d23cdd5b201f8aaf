package io.coppice;

import java.util.concurrent.TimeoutException;

/**
 * A {@link TimeoutException} from where a checked exception cannot be thrown: an iterator's {@code next}.
 */
public final class UncheckedTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UncheckedTimeoutException(String message) {
        super(message, new TimeoutException(message));
    }
}
