package io.coppice.bench.contenders;

import io.coppice.bench.rounds.ClassPath;
import io.coppice.bench.rounds.Program;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child JVM at the other end of a Unix domain socket, and the socket: what is left when there is no pool. */
final class RawPeer implements AutoCloseable {
    private static final int END_SECONDS = 20;

    private final Path folder = Files.createTempDirectory("raw-peer");
    private final Process child;
    final SocketChannel channel;

    /**
     * Starts it.
     *
     * @param main connects to the address that is its first argument, and ends when the socket does
     */
    RawPeer(Class<?> main, Object... arguments) throws IOException {
        Path address = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(address));
            List<String> command = Program.javaCommand(List.of(), ClassPath.bare(), main, address);
            for (Object argument : arguments) command.add(argument.toString());
            child = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            channel = server.accept();
        }
    }

    static SocketChannel connect(String address) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(address));
    }

    /** Fills the buffer; false at the end of the stream. */
    static boolean read(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) if (channel.read(buffer) < 0) return false;
        return true;
    }

    static void write(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) channel.write(buffer);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        channel.close();
        if (!child.waitFor(END_SECONDS, TimeUnit.SECONDS)) child.destroyForcibly();
        Files.deleteIfExists(folder.resolve("s"));
        Files.delete(folder);
    }
}
