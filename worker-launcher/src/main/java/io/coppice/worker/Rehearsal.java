package io.coppice.worker;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.Token;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.Invocable;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The main of a JVM that makes the class-data archive: a worker that is its own parent, on another thread, and runs a few
 * calls, so that the classes which workers load are loaded when it exits. Like a worker it halts when its stdin ends
 * before that.
 */
public final class Rehearsal {
    /** The argument with which nothing is played: to see whether a JVM starts. */
    public static final String NOTHING = "nothing";

    private Rehearsal() {}

    /** Given where to put its socket, and the names of further classes that workers load. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals(NOTHING)) return;
        Path path = Path.of(args[0]);
        for (int i = 1; i < args.length; i++) {
            try {
                Class.forName(args[i]);
            } catch (ClassNotFoundException | LinkageError notHere) {
                // then it is not among them
            }
        }
        InputStream stdin = WorkerMain.ownStdin();
        ExitWitness.post(path.toString()).leaving();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Thread parent = new Thread(() -> play(server), "parent");
            parent.setDaemon(true);
            parent.start();
            ByteArrayOutputStream certificate = new ByteArrayOutputStream();
            new FrameEncoder((bytes, offset, length, given) -> certificate.write(bytes, offset, length))
                    .encode(new Frame.Birth(Token.of(new byte[64], 0), path.toString()));
            Frame.Birth birth = WorkerMain.readBirthCertificate(new ByteArrayInputStream(certificate.toByteArray()));
            WorkerMain.work(ParentSocket.open(), birth, Lifeline.watch(stdin), new FlightRecorder(null));
            parent.join();
        } finally {
            Files.deleteIfExists(path);
        }
        System.exit(0);
    }

    // ---- the parent's part ----

    interface Function extends Serializable {
        @Nullable
        Object apply(@Nullable Object argument) throws Exception;
    }

    record Call(Function function) implements Invocable {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public @Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
            return function.apply(arguments[0]);
        }
    }

    record Pair(String name, long number) {}

    private static final List<Object> SIMPLE = List.of(
            1,
            2L,
            3.0,
            4f,
            (short) 5,
            (byte) 6,
            '7',
            true,
            "eight",
            new byte[9],
            new int[9],
            new long[9],
            new double[9]);

    private static List<Object> graphs() {
        return List.of(
                new Pair("a", 1),
                List.of(1, "b"),
                new ArrayList<>(List.of(1L)),
                Map.of("c", 2),
                Optional.of("d"),
                new String[] {"e"},
                Duration.ofSeconds(1));
    }

    private static void play(ServerSocketChannel server) {
        try (SocketChannel worker = server.accept()) {
            FrameEncoder out = new FrameEncoder((bytes, offset, length, given) -> {
                for (ByteBuffer left = ByteBuffer.wrap(bytes, offset, length); left.hasRemaining(); )
                    worker.write(left);
            });
            FrameDecoder in = new FrameDecoder(FrameType.Sender.WORKER);
            ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
            read(worker, in, bytes);
            out.encode(Handshake.welcome(Items.NONE));
            read(worker, in, bytes);
            int prefix = SIMPLE.size();
            List<Function> functions = List.of(argument -> argument, argument -> argument + " " + prefix, argument -> {
                throw new IllegalStateException(String.valueOf(argument));
            });
            PayloadCodec codec = new PayloadCodec(ClassSpace.of(ClassLoader.getSystemClassLoader()));
            long turn = 1;
            for (int id = 1; id <= functions.size(); id++) {
                codec.writeValue(new Call(functions.get(id - 1)));
                out.encode(new Frame.Function(id, codec.take()));
                List<Object> arguments = new ArrayList<>(SIMPLE);
                arguments.addAll(graphs());
                for (Object argument : arguments) {
                    codec.addArguments(argument);
                    out.encode(new Frame.Call(turn++, id, new Items(1, codec.take())));
                    read(worker, in, bytes);
                }
                for (Object argument : SIMPLE) codec.addArguments(argument);
                Payload all = codec.take();
                out.encode(new Frame.Calls(turn, id, new Items(SIMPLE.size(), all)));
                for (turn += SIMPLE.size(); read(worker, in, bytes) < turn - 1; ) {
                    // the rest comes in another frame
                }
            }
            out.encode(new Frame.Leave());
            read(worker, in, bytes);
        } catch (IOException | PayloadException failed) {
            Runtime.getRuntime().halt(WorkerMain.EXIT_REFUSED);
        }
    }

    /** The next frame; which is to be the last that answers, or 0. */
    private static long read(SocketChannel worker, FrameDecoder in, ByteBuffer bytes) throws IOException {
        while (true) {
            Frame frame = in.next(bytes);
            if (frame instanceof Frame.Answer answer)
                return answer.turn() + answer.outcomes().count() - 1;
            if (frame != null) return 0;
            bytes.clear();
            int count = worker.read(bytes);
            bytes.flip();
            if (count < 0) throw new IOException("the worker has gone");
        }
    }
}
