package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.ProcessPoolExecutor;
import io.coppice.RemoteTraceback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** How what a call has thrown in a worker arrives here. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class ExceptionsIT {
    static final class AppException extends Exception {
        private static final long serialVersionUID = 1;
        final int code;

        AppException(String message, int code, Throwable cause) {
            super(message, cause);
            this.code = code;
        }
    }

    static int throwing() throws AppException {
        throw new AppException("on purpose", 42, new IllegalStateException("the cause"));
    }

    @Test
    @Tag("P05")
    void anExceptionComesBackAsItWasThrownWithItsRemoteTraceback() {
        StackTraceElement here = catchThrowable(ExceptionsIT::throwing).getStackTrace()[0];
        try (var pool = new ProcessPoolExecutor(1)) {
            Throwable thrown = catchThrowable(pool.submit(ExceptionsIT::throwing)::result);
            assertThat(thrown).isInstanceOf(AppException.class).hasMessage("on purpose");
            assertThat(((AppException) thrown).code).isEqualTo(42);
            assertThat(thrown.getCause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the cause");
            Throwable traceback = thrown.getCause().getCause();
            assertThat(traceback).isInstanceOf(RemoteTraceback.class).hasMessageContaining("worker=1, pid=");
            assertThat(traceback.getStackTrace()[0])
                    .as("class, method and line")
                    .hasToString(here.toString());
            assertThat(thrown.getStackTrace()[0]).hasToString(here.toString());
        }
    }

    static final class WithField extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused")
        private final Object field = new Object();

        WithField() {
            super("carries what cannot travel");
        }
    }

    @Test
    void anExceptionThatCannotTravelIsStoodInForAndNotLost() {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(() -> {
                        throw new WithField();
                    })::result))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessage("carries what cannot travel")
                    .hasToString(WithField.class.getName() + ": carries what cannot travel");
        }
    }
}
