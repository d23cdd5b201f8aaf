package com.acme.boot;

import com.acme.library.Basket;
import com.acme.library.Greeting;
import io.coppice.Fn1;
import io.coppice.ProcessPoolExecutor;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.springframework.boot.Banner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/** Each line of output is one rule of SpringBootJarIT. */
@Configuration(proxyBeanMethods = false)
public class Application {
    record Point(int x, int y) {
        Point moved(int by) {
            return new Point(x + by, y + by);
        }
    }

    static final class OrderLost extends Exception {
        private final int x;

        OrderLost(Point where) {
            super("lost");
            x = where.x();
        }
    }

    public static final class GoodMorning implements Greeting {
        @Override
        public String greet(String name) {
            return "good morning " + name;
        }
    }

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.run(args);
    }

    @Bean(destroyMethod = "close")
    ProcessPoolExecutor pool() {
        return new ProcessPoolExecutor(1);
    }

    @Bean
    CommandLineRunner calls(ProcessPoolExecutor pool) {
        return args -> {
            int captured = 40;
            say("lambda", () -> pool.submit(() -> captured + 2).result());
            say("method reference", () -> pool.submit(Application::shout, "apple").result());
            say("map", () -> {
                try (var results = pool.map(Application::shout, List.of("a", "b"))) {
                    return results.next() + results.next();
                }
            });
            Point point = new Point(3, 4);
            say("record", () -> pool.submit(Point::moved, point, 10).result());
            say("captured record", () -> pool.submit(() -> point.moved(1)).result());
            say("object of a library", () -> pool.submit(Basket::with, new Basket("ann"), "apple").result());
            say("lambda as result", () -> pool.submit(Application::adder, 5).result().apply(6));
            say("exception", () -> {
                Throwable thrown = pool.submit(Application::lose, point).exception();
                return thrown instanceof OrderLost lost ? lost.getMessage() + " at " + lost.x : thrown;
            });
            say("class of Spring", () -> pool.submit(StringUtils::capitalize, "apple").result());
            say("resource", () -> pool.submit(Application::resource).result());
            say("services", () -> pool.submit(Application::greetings, "ann").result());
            say("opened by the manifest", () -> pool.submit(Application::isJavaLangOpen).result());
            say("folder of our jars", () -> pool.submit(Application::folderOfOurJars).result());
        };
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
        return word.toUpperCase(Locale.ROOT) + "!";
    }

    private static Fn1<Integer, Integer> adder(int first) {
        return second -> first + second;
    }

    private static int lose(Point point) throws OrderLost {
        throw new OrderLost(point);
    }

    private static String resource() throws Exception {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader.getResourceAsStream("apple.txt")) {
            return in == null ? "none" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static String greetings(String name) {
        return ServiceLoader.load(Greeting.class).stream()
                .map(provider -> provider.get().greet(name))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static boolean isJavaLangOpen() {
        return Object.class.getModule().isOpen("java.lang", Application.class.getModule());
    }

    /** The folder of the first jar on a worker's class path. */
    private static Path folderOfOurJars() {
        Path first = Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]);
        return first.getParent().getFileName();
    }
}
