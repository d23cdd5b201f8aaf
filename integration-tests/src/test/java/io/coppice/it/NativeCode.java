package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A native library that ends its process in the ways that only native code can, compiled where there is a compiler. */
final class NativeCode {
    private static final String SOURCE = """
            #include <jni.h>
            #include <stdlib.h>
            #include <unistd.h>
            static volatile int sink;
            static int deep(int n) {
                volatile char frame[4096];
                frame[n & 4095] = (char) n;
                return deep(n + 1) + frame[(n + 1) & 4095];
            }
            JNIEXPORT void JNICALL Java_io_coppice_it_NativeCode_crash(JNIEnv *e, jclass c) { *(volatile int *) 8 = 1; }
            JNIEXPORT void JNICALL Java_io_coppice_it_NativeCode_abort(JNIEnv *e, jclass c) { abort(); }
            JNIEXPORT void JNICALL Java_io_coppice_it_NativeCode_exit(JNIEnv *e, jclass c, jint n) { _exit(n); }
            JNIEXPORT void JNICALL Java_io_coppice_it_NativeCode_overflow(JNIEnv *e, jclass c) { sink = deep(1); }
            JNIEXPORT void JNICALL Java_io_coppice_it_NativeCode_doubleFree(JNIEnv *e, jclass c) {
                void *volatile block = malloc(24);
                free(block);
                free(block);
            }
            """;

    private NativeCode() {}

    static native void crash();

    static native void abort();

    static native void exit(int code);

    static native void overflow();

    static native void doubleFree();

    /** The path of the library; skips the test where nothing compiles C. */
    static String compiledIn(Path folder) throws IOException, InterruptedException {
        Path headers = Path.of(System.getProperty("java.home"), "include");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/gcc")) && Files.isRegularFile(headers.resolve("jni.h")),
                "no /usr/bin/gcc, or no jni.h in this JDK: the ways to die in native code are not tried");
        Path source = Files.writeString(folder.resolve("native.c"), SOURCE);
        Path library = folder.resolve("libnativecode.so");
        Path log = folder.resolve("gcc.log");
        Process compiler = new ProcessBuilder(
                        "/usr/bin/gcc",
                        "-O0",
                        "-shared",
                        "-fPIC",
                        "-I" + headers,
                        "-I" + headers.resolve("linux"),
                        "-o",
                        library.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(compiler.waitFor()).as("%s", Files.readString(log)).isZero();
        return library.toString();
    }
}
