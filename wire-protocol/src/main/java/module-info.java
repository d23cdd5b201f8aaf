/**
 * What travels between the parent and a worker: frames, limits, the handshake, payloads, and the parent's Netty end.
 * Internal to Coppice: exported to its own modules only.
 */
module io.coppice.wire {
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires com.esotericsoftware.kryo.kryo5;
    requires jdk.net; // who is at the other end of a Unix socket
    requires io.netty.common;
    requires io.netty.buffer;
    requires io.netty.transport;
    requires io.netty.transport.unix.common;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.kqueue;

    opens io.coppice.wire.payload to
            com.esotericsoftware.kryo.kryo5;

    exports io.coppice.wire to
            io.coppice.launch,
            io.coppice;
    exports io.coppice.wire.payload to
            io.coppice.launch,
            io.coppice;
    exports io.coppice.wire.netty to
            io.coppice;
}
