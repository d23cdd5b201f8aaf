package com.acme.app;

import com.acme.words.Greeting;
import io.coppice.Fn1;
import io.coppice.ProcessPoolExecutor;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Each line of output is one rule of ModulePathIT. */
public final class Main {
    private static final String SUFFIX = "!";

    private Main() {}

    public static void main(String[] args) throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            int captured = 40;
            say("lambda", () -> pool.submit(() -> captured + 2).result());
            say("method reference", () -> pool.submit(Main::shout, "apple").result());
            say("map", () -> {
                try (var results = pool.map(Main::shout, List.of("a", "b"))) {
                    return results.next() + results.next();
                }
            });
            say("record", () -> pool.submit(Point::moved, new Point(1, 2), 10).result());
            Point point = new Point(3, 4);
            say("captured record", () -> pool.submit(() -> point.moved(1)).result());
            say("object", () -> pool.submit(Order::with, new Order("ann"), point).result());
            say("lambda as result", () -> pool.submit(Main::adder, 5).result().apply(6));
            Fn1<Integer, Integer> inner = adder(3);
            say("captured lambda", () -> pool.submit(() -> inner.apply(4)).result());
            say("exception", () -> pool.submit(Main::lose, point).exception() instanceof OrderLost lost ? lost.where() : "?");
            say("closed argument", () -> pool.submit(String::valueOf, (Object) new Closed()).result());
            say("closed result", () -> pool.submit(() -> new Closed()).result());
            say("services", () -> pool.submit(Main::greetings, "ann").result());
            say("resource", () -> pool.submit(Main::resource).result());
            say("modules", () -> pool.submit(Main::modules).result());
            say("encapsulated", () -> pool.submit(Main::encapsulated).result());
        }
    }

    private interface Rule {
        Object run() throws Exception;
    }

    private static void say(String what, Rule rule) {
        try {
            System.out.println(what + ": " + rule.run());
        } catch (Exception thrown) {
            System.out.println(what + ": " + thrown);
        }
    }

    private static String shout(String word) {
        return word.toUpperCase(java.util.Locale.ROOT) + SUFFIX;
    }

    private static Fn1<Integer, Integer> adder(int first) {
        return second -> first + second;
    }

    private static int lose(Point point) throws OrderLost {
        throw new OrderLost(point);
    }

    private static String greetings(String name) {
        return ServiceLoader.load(Greeting.class).stream()
                .map(provider -> provider.get().greet(name))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String resource() throws Exception {
        try (InputStream in = Main.class.getResourceAsStream("apple.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static String modules() {
        return Main.class.getModule() + ", " + Greeting.class.getModule() + ", "
                + io.coppice.Executor.class.getModule().getName();
    }

    /** Another module's package that is not exported stays closed. */
    private static String encapsulated() throws Exception {
        Class<?> hello = Class.forName("com.acme.words.internal.Hello");
        try {
            return "open: " + hello.getDeclaredConstructor().newInstance();
        } catch (IllegalAccessException closed) {
            return "closed";
        }
    }
}
