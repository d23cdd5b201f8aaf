package io.coppice.worker;

import io.coppice.wire.Code;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.jspecify.annotations.Nullable;

/** A resource of the parent's, as a URL that holds its bytes: {@code coppice:/parent-3/0/com/acme/text.xml}. */
final class SuppliedResource extends URLConnection {
    private final byte @Nullable [] bytes; // null if they are too many

    private SuppliedResource(URL url, byte @Nullable [] bytes) {
        super(url);
        this.bytes = bytes;
    }

    /** @param number which of several of that name */
    static URL url(ParentClassLoader loader, String name, int number, byte[] bytes) {
        return new Handler(loader, folder(loader, number) + name, bytes).url();
    }

    /** One that is there, but cannot be read. */
    static URL tooLarge(ParentClassLoader loader, String name) {
        return new Handler(loader, folder(loader, 0) + name, null).url();
    }

    private static String folder(ParentClassLoader loader, int number) {
        return "/parent-" + loader.number + "/" + number + "/";
    }

    private static final class Handler extends URLStreamHandler {
        private final ParentClassLoader loader;
        private final String path;
        private final byte @Nullable [] bytes;

        Handler(ParentClassLoader loader, String path, byte @Nullable [] bytes) {
            this.loader = loader;
            this.path = path;
            this.bytes = bytes;
        }

        URL url() {
            try {
                return new URL("coppice", "", -1, path, this); // without a host, which equals would look up
            } catch (MalformedURLException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** It is asked for URLs relative to its own, too: {@code new URL(resource, "other.xsd")}. */
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            if (url.getPath().equals(path)) return new SuppliedResource(url, bytes);
            String[] parts = url.getPath().split("/", 4); // the first is empty
            URL other = parts.length == 4 ? loader.getResource(parts[3]) : null;
            if (other == null) throw new FileNotFoundException("no such resource of the parent's: " + url);
            return other.openConnection();
        }
    }

    @Override
    public void connect() {
        connected = true;
    }

    @Override
    public InputStream getInputStream() {
        return bytes != null ? new ByteArrayInputStream(bytes) : new TooLarge(url);
    }

    /** Fails when it is read: where it failed before, getResourceAsStream would say that there is no such resource. */
    private static final class TooLarge extends InputStream {
        private final URL url;

        TooLarge(URL url) {
            this.url = url;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("resource is too large to be fetched from the parent: url=" + url + ", limitBytes="
                    + Code.MOST_RESOURCE_BYTES + "; put it on the class path, or pass its path");
        }
    }

    @Override
    public long getContentLengthLong() {
        return bytes == null ? -1 : bytes.length;
    }

    @Override
    public int getContentLength() {
        return bytes == null ? -1 : bytes.length;
    }
}
