package io.coppice.worker;

import io.coppice.wire.FlightRecord;
import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import io.coppice.wire.Token;
import io.coppice.wire.payload.Invocable;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A parent in the same JVM as the worker, which is a call loop on a thread of its own, with a socket between them. */
final class FakeParent implements AutoCloseable {
    static final Frame END = new Frame.Goodbye();
    static final String EXECUTING = "main-of-the-worker";
    private static final int SECONDS = 60;

    private final Path directory;
    private final SocketChannel channel;
    private final FrameEncoder encoder;
    private final ByteBuffer out = ByteBuffer.allocate(1 << 20);
    private final LinkedBlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    private final List<Frame> passedOver = new ArrayList<>();
    final WorkerClasses classes;
    final CallLoop worker;
    final Thread executing;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final PayloadCodec codec;
    private long lastTurn;

    FakeParent() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("coppice-test");
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            ParentSocket socket = ParentSocket.open();
            socket.connect(path);
            channel = server.accept();
            Supplies supplies = new Supplies();
            classes = new WorkerClasses(supplies);
            codec = new PayloadCodec(classes);
            ParentConnection connection = new ParentConnection(socket, supplies);
            classes.connected(connection);
            CompletableFuture<CallLoop> made = new CompletableFuture<>();
            executing = new Thread(() -> work(connection, made), EXECUTING);
            executing.setDaemon(true);
            executing.start();
            worker = made.join();
        }
        encoder = new FrameEncoder((bytes, offset, length, given) -> {
            for (int at = offset, end = offset + length; at < end; ) {
                if (!out.hasRemaining()) flush();
                int take = Math.min(out.remaining(), end - at);
                out.put(bytes, at, take);
                at += take;
            }
        });
        Thread reader = new Thread(this::read, "reader-of-the-parent");
        reader.setDaemon(true);
        reader.start();
    }

    private void work(ParentConnection connection, CompletableFuture<CallLoop> made) {
        try (connection) {
            CallLoop loop = new CallLoop(connection, classes, new FlightRecorder(directory));
            made.complete(loop);
            loop.run(Token.of(new byte[32], 0));
            connection.write(END);
            connection.flush();
            ended.complete(true);
        } catch (Throwable failure) {
            ended.completeExceptionally(failure);
        }
    }

    private void read() {
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.WORKER);
        ByteBuffer in = ByteBuffer.allocate(1 << 16);
        try {
            while (channel.read(in.clear()) >= 0) {
                in.flip();
                for (Frame frame = decoder.next(in); frame != null; frame = decoder.next(in)) received.add(frame);
            }
        } catch (IOException closed) {
            // by the test's end
        }
    }

    // ---- what a parent says ----

    /** Hello, welcome, ready. */
    void takeIn() throws Exception {
        next(Frame.Hello.class);
        say(Handshake.welcome(Items.NONE));
        next(Frame.Ready.class);
    }

    void say(Frame... frames) throws IOException {
        for (Frame frame : frames) encoder.encode(frame);
        flush();
    }

    private void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) channel.write(out);
        out.clear();
    }

    Frame.Function function(long id, Invocable function) throws PayloadException {
        codec.writeValue(function);
        return new Frame.Function(id, codec.take());
    }

    /** The next turns, each with one argument. */
    Frame.Calls calls(long function, Object... arguments) throws PayloadException {
        return new Frame.Calls(turnsFor(arguments.length), function, items(arguments));
    }

    Frame.Call chunk(long function, Object... arguments) throws PayloadException {
        return new Frame.Call(turnsFor(arguments.length), function, items(arguments));
    }

    Path directory() {
        return directory;
    }

    long lastTurn() {
        return lastTurn;
    }

    private long turnsFor(int count) {
        lastTurn += count;
        return lastTurn - count + 1;
    }

    private Items items(Object... arguments) throws PayloadException {
        for (Object argument : arguments) codec.addArguments(argument);
        return new Items(arguments.length, codec.take());
    }

    /** Over the lifeline, whose thread is the caller's here. */
    void recall(long from) throws IOException {
        worker.recall(lastTurn, from);
    }

    // ---- what it hears ----

    /** The next of this type; others may have come before it. */
    <F extends Frame> F next(Class<F> type) throws InterruptedException {
        for (Frame frame : passedOver) {
            if (!type.isInstance(frame)) continue;
            passedOver.remove(frame);
            return type.cast(frame);
        }
        while (true) {
            Frame frame = Objects.requireNonNull(received.poll(SECONDS, TimeUnit.SECONDS), "no frame came");
            if (type.isInstance(frame)) return type.cast(frame);
            passedOver.add(frame);
        }
    }

    /** Whether all that came has been looked at. */
    boolean heardAll() {
        return received.isEmpty() && passedOver.isEmpty();
    }

    /** So many outcomes, from this turn on, as text: a value, or what was thrown. */
    List<String> outcomes(long firstTurn, int count) throws Exception {
        List<String> outcomes = new ArrayList<>();
        while (outcomes.size() < count) {
            Frame.Answer answer = next(Frame.Answer.class);
            if (answer.turn() != firstTurn + outcomes.size())
                throw new AssertionError("turn=" + answer.turn() + ", expected=" + (firstTurn + outcomes.size()));
            outcomes.addAll(outcomes(answer));
        }
        return outcomes;
    }

    List<String> outcomes(Frame.Answer answer) throws PayloadException {
        List<String> outcomes = new ArrayList<>();
        for (Items.Cursor item = answer.outcomes().cursor(); item.next(); ) {
            Payload payload = item.outcomePayload();
            Object value = codec.readValue(payload);
            outcomes.add(item.outcomeKind() == OutcomeKind.RETURNED ? "" + value : item.outcomeKind() + " " + value);
        }
        return outcomes;
    }

    /** How the worker has ended: returns if it was told to leave, else throws why. */
    void awaitEnd() throws InterruptedException, TimeoutException, IOException {
        try {
            ended.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException lost) throw lost;
            throw new AssertionError(failed.getCause());
        }
    }

    @Override
    public void close() throws Exception {
        channel.close();
        executing.join(TimeUnit.SECONDS.toMillis(SECONDS));
        Files.deleteIfExists(directory.resolve("s"));
        Files.deleteIfExists(FlightRecord.file(directory));
        Files.deleteIfExists(directory);
    }
}
