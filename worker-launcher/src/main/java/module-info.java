/** Starts, watches and ends a worker's JVM, and holds that JVM's main. Internal to Coppice. */
module io.coppice.launch {
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires java.management; // the options this JVM was started with
    requires jdk.unsupported; // sun.misc.Signal: a worker leaves Ctrl-C to its parent
    requires io.coppice.wire;

    exports io.coppice.launch to
            io.coppice;
}
