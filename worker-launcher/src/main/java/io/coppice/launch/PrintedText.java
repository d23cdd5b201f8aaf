package io.coppice.launch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * The text of what a worker has printed. Nobody tells its encoding, and native code may use another than the JVM does;
 * but what is not meant as UTF-8 is hardly ever valid UTF-8.
 */
public final class PrintedText {
    private PrintedText() {}

    /** Any thread; holds on to nothing. */
    public static String of(byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException another) {
            return new String(bytes, from, length, platform());
        }
    }

    private static Charset platform() {
        try {
            return Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
