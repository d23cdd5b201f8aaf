package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.wire.Payload;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Are a class's own hooks of Java serialization honoured? */
@NullUnmarked
class PayloadJavaSerializationTest {
    @Test
    void writeObjectAndReadObjectAreCalled() throws PayloadException {
        assertThat(Travel.travelled(new Doubling(21)).number).isEqualTo(42);
    }

    @Test
    void hooksOfASuperclassAreCalled() throws PayloadException {
        assertThat(Travel.travelled(new DoublingToo(4)).number).isEqualTo(8);
    }

    @Test
    void hooksAreCalledInsideAGraph() throws PayloadException {
        Map<String, List<Doubling>> read = Travel.travelled(Map.of("k", List.of(new Doubling(1), new Doubling(2))));
        assertThat(read.get("k")).extracting(doubling -> doubling.number).containsExactly(2, 4);
    }

    @Test
    void writeReplaceIsHonoured() throws PayloadException {
        assertThat((Object) Travel.travelled(new Replaced("text"))).isEqualTo("stands for text");
    }

    @Test
    void readResolveIsHonoured() throws PayloadException {
        assertThat(Travel.travelled(Only.ONE)).isSameAs(Only.ONE);
        assertThat(Travel.travelled(List.of(Only.ONE)).get(0)).isSameAs(Only.ONE);
    }

    @Test
    void aRecordsReadResolveIsHonoured() throws PayloadException {
        assertThat(Travel.travelled(new Canonical("a"))).isSameAs(Canonical.A);
    }

    @Test
    void externalizableIsHonoured() throws PayloadException {
        Handwritten written = new Handwritten();
        written.text = "abc";
        assertThat(Travel.travelled(written).text).isEqualTo("abc, by hand");
    }

    @Test
    void aSerializableClassWithoutHooksIsMadeWithoutItsConstructor() throws PayloadException {
        int made = Counted.constructed;
        assertThat(Travel.travelled(new Counted()).value).isEqualTo(3);
        assertThat(Counted.constructed).isEqualTo(made + 1);
    }

    @Test
    void aHookThatFailsToWriteCostsTheValue() {
        Travel.assertRefused(new Failing(true)).hasMessageContaining("on purpose: writing");
    }

    @Test
    void aHookThatFailsToReadCostsTheValue() throws PayloadException {
        Payload payload = Travel.written(new Failing(false));
        assertThatThrownBy(() -> Travel.read(payload))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("on purpose: reading");
    }

    @Test
    void aFieldThatCannotBeSerializedIsNamed() {
        Travel.assertRefused(new HoldsThread()).hasMessageContaining("java.lang.Thread");
    }

    static class Doubling implements Serializable {
        transient int number;

        Doubling(int number) {
            this.number = number;
        }

        private void writeObject(ObjectOutputStream stream) throws IOException {
            stream.writeInt(number);
        }

        private void readObject(ObjectInputStream stream) throws IOException {
            number = 2 * stream.readInt();
        }
    }

    static final class DoublingToo extends Doubling {
        DoublingToo(int number) {
            super(number);
        }
    }

    record Replaced(String text) implements Serializable {
        private Object writeReplace() {
            return "stands for " + text;
        }
    }

    static final class Only implements Serializable {
        static final Only ONE = new Only();

        private Object readResolve() {
            return ONE;
        }
    }

    record Canonical(String name) implements Serializable {
        static final Canonical A = new Canonical("a");

        private Object readResolve() {
            return name.equals("a") ? A : this;
        }
    }

    /** Public, with a public constructor, as Externalizable asks for. */
    public static final class Handwritten implements Externalizable {
        String text = "";

        public Handwritten() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(text);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            text = in.readUTF() + ", by hand";
        }
    }

    static final class Counted implements Serializable {
        static int constructed;
        int value = 3;

        Counted() {
            constructed++;
        }
    }

    static final class Failing implements Serializable {
        private final boolean whenWritten;

        Failing(boolean whenWritten) {
            this.whenWritten = whenWritten;
        }

        private void writeObject(ObjectOutputStream stream) throws IOException {
            if (whenWritten) throw new IOException("on purpose: writing");
            stream.defaultWriteObject();
        }

        private void readObject(ObjectInputStream stream) throws IOException {
            throw new IOException("on purpose: reading");
        }
    }

    static final class HoldsThread implements Serializable {
        final Object held = Thread.currentThread();
    }
}
