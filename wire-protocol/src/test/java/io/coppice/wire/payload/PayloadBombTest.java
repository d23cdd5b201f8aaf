package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.wire.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much memory can few bytes take? Not more than some times what they are. */
@NullUnmarked
class PayloadBombTest {
    private static final int ARRAYS = 400;

    /** Each collection of nulls is small in bytes, so there may be many. */
    @ParameterizedTest
    @ValueSource(ints = {65, 1000, 1 << 20, Integer.MAX_VALUE - 1})
    void aMadeUpAmountOfNullsIsRefused(int count) throws PayloadException {
        byte[] two = Travel.written(new ArrayList<>(Arrays.asList(null, null))).toArray();
        ByteBuffer many = ByteBuffer.allocate(two.length + 8).put(two, 0, two.length - 2);
        int left = count + 1; // as Kryo writes it: a flag, and more to come, and the lowest six bits; then seven each
        many.put((byte) (0xC0 | left & 0x3F));
        for (left >>>= 6; left > 0x7F; left >>>= 7) many.put((byte) (0x80 | left & 0x7F));
        many.put((byte) left).put((byte) 1).put((byte) 0);
        byte[] bytes = Arrays.copyOf(many.array(), many.position());
        assertThatThrownBy(() -> Travel.read(Payload.of(bytes)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("longer than its bytes: length=" + count);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 63, 64, 65, 66, 1000})
    void nullsComeAsManyAsTheyAre(int count) throws PayloadException {
        List<Object> nulls = new ArrayList<>(Collections.nCopies(count, null));
        List<Object> mixed = new ArrayList<>(nulls);
        mixed.add("x");
        assertThat(Travel.<Object>travelled(List.of(nulls, mixed, nulls.size())))
                .isEqualTo(List.of(nulls, mixed, count));
    }

    private static final class WithLoader extends ObjectOutputStream {
        WithLoader(ByteArrayOutputStream out) throws IOException {
            super(out);
        }

        @Override
        protected void annotateClass(Class<?> type) throws IOException {
            writeInt(ClassSpace.CLASS_PATH);
        }
    }

    /** Arrays one in the other, each of which says that it is as long as it might be: each is made before what is in it. */
    @Test
    void arraysInEachOtherAreTogetherNoLongerThanTheirBytesLetExpect() throws Exception {
        Object nest = null;
        for (int i = 0; i < ARRAYS; i++) nest = new Object[] {nest};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new WithLoader(out)) {
            stream.writeObject(nest);
        }
        byte[] bytes = out.toByteArray();
        int claimed = 4 * bytes.length;
        ByteBuffer view = ByteBuffer.wrap(bytes);
        int patched = 0;
        for (int at = 0; at + 10 <= bytes.length; at++) {
            boolean isArray = bytes[at] == 0x75 && bytes[at + 1] == 0x71 && view.getInt(at + 6) == 1;
            if (!isArray) continue; // TC_ARRAY, TC_REFERENCE and a handle, a length
            view.putInt(at + 6, claimed);
            patched++;
        }
        assertThat(patched).isEqualTo(ARRAYS - 1); // the first tells its class
        ClassNames names = new ClassNames(ClassSpace.of(Travel.LOADER));
        try (JavaFormInput in = new JavaFormInput(bytes, names, List.of())) {
            assertThatThrownBy(in::readObject)
                    .isInstanceOf(InvalidClassException.class)
                    .hasMessageContaining("REJECTED");
        }
    }

    private static final class OfTheWorker extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What stands for an exception that cannot be read may skip numbers, but not more than there are objects. */
    @Test
    void moreNumbersThanBytesAreNotSkipped() throws PayloadException {
        byte[] right = Travel.written(new OfTheWorker()).toArray();
        assertThat(right).endsWith(1, 0); // one object has a number besides: its list of suppressed ones
        ByteBuffer frame = ByteBuffer.allocate(100_000 + right.length + 2).position(100_000);
        frame.put(right, 0, right.length - 2).put((byte) 0xD0).put((byte) 0x86).put((byte) 3); // 50,000
        frame.put((byte) 0);
        PayloadCodec knowsNoSuchClass =
                new PayloadCodec(AnswerClasses.of(List.of()).in(ClassSpace.of(Travel.LOADER)));
        assertThatThrownBy(() -> knowsNoSuchClass.readValue(frame.array(), 100_000, right.length + 2))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("more objects than bytes: count=50000");
        assertThat(knowsNoSuchClass.readValue(Payload.of(right))).isInstanceOf(RemoteException.class);
    }
}
