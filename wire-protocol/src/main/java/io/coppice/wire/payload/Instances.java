package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import java.io.Serializable;
import java.lang.reflect.Constructor;

/** How an object whose fields are set afterwards comes to life. */
final class Instances {
    private Instances() {}

    /**
     * A Serializable class comes to life without its constructor, as Java does it; another through its own no-argument
     * constructor if it has one, so that its transient fields are set up; without, if that throws.
     */
    static <T> ObjectInstantiator<T> instantiatorOf(Class<T> type) {
        if (!Serializable.class.isAssignableFrom(type)) {
            try {
                Constructor<T> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                ObjectInstantiator<T> without = new StdInstantiatorStrategy().newInstantiatorOf(type);
                return () -> {
                    try {
                        return constructor.newInstance();
                    } catch (ReflectiveOperationException itThrows) {
                        return without.newInstance();
                    }
                };
            } catch (ReflectiveOperationException | RuntimeException noneWeCanUse) {
                // made without a constructor instead
            }
        }
        return new StdInstantiatorStrategy().newInstantiatorOf(type);
    }
}
