package io.coppice.wire.netty;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import io.coppice.wire.Token;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a first worker says and is told, played through while its JVM comes up and the loop has nothing else to do: the
 * classes that it takes are there when it really comes.
 */
public final class FirstFrames {
    private static final int ROOM = 1024;
    private static final AtomicBoolean PLAYED = new AtomicBoolean();

    private FirstFrames() {}

    /** All of it, once in a JVM: for a later pool everything is there. Throws nothing. */
    static void play() {
        if (!PLAYED.compareAndSet(false, true)) return;
        load();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
        } catch (IOException | RuntimeException impossible) {
            // then it comes later
        }
    }

    /** The frames and what they go through; no sockets. Any thread; tells nobody anything, and throws nothing. */
    public static void load() {
        try {
            Token token = Token.of(new byte[ROOM], 0);
            ByteBuffer wire = ByteBuffer.allocate(ROOM);
            FrameEncoder out = new FrameEncoder((bytes, offset, length, given) -> wire.put(bytes, offset, length));
            Items outcome = Items.copyOf(Payload.of(new byte[] {OutcomeKind.RETURNED.code(), 0}));
            out.encode(Handshake.hello(token));
            out.encode(new Frame.Ready(outcome));
            out.encode(new Frame.Answer(1, 0, outcome));
            out.encode(new Frame.Goodbye());
            wire.flip();
            FrameDecoder in = FrameDecoder.expectingFirst(FrameType.HELLO);
            in.next(wire);
            in.expectAny();
            while (in.next(wire) != null) {
                // and the next
            }
            wire.clear();
            out.encode(Handshake.welcome(Items.NONE));
            out.encode(new Frame.Leave());
            for (Class<?> later : new Class<?>[] {
                PlainLine.class, Strangers.class, Stranger.class, TurnedAway.class, WorkerChannel.class
            }) Class.forName(later.getName());
        } catch (IOException | ClassNotFoundException | RuntimeException impossible) {
            // then they come later
        }
    }
}
