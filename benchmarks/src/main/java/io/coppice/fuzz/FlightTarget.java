package io.coppice.fuzz;

import io.coppice.wire.FlightRecord;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.WireException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/** What a dead worker has left as its flight record. */
final class FlightTarget implements Target {
    private final Mutator mutator = new Mutator(List.of(record(0), record(1), record(7)));

    /** With so many outcomes. */
    private static byte[] record(int outcomes) {
        int each = FlightRecord.TURN_BYTES + Items.lengthBytes() + 2;
        ByteBuffer bytes = ByteBuffer.allocate(FlightRecord.OUTCOMES + outcomes * each);
        bytes.putLong(outcomes + 1).putLong((long) outcomes * each);
        for (int i = 1; i <= outcomes; i++)
            bytes.putLong(i).putInt(2).put(OutcomeKind.RETURNED.code()).put((byte) i);
        return bytes.array();
    }

    @Override
    public byte[] input(SplittableRandom random) {
        return mutator.mutant(random);
    }

    @Override
    public boolean takes(byte[] input) {
        try {
            FlightRecord record = FlightRecord.of(input);
            for (FlightRecord.Ended ended : record.ended()) {
                Items.Cursor only = ended.outcome().cursor();
                if (!only.next() || only.outcomePayload().length() != only.outcomeLength())
                    throw new IllegalStateException("no outcome: turn=" + ended.turn());
            }
            return true;
        } catch (WireException refused) {
            return false;
        }
    }

    @Override
    public long mostAllocated(int length) {
        return (1L << 20) + 64L * length;
    }
}
