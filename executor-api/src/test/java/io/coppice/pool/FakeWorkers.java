package io.coppice.pool;

import io.coppice.code.CodeServer;
import io.coppice.code.ParentClasses;
import io.coppice.launch.LaunchSettings;
import io.coppice.launch.OutputTarget;
import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.Items;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/**
 * What a pool takes for Java, and is none: each process passes what its stdin tells on to a named pipe, so that the test
 * gets hold of the birth certificate and can be the worker itself. Needs a shell, {@code cat} and {@code mkfifo}.
 */
final class FakeWorkers implements AutoCloseable {
    private final Path home;
    private final RandomAccessFile births;
    private final FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
    private final ArrayDeque<SocketChannel> opened = new ArrayDeque<>();

    FakeWorkers(Path folder) throws IOException, InterruptedException {
        home = folder.resolve("no-java");
        Path pipe = folder.resolve("births");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexec cat >'" + pipe + "'\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        births = new RandomAccessFile(pipe.toFile(), "rw"); // to write too: so it has no end
    }

    PoolSettings settings(String name) {
        return new PoolSettings(
                name,
                1,
                Integer.MAX_VALUE,
                DeathPolicy.BREAK_POOL,
                0,
                Long.MAX_VALUE,
                new LaunchSettings(home, List.of(), Map.of(), null, OutputTarget.NOWHERE, false, 0),
                Items.NONE,
                new CodeServer(new ParentClasses(FakeWorkers.class.getClassLoader())),
                FakeWorkers.class,
                (outcome, origin) -> new IllegalStateException("the initializer failed"));
    }

    /** The next worker's; waits for it. */
    Frame.Birth birth() throws IOException {
        while (true) {
            Frame frame;
            try {
                frame = decoder.next(bytes);
            } catch (io.coppice.wire.WireException impossible) {
                throw new AssertionError(impossible);
            }
            if (frame instanceof Frame.Birth birth) return birth;
            if (frame != null) continue; // what was told to another
            int count = births.read(bytes.array());
            bytes.clear().limit(Math.max(0, count));
        }
    }

    SocketChannel connect(Frame.Birth birth) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(birth.socketPath()));
        opened.add(channel);
        return channel;
    }

    /** Ends all processes and connections: what a worker that is gone looks like. */
    void die() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        try {
            for (SocketChannel each = opened.poll(); each != null; each = opened.poll()) each.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        die();
        births.close();
    }
}
