package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a worker has died of an item is not forgotten, wherever it waits in between. */
class RetriedItemTest {
    private final RecordingSeriesSink sink = new RecordingSeriesSink();
    private final Series chunk = Series.chunk(Sample.function("f"), Sample.items(1, 2, 3), sink);

    private static SeriesRest givenBack(Batch batch, int fromItem) {
        List<Work> back = new ArrayList<>();
        batch.giveBack(fromItem, back::add);
        return (SeriesRest) back.get(0);
    }

    @Test
    void whatWasGivenBackOnceIsNotGivenBackAgain() {
        Batch batch = Series.chunk(Sample.function("f"), Sample.items(1, 2, 3, 4, 5, 6), sink)
                .take(1, 0);
        givenBack(batch, 3);
        batch.answer(Sample.outcomes(7, 7), () -> "worker");
        SeriesRest rest = givenBack(batch, 2); // its worker died before it began the third
        assertThat(rest.take(1).itemCount()).isEqualTo(1);
    }

    @Test
    void itIsCountedThroughEveryDeath() {
        Batch first = chunk.take(1, 0);
        first.answer(Sample.outcomes(7), () -> "worker");
        SeriesRest rest = givenBack(first, 2);
        assertThat(first.died()).isEqualTo(1);
        SeriesRest again = (SeriesRest) first.again();
        assertThat(first.isEnded()).isTrue();

        Batch second = again.take(1);
        assertThat(second.itemCount()).isEqualTo(1);
        Batch third = givenBack(second, 0).take(1); // its worker was killed before it had begun
        assertThat(third.died()).isEqualTo(2);
        third.lose(new Loss(Loss.Kind.WORKER_DIED, () -> "died", Fault.UNKNOWN, List.of(), null));

        Batch ofRest = rest.take(1);
        assertThat(ofRest.itemCount()).isEqualTo(1);
        assertThat(ofRest.died()).isEqualTo(1);
        assertThat(sink.told).containsExactly("answer 0+1", "lost 1: WORKER_DIED");
    }
}
