package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.Fn1;
import io.coppice.ProcessPoolExecutor;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Classes that nobody else can have are refused, and the message says which. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class CodeRefusalIT {
    @TempDir
    Path folder;

    private Plugin plugin(String version) throws Exception {
        return Plugin.ofJobs(folder, version);
    }

    @Test
    void aClassWhoseLoaderKeepsItsBytesToItselfIsRefused() throws Exception {
        byte[] bytes;
        try (var plugin = plugin("a")) {
            bytes = plugin.getResourceAsStream("acme/Helper.class").readAllBytes();
        }
        ClassLoader secretive = new ClassLoader(CodeRefusalIT.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.equals("acme.Helper")) throw new ClassNotFoundException(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        var constructor = secretive.loadClass("acme.Helper").getDeclaredConstructor();
        constructor.setAccessible(true);
        Object helper = constructor.newInstance();
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThatThrownBy(() -> pool.submit(Calls::echo, helper))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("argument 1")
                    .hasMessageContaining(
                            "acme.Helper, a class made at run time, whose bytes its class loader does not");
        }
    }

    /** Made hidden by the test. */
    static final class ToBeHidden {
        int value = 3;
    }

    @Test
    void anObjectOfAHiddenClassIsRefused() throws Exception {
        byte[] bytes = CodeRefusalIT.class
                .getResourceAsStream("CodeRefusalIT$ToBeHidden.class")
                .readAllBytes();
        Object hidden = MethodHandles.lookup()
                .defineHiddenClass(bytes, true)
                .lookupClass()
                .getDeclaredConstructor()
                .newInstance();
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThatThrownBy(() -> pool.submit(Calls::echo, hidden))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("argument 1")
                    .hasMessageContaining("hidden class");
        }
    }

    @Test
    void aResultWhoseClassTheWorkerMadeItselfIsToldClearly() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Fn1<String, Object> function = folder -> {
                Path place = Files.createDirectories(Path.of(folder));
                return Plugin.of(place, Map.of("acme.Own", "package acme; public class Own { }"))
                        .instance("acme.Own");
            };
            assertThat(catchThrowable(pool.submit(function, folder.toString())::result))
                    .hasMessageContaining("result of a call cannot be sent back")
                    .hasMessageContaining("acme.Own")
                    .hasMessageContaining("of a class loader that only the worker has");
        }
    }
}
