package io.coppice.worker;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** A resource of the parent's, as a URL that holds its bytes. */
final class SuppliedResource extends URLConnection {
    private final byte[] bytes;

    private SuppliedResource(URL url, byte[] bytes) {
        super(url);
        this.bytes = bytes;
    }

    /** @param number which of several of that name */
    static URL url(int loader, String name, int number, byte[] bytes) {
        URLStreamHandler handler = new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new SuppliedResource(url, bytes);
            }
        };
        try {
            return new URL("coppice", "parent-" + loader, -1, "/" + number + "/" + name, handler);
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void connect() {
        connected = true;
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public long getContentLengthLong() {
        return bytes.length;
    }

    @Override
    public int getContentLength() {
        return bytes.length;
    }
}
