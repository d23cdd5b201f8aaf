package io.coppice.wire.payload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** What lives in its JVM alone, or says nothing when copied: refused when it is written, wherever it stands. */
@NullUnmarked
@SuppressWarnings({"IdentityHashMapUsage", "resource", "StreamResourceLeak"}) // nothing is opened that must be closed
final class ValueKindsRefused {
    private ValueKindsRefused() {}

    static void addTo(ValueKinds kinds) {
        concurrent(kinds);
        threads(kinds);
        streams(kinds);
        reflection(kinds);
        cycles(kinds);
    }

    private static void concurrent(ValueKinds kinds) {
        kinds.add("CompletableFuture", CompletableFuture::new);
        kinds.add("completed Future", () -> CompletableFuture.completedFuture(1));
        kinds.add("FutureTask", () -> new FutureTask<>(() -> 1));
        kinds.add("ForkJoinTask", () -> ForkJoinTask.adapt(() -> 1));
        kinds.add("ForkJoinPool", ForkJoinPool::commonPool);
        kinds.add(
                "ThreadPoolExecutor",
                () -> new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()));
        kinds.add("ScheduledThreadPoolExecutor", () -> new ScheduledThreadPoolExecutor(0));
        kinds.add("CountDownLatch", () -> new CountDownLatch(1));
        kinds.add("CyclicBarrier", () -> new CyclicBarrier(2));
        kinds.add("Phaser", Phaser::new);
        kinds.add("Exchanger", Exchanger::new);
        kinds.add("DelayQueue", DelayQueue::new);
    }

    private static void threads(ValueKinds kinds) {
        kinds.add("Thread", Thread::new);
        kinds.add("current Thread", Thread::currentThread);
        kinds.add("ThreadGroup", () -> Thread.currentThread().getThreadGroup());
        kinds.add("ThreadLocal", ThreadLocal::new);
        kinds.add("ThreadFactory", Executors::defaultThreadFactory);
        kinds.add("Timer task", () -> new TimerTask() {
            @Override
            public void run() {}
        });
        kinds.add("ClassLoader", ClassLoader::getSystemClassLoader);
        kinds.add("URLClassLoader", () -> new URLClassLoader(new URL[0]));
        kinds.add("Runtime", Runtime::getRuntime);
        kinds.add("ProcessHandle", ProcessHandle::current);
        kinds.add("ProcessBuilder", () -> new ProcessBuilder("true"));
        kinds.add("WeakReference", () -> new WeakReference<>("text"));
    }

    private static void streams(ValueKinds kinds) {
        kinds.add("Stream", () -> Stream.of(1));
        kinds.add("IntStream", () -> IntStream.range(0, 3));
        kinds.add("Iterator", () -> new ArrayList<>(List.of(1)).iterator());
        kinds.add(
                "Iterator of a HashMap",
                () -> new HashMap<>(Map.of(1, 2)).keySet().iterator());
        kinds.add("Spliterator", () -> List.of(1).spliterator());
        kinds.add("Enumeration", () -> Collections.enumeration(List.of(1)));
        kinds.add("Scanner", () -> new Scanner("text"));
        kinds.add("InputStream", () -> new ByteArrayInputStream(new byte[1]));
        kinds.add("standard input", () -> System.in);
        kinds.add("OutputStream", ByteArrayOutputStream::new);
        kinds.add("PrintStream", () -> System.err);
        kinds.add("ObjectOutputStream", () -> new ObjectOutputStream(new ByteArrayOutputStream()));
        kinds.add("Reader", () -> new StringReader("text"));
        kinds.add("empty Reader", Reader::nullReader);
        kinds.add("Socket", Socket::new);
        kinds.add("ServerSocket", ServerSocket::new);
        kinds.add("Selector", java.nio.channels.Selector::open);
        kinds.add("FileSystem", FileSystems::getDefault);
        kinds.add("Matcher", () -> Pattern.compile("a").matcher("a"));
        kinds.add("WeakHashMap", WeakHashMap::new);
        // a copy would be a set in which what is equal is one
        kinds.add("keySet of an IdentityHashMap", () -> new IdentityHashMap<>(Map.of("a", 1)).keySet());
    }

    private static void reflection(ValueKinds kinds) {
        kinds.add("Method", () -> String.class.getMethod("length"));
        kinds.add("Constructor", () -> String.class.getConstructor());
        kinds.add("Field", () -> Math.class.getField("PI"));
        kinds.add("Module", String.class::getModule);
        kinds.add(
                "MethodHandle",
                () -> MethodHandles.lookup().findVirtual(String.class, "length", MethodType.methodType(int.class)));
        kinds.add("Lookup", MethodHandles::lookup);
        kinds.add("lambda that is not Serializable", () -> (Function<Integer, Integer>) x -> x);
        kinds.add("lambda that captures a Thread", () -> {
            Thread thread = Thread.currentThread();
            return (RandomGraphNodes.Source<Object>) () -> thread;
        });
        kinds.add("object of a hidden class", ValueKindsRefused::hidden);
        kinds.add("hidden class", () -> hidden().getClass());
    }

    static final class ToBeHidden {}

    private static Object hidden() throws ReflectiveOperationException, java.io.IOException {
        try (var in = ToBeHidden.class.getResourceAsStream("ValueKindsRefused$ToBeHidden.class")) {
            var constructor = MethodHandles.lookup()
                    .defineHiddenClass(in.readAllBytes(), true)
                    .lookupClass()
                    .getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        }
    }

    /** Made after what they hold, so that what they hold cannot hold them. */
    private static void cycles(ValueKinds kinds) {
        kinds.add("cycle through a record", () -> {
            Object[] array = new Object[1];
            array[0] = new ValueKindsOfGraphs.Link(1, array);
            return array[0];
        });
        kinds.add("cycle through List.of", () -> {
            Object[] array = new Object[1];
            array[0] = List.of(1, array);
            return array[0];
        });
        kinds.add("cycle through a serialization proxy", () -> {
            List<Object> list = new ArrayList<>();
            list.add(new RandomGraphByHand.Proxied(list)); // Java would read it as null
            return list.get(0);
        });
        kinds.add("cycle through a lambda", () -> {
            List<Object> list = new ArrayList<>();
            RandomGraphNodes.Source<Object> lambda = () -> list;
            list.add(lambda);
            return lambda;
        });
    }
}
