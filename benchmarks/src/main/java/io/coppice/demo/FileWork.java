package io.coppice.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** The batch's work on one file. Runs in a worker: a path goes there and facts come back, so that no file travels. */
public final class FileWork {
    private static final int BUFFER_BYTES = 64 << 10;

    private FileWork() {}

    /**
     * Reads the file once, whatever its size, in constant memory.
     *
     * @param path of the file
     * @return what was found
     * @throws IOException if it cannot be read
     * @throws NoSuchAlgorithmException never: every Java has SHA-256
     */
    public static FileFacts read(String path) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        CountedAway compressed = new CountedAway();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(Path.of(path));
                GZIPOutputStream gzip = new GZIPOutputStream(compressed, BUFFER_BYTES)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
                gzip.write(buffer, 0, n);
                bytes += n;
            }
        }
        return new FileFacts(
                path,
                bytes,
                compressed.bytes,
                HexFormat.of().formatHex(sha256.digest()),
                ProcessHandle.current().pid());
    }

    /** Where compressed bytes go: only their number is wanted. */
    private static final class CountedAway extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
        }
    }
}
