package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do values of a user's module that opens nothing travel where they can, and is it said what to do where they cannot? */
@NullUnmarked
class PayloadModuleTest {
    private static final String FACTORY = """
            package com.acme;

            import java.io.*;
            import java.util.*;
            import java.util.function.Function;

            public final class Factory implements Function<String, Object> {
                public record Shown(int number, Object held) {}

                record Hidden(int number) {}

                record HiddenSerializable(int number) implements Serializable {}

                static final class Plain {
                    private Object held = 1;
                }

                static final class Sent implements Serializable {
                    private final Object held = new Shown(7, List.of("x"));

                    @Override
                    public String toString() {
                        return "Sent " + held;
                    }
                }

                static final class Cyclic implements Serializable {
                    private final Object[] held = {this};

                    @Override
                    public boolean equals(Object other) {
                        return other instanceof Cyclic that && that.held[0] == that;
                    }

                    @Override
                    public int hashCode() {
                        return 1;
                    }
                }

                static final class Failure extends Exception {
                    private final Object held = new Shown(8, null);

                    Failure() {
                        super("failed");
                    }

                    @Override
                    public String toString() {
                        return "Failure " + held;
                    }
                }

                public interface Fn extends Function<Object, Object>, Serializable {}

                @Override
                public Object apply(String what) {
                    String captured = "captured";
                    return switch (what) {
                        case "shown" -> new Shown(1, "a");
                        case "hidden" -> new Hidden(1);
                        case "hidden, serializable" -> new HiddenSerializable(5);
                        case "plain" -> new Plain();
                        case "sent" -> new Sent();
                        case "cyclic" -> new Cyclic();
                        case "failure" -> new Failure();
                        case "lambda" -> (Fn) argument -> captured + argument;
                        default -> throw new IllegalArgumentException(what);
                    };
                }
            }
            """;

    private static Function<String, Object> factory;
    private static ClassSpace space;

    @BeforeAll
    @SuppressWarnings("unchecked")
    static void makeTheModule(@TempDir Path folder) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("src/com/acme"));
        Files.writeString(sources.resolve("Factory.java"), FACTORY);
        Path description = folder.resolve("src/module-info.java");
        Files.writeString(description, "module acme.app { exports com.acme; }");
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--release",
                        "17",
                        "-proc:none",
                        "-d",
                        folder.resolve("out").toString(),
                        description.toString(),
                        sources.resolve("Factory.java").toString());
        assertThat(status).isZero();
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration()
                .resolve(ModuleFinder.of(folder.resolve("out")), ModuleFinder.of(), List.of("acme.app"));
        ModuleLayer layer = boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
        ClassLoader loader = layer.findLoader("acme.app");
        PayloadModuleTest.class
                .getModule()
                .addReads(layer.findModule("acme.app").orElseThrow());
        factory = (Function<String, Object>)
                loader.loadClass("com.acme.Factory").getConstructor().newInstance();
        space = new ClassSpace() {
            @Override
            public int loaderOf(Class<?> type) {
                return type.getClassLoader() == loader ? 1 : CLASS_PATH;
            }

            @Override
            public Class<?> find(int number, String name) throws ClassNotFoundException {
                return Class.forName(name, false, number == 1 ? loader : Travel.LOADER);
            }
        };
        for (String name : List.of("shown", "hidden", "sent", "lambda"))
            assertThat(factory.apply(name)).isNotNull();
    }

    private static Object travelled(String what) throws PayloadException {
        PayloadCodec codec = new PayloadCodec(space);
        codec.writeValue(factory.apply(what));
        return new PayloadCodec(space).readValue(codec.take());
    }

    @Test
    void aPublicRecordTravels() throws PayloadException {
        assertThat(travelled("shown")).isEqualTo(factory.apply("shown"));
    }

    @Test
    void whatIsSerializableTravelsWithAllThatItHolds() throws PayloadException {
        assertThat(travelled("sent")).hasToString("Sent Shown[number=7, held=[x]]");
        assertThat(travelled("hidden, serializable")).isEqualTo(factory.apply("hidden, serializable"));
        assertThat(travelled("cyclic")).isEqualTo(factory.apply("cyclic"));
        assertThat(travelled("failure")).hasToString("Failure Shown[number=8, held=null]");
    }

    @Test
    @SuppressWarnings("unchecked")
    void aLambdaTravels() throws PayloadException {
        assertThat(((Function<Object, Object>) travelled("lambda")).apply("!")).isEqualTo("captured!");
    }

    @Test
    void whatIsNotSerializableIsRefusedWithWhatToWrite() {
        for (String what : List.of("plain", "hidden"))
            assertThatThrownBy(() -> travelled(what))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageStartingWith("it is a com.acme.Factory$")
                    .hasMessageContaining(
                            "write \"opens com.acme to com.esotericsoftware.kryo.kryo5, io.coppice.wire\"")
                    .hasMessageContaining("in the module-info of acme.app, or make it Serializable");
    }
}
