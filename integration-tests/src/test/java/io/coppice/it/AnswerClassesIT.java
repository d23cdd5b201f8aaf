package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Task;
import io.coppice.WorkerContext;
import java.io.InvalidObjectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A list of the classes that answers may contain. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class AnswerClassesIT {
    record Listed(int number, List<Object> held) {}

    record Other(int number) {}

    static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1;

        OwnException(String message) {
            super(message);
        }
    }

    private static final String LISTED = Listed.class.getName();

    private static ProcessPoolExecutor pool(String... patterns) {
        return ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .context(WorkerContext.spawn().answersMayContain(patterns))
                .build();
    }

    private static Object answer(int kind) {
        return switch (kind) {
            case 0 -> new Listed(1, List.of("a"));
            case 1 -> new Other(1);
            case 2 -> new Listed(1, new ArrayList<>(List.of(new Other(2))));
            default -> new HashMap<>(Map.of("key", List.of(1, 2L, 3.0)));
        };
    }

    private static void assertRefused(Throwable failure, Class<?> refused, String list) {
        assertThat(failure)
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("result of a call cannot be read here")
                .hasMessageContaining("class=" + refused.getName())
                .hasMessageContaining("list=" + list);
    }

    @Test
    void anAnswerWithAnotherClassFailsThatCallAlone() throws Exception {
        try (var pool = pool(LISTED)) {
            assertThat(pool.submit(AnswerClassesIT::answer, 0).result()).isEqualTo(answer(0));
            for (int kind : new int[] {1, 2})
                assertRefused(
                        catchThrowable(pool.submit(AnswerClassesIT::answer, kind)::result),
                        Other.class,
                        "[" + LISTED + "]");
            assertThat(pool.submit(AnswerClassesIT::answer, 3).result()).isEqualTo(answer(3));
            assertThat(pool.submit(AnswerClassesIT::answer, 0).result()).isEqualTo(answer(0));
        }
    }

    @Test
    void aMapsResultsAreHeldToTheListItemByItem() {
        try (var pool = pool(LISTED);
                var results = pool.map(AnswerClassesIT::answer, List.of(0, 1, 3))) {
            List<Object> came = new ArrayList<>();
            results.outcomes().forEach(outcome -> came.add(outcome.exception() == null ? "value" : "failure"));
            assertThat(came).containsExactly("value", "failure", "value");
        }
    }

    @Test
    void patternsAddUpAndCoverPackages() throws Exception {
        WorkerContext context = WorkerContext.spawn().answersMayContain(LISTED).answersMayContain("io.coppice.it.*");
        try (var pool =
                ProcessPoolExecutor.builder().maxWorkers(1).context(context).build()) {
            assertThat(pool.submit(AnswerClassesIT::answer, 2).result()).isEqualTo(answer(2));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerContext.spawn().answersMayContain("*"))
                .withMessageContaining("com.acme.**");
    }

    @Test
    void anEmptyListLetsValuesOfTheJdkThrough() throws Exception {
        try (var pool = pool()) {
            assertThat(pool.submit(AnswerClassesIT::answer, 3).result()).isEqualTo(answer(3));
            assertRefused(catchThrowable(pool.submit(AnswerClassesIT::answer, 0)::result), Listed.class, "[]");
        }
    }

    @Test
    void whatIsThrownComesAsItselfOrAsOneThatStandsInForIt() {
        try (var pool = pool()) {
            Future<?> jdks = pool.submit((Task<Object>) () -> {
                throw new IllegalStateException("of the JDK");
            });
            assertThatThrownBy(jdks::result).isExactlyInstanceOf(IllegalStateException.class);
            Future<?> own = pool.submit((Task<Object>) () -> {
                throw new OwnException("of the user");
            });
            Throwable standIn = catchThrowable(own::result);
            assertThat(standIn)
                    .isNotInstanceOf(OwnException.class)
                    .hasMessage("of the user")
                    .hasToString(OwnException.class.getName() + ": of the user");
            assertThat(standIn.getSuppressed()[0]).hasMessageContaining("class=" + OwnException.class.getName());
        }
    }

    @Test
    void whatIsSentThereIsNotLookedAt() throws Exception {
        try (var pool = pool()) {
            assertThat(pool.submit(Other::number, new Other(7)).result()).isEqualTo(7);
        }
    }
}
