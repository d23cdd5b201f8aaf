package io.coppice.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the parent makes of a flight record, whatever stands in it. */
class FlightRecordTest {
    @TempDir
    Path folder;

    private void write(long begun, long length, byte[] outcomes) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(FlightRecord.FILE_BYTES);
        file.putLong(begun).putLong(length).put(outcomes);
        Files.write(FlightRecord.file(folder), file.array());
    }

    /** The turn, and an outcome of so many bytes of payload. */
    private static byte[] entry(long turn, OutcomeKind kind, int payload) {
        return ByteBuffer.allocate(13 + payload)
                .putLong(turn)
                .putInt(1 + payload)
                .put(kind.code())
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) length += part.length;
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) all.put(part);
        return all.array();
    }

    @Test
    void whatWasBegunAndEndedIsRead() throws Exception {
        byte[] outcomes = joined(entry(7, OutcomeKind.RETURNED, 2), entry(8, OutcomeKind.THREW, 0));
        write(9, outcomes.length, outcomes);
        FlightRecord record = FlightRecord.read(folder);
        assertThat(record.begun()).isEqualTo(9);
        assertThat(FlightRecord.begun(folder)).isEqualTo(9);
        assertThat(record.ended()).extracting(FlightRecord.Ended::turn).containsExactly(7L, 8L);
        Items.Cursor second = record.ended().get(1).outcome().cursor();
        assertThat(second.next()).isTrue();
        assertThat(second.outcomeKind()).isEqualTo(OutcomeKind.THREW);
    }

    @Test
    void whatWasNotSaidToBeThereIsNotRead() throws Exception {
        byte[] outcomes = joined(entry(7, OutcomeKind.RETURNED, 2), entry(8, OutcomeKind.THREW, 0));
        write(8, outcomes.length - entry(8, OutcomeKind.THREW, 0).length, outcomes);
        assertThat(FlightRecord.read(folder).ended())
                .extracting(FlightRecord.Ended::turn)
                .containsExactly(7L);
    }

    @Test
    void aWorkerThatHasNoneHasNone() {
        assertThatThrownBy(() -> FlightRecord.read(folder)).isInstanceOf(FileNotFoundException.class);
        assertThat(FlightRecord.begun(folder)).isNegative();
    }

    @Test
    void anythingElseIsRefused() throws Exception {
        Files.write(FlightRecord.file(folder), new byte[100]);
        assertRefused();
        write(-1, 0, new byte[0]);
        assertRefused();
        assertThat(FlightRecord.begun(folder)).isZero();
        write(1, FlightRecord.FILE_BYTES, new byte[0]);
        assertRefused();
        write(1, -1, new byte[0]);
        assertRefused();
        byte[] entry = entry(1, OutcomeKind.RETURNED, 2);
        write(1, entry.length - 1, entry);
        assertRefused();
        write(1, 4, new byte[4]);
        assertRefused();
        entry[12] = 77; // no kind of an outcome
        write(1, entry.length, entry);
        assertRefused();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> FlightRecord.read(folder))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("flight record");
    }

    @Test
    void noBytesDoAnythingWorse() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 12) bytes[8] = bytes[9] = bytes[10] = 0; // a length that may fit
            write(random.nextInt(5), random.nextInt(bytes.length + 1), bytes);
            try {
                FlightRecord.read(folder);
            } catch (WireException refused) {
                continue;
            } catch (RuntimeException | Error worse) {
                throw new AssertionError("seed=" + seed + ", round=" + round, worse);
            }
        }
    }
}
