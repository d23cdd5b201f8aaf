package io.coppice.wire.payload;

import static io.coppice.wire.payload.RefusedValues.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Is the way to what cannot be written found in graphs that are deep, large, cyclic or hostile? */
@NullUnmarked
class RefusalSearchTest {
    @Test
    void whatIsMetAgainOnAnotherWayIsNamedByTheWayItWasWritten() {
        Job first = new Job(null);
        Job second = new Job(first);
        first.held = second; // a cycle
        second.other = THREAD;
        assertThat(refused(first)).hasMessage("Job.held → Job.other holds " + A_THREAD);
    }

    @Test
    void aLongWayIsShownByItsEnds() {
        Object chain = THREAD;
        for (int i = 0; i < 300; i++) chain = new Job(chain);
        assertThat(refused(chain))
                .hasMessage("Job.held → Job.held → Job.held → Job.held → Job.held → … (290 more) → "
                        + "Job.held → Job.held → Job.held → Job.held → Job.held holds " + A_THREAD);
    }

    @Test
    void aWayOfTenThousandIsFoundWhereTheStackSuffices() throws InterruptedException {
        Object[] chain = {THREAD};
        for (int i = 0; i < 9_999; i++) chain = new Object[] {chain};
        Object deep = chain;
        AtomicReference<PayloadException> refused = new AtomicReference<>();
        Thread thread = new Thread(null, () -> refused.set(refused(deep)), "deep", 256 << 20);
        thread.start();
        thread.join();
        assertThat(refused.get()).hasMessageContaining("… (9990 more)").hasMessageEndingWith("holds " + A_THREAD);
    }

    @Test
    void theLastOfManyIsFound() {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) many.add(new Report("r", i));
        many.add(new Report("r", PENDING));
        assertThat(refused(many)).hasMessage("List[300000] → Report.pending holds " + A_FUTURE);
    }

    @Test
    void aWayThroughWhatOneStreamHoldsIsSearched() {
        List<Object> held = new ArrayList<>();
        InAStream inAStream = new InAStream(held);
        held.add(inAStream); // a cycle: all that is Serializable goes into the stream of the object
        held.add(new SerializableJob(THREAD));
        assertThat(refused(new Job(inAStream)))
                .hasMessage("Job.held → InAStream.held → List[1] → SerializableJob.held holds " + A_THREAD);
    }

    @Test
    void aSearchThatWouldGoOnForLongGivesUp() {
        List<Object> held = new ArrayList<>();
        InAStream inAStream = new InAStream(held);
        held.add(inAStream);
        for (int i = 0; i < 20; i++) held.add(Collections.nCopies(1_000_000, "x"));
        held.add(List.of(new SerializableJob(THREAD)));
        assertThat(refused(inAStream)).hasMessageStartingWith("… holds").hasMessageContaining(A_THREAD);
    }

    @Test
    void noMethodOfTheUsersIsCalledOnTheWay() {
        Hostile hostile = new Hostile(THREAD);
        IdentityHashMap<Object, Object> map = new IdentityHashMap<>(); // which asks no key for its hash
        map.put(hostile, PENDING);
        assertThat(refused(new Job(new Object[] {hostile})))
                .hasMessage("Job.held → array[0] → Hostile.held holds " + A_THREAD);
        assertThat(refused(map)).hasMessageContaining("holds");
        assertThat(refused(new OwnIterator(THREAD))).hasMessage("… holds " + A_THREAD);
    }

    @Test
    void theExceptionDoesNotKeepWhatItTellsOf() throws Exception {
        PayloadException refused = refused(new Job(new FutureTask<>(() -> 1)));
        assertThat(refused.getCause())
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.found()).isNull());
        assertThat(Travel.<Throwable>travelled(refused)).hasMessage(refused.getMessage());
    }

    @Test
    void aUsersSerializerThatGoesOnAfterAFailureLeavesNoTrace() {
        assertThat(refused(new Object[] {new Job(null), THREAD})).hasMessage("array[1] holds " + A_THREAD);
        assertThat(refused(new Job(new Tries(THREAD, PENDING))))
                .hasMessage("Job.held → Tries.second holds " + A_FUTURE);
    }

    @Test
    void aTransientFieldIsNotInTheWay() {
        assertThat(catchThrowable(() -> Travel.travelled(new WithTransient()))).isNull();
    }

    @Test
    void aValueTooDeepForTheStackIsToldWithoutAWay() {
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) deep = new ArrayList<>(Collections.singletonList(deep));
        PayloadException refused = refused(deep);
        assertThat(refused).hasMessage(TooDeep.MESSAGE);
        assertThat(refused.about("argument 1")).isEqualTo("argument 1: " + TooDeep.MESSAGE);
    }
}
