/**
 * A process pool for the JVM: {@link io.coppice.ProcessPoolExecutor} runs calls in child JVMs, with the futures and the
 * semantics of Python's {@code concurrent.futures}.
 */
module io.coppice {
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires org.slf4j;
    requires io.coppice.wire;
    requires io.coppice.launch;

    exports io.coppice;

    opens io.coppice to
            io.coppice.wire,
            com.esotericsoftware.kryo.kryo5;
}
