package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.Kryo;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.NullUnmarked;

/** A value's way to the other side: written by one codec, read by another. */
@NullUnmarked
final class Travel {
    static final ClassLoader LOADER = Travel.class.getClassLoader();

    static {
        // A user's classes lie on the class path, where all is open; the tests' lie in the module.
        Travel.class.getModule().addOpens("io.coppice.wire.payload", Kryo.class.getModule());
    }

    private Travel() {}

    static PayloadCodec codec() {
        return new PayloadCodec(ClassSpace.of(LOADER));
    }

    static Payload written(Object value) throws PayloadException {
        PayloadCodec codec = codec();
        codec.writeValue(value);
        return codec.take();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T> T read(Payload payload) throws PayloadException {
        return (T) codec().readValue(payload);
    }

    static <T> T travelled(T value) throws PayloadException {
        return read(written(value));
    }

    /** The arguments of one call, as the other side gets them. */
    static Object[] travelledArguments(Object... arguments) throws PayloadException {
        PayloadCodec codec = codec();
        codec.addArguments(arguments);
        Items.Cursor item = new Items(1, codec.take()).cursor();
        item.next();
        Object[] read = new Object[arguments.length];
        codec().readArguments(item.payload(), read);
        return read;
    }

    static AbstractThrowableAssert<?, ?> assertRefused(Object value) {
        return assertThatThrownBy(() -> travelled(value)).isInstanceOf(PayloadException.class);
    }
}
