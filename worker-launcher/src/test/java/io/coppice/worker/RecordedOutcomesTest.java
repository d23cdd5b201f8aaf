package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.FlightRecord;
import io.coppice.wire.Frame;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From RECORD on no outcome is lost with a worker: it stands in its flight record, or is sent at once. */
@Timeout(60)
class RecordedOutcomesTest {
    private static final long WAIT = 1;

    private FakeParent parent;

    @BeforeEach
    void connect() throws Exception {
        Work.reset();
        parent = new FakeParent();
    }

    @AfterEach
    void disconnect() throws Exception {
        Work.mayEnd.countDown();
        parent.close();
    }

    private void takeInToRecord() throws Exception {
        parent.next(Frame.Hello.class);
        parent.say(new Frame.Record(), Handshake.welcome(Items.NONE));
        parent.next(Frame.Ready.class);
    }

    @Test
    void beforeItsFirstCallTheRecordSaysThatNothingWasBegun() throws Exception {
        takeInToRecord();
        assertThat(FlightRecord.read(parent.directory())).isEqualTo(new FlightRecord(0, List.of()));
    }

    @Test
    void whatIsNotSentYetStandsInTheRecord() throws Exception {
        takeInToRecord();
        parent.say(parent.function(WAIT, Work.WAIT), parent.chunk(WAIT, -1L, -2L, 3L));
        Work.begun.await();
        FlightRecord record = FlightRecord.read(parent.directory());
        assertThat(record.begun()).isEqualTo(3);
        assertThat(record.ended()).extracting(FlightRecord.Ended::turn).containsExactly(1L, 2L);
    }

    /** As on a disk that is full. */
    @Test
    void whereThereCanBeNoRecordEachOutcomeIsSentAtOnce() throws Exception {
        Files.createDirectory(FlightRecord.file(parent.directory()));
        takeInToRecord();
        parent.say(parent.function(WAIT, Work.WAIT), parent.chunk(WAIT, -1L, -2L, 3L));
        assertThat(parent.outcomes(1, 2)).containsExactly("-1", "-2");
        assertThat(Work.mayEnd.getCount()).as("the third is still at it").isOne();
    }
}
