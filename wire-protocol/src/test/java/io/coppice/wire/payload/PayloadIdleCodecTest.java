package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Payload;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Does a codec that nobody uses keep classes alive that nobody else needs? */
@NullUnmarked
class PayloadIdleCodecTest {
    static final class Plugin {
        int number = 1;
    }

    private static final class Plugins implements ClassSpace {
        private final WeakReference<ClassLoader> loader;

        Plugins(ClassLoader loader) {
            this.loader = new WeakReference<>(loader);
        }

        @Override
        public int loaderOf(Class<?> type) {
            return type.getClassLoader() == loader.get() ? 1 : CLASS_PATH;
        }

        @Override
        public Class<?> find(int number, String name) throws ClassNotFoundException {
            return Class.forName(name, false, number == 1 ? loader.get() : Travel.LOADER);
        }
    }

    private static ClassLoader pluginLoader() {
        URL classes = Plugin.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
        // As the class path is open to us.
        Travel.class.getModule().addReads(loader.getUnnamedModule());
        return loader;
    }

    private static Object plugin(ClassLoader loader) throws ReflectiveOperationException {
        var constructor = loader.loadClass(Plugin.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    @Test
    void aLoaderCanBeCollectedOnceItsValuesWereSent() throws Exception {
        ClassLoader loader = pluginLoader();
        CodecPool pool = new CodecPool(new Plugins(loader));
        PayloadCodec worker = new PayloadCodec(new Plugins(loader));
        send(pool, worker, plugin(loader));
        worker.forgetClasses();
        WeakReference<ClassLoader> weak = new WeakReference<>(loader);
        loader = null;
        for (int i = 0; i < 100 && weak.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(weak.get()).isNull();
        assertThat(pool.take()).isNotNull();
    }

    private static void send(CodecPool pool, PayloadCodec worker, Object value) throws PayloadException {
        PayloadCodec codec = pool.take();
        codec.writeValue(List.of(value));
        Payload payload = codec.take();
        pool.giveBack(codec);
        List<?> read = (List<?>) worker.readValue(payload);
        assertThat(read.get(0).getClass()).isSameAs(value.getClass());
    }

    @Test
    void aCodecThatHasRestedWorksAsBefore() throws Exception {
        ClassLoader loader = pluginLoader();
        CodecPool pool = new CodecPool(new Plugins(loader));
        PayloadCodec worker = new PayloadCodec(new Plugins(loader));
        for (int i = 0; i < 3; i++) {
            send(pool, worker, plugin(loader));
            if (i == 1) worker.forgetClasses();
        }
    }
}
