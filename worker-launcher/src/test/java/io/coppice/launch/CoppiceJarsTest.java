package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our jars are found by where their classes were loaded from, and copied where that is no file. */
class CoppiceJarsTest {
    private static final byte[] ZIP = {'P', 'K', 3, 4, 5, 6};

    @TempDir
    Path temporary;

    private PoolDirectory copies;

    @BeforeEach
    void makeDirectory() throws IOException {
        copies = PoolDirectory.create();
    }

    @AfterEach
    void deleteDirectory() {
        copies.close();
    }

    @Test
    void filesAndFoldersStayWhereTheyAre() throws Exception {
        Path spaced = Files.createDirectory(temporary.resolve("a b+ü"));
        Path jar = Files.write(spaced.resolve("x.jar"), ZIP);
        assertThat(CoppiceJars.pathOf(spaced.toUri().toURL(), copies)).isEqualTo(spaced);
        assertThat(CoppiceJars.pathOf(jar.toUri().toURL(), copies)).isEqualTo(jar);
        assertThat(CoppiceJars.pathOf(new URL("jar:" + jar.toUri() + "!/"), copies))
                .isEqualTo(jar);
        assertThat(CoppiceJars.pathOf(new URL("file:" + jar), copies)).isEqualTo(jar); // not escaped
    }

    /** As Boot 2's class loader names it; the JDK's own handler gives the bytes. */
    @Test
    void aJarInAJarIsCopiedIntoThePoolsDirectory() throws Exception {
        Path app = temporary.resolve("app.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(app))) {
            out.putNextEntry(new ZipEntry("BOOT-INF/lib/x-1.0.jar"));
            out.write(ZIP);
        }
        Path copy = CoppiceJars.pathOf(new URL("jar:" + app.toUri() + "!/BOOT-INF/lib/x-1.0.jar"), copies);
        assertThat(copy.toString()).startsWith(copies.toString());
        assertThat(copy).hasFileName("x-1.0.jar").hasBinaryContent(ZIP);
    }

    /** A class loader names the inside of the jar: what is outside of it is the jar. */
    @Test
    void aLocationInsideOfAJarIsTakenForTheJar() throws Exception {
        URL location = new URL(null, "jar:nested:/app.jar/!BOOT-INF/lib/x.jar!/", handler("jar:nested:", ZIP));
        assertThat(CoppiceJars.pathOf(location, copies)).hasFileName("x.jar").hasBinaryContent(ZIP);
    }

    @Test
    void jarsOfOneNameDoNotReplaceEachOther() throws Exception {
        URL one = new URL(null, "vfs:/one/x.jar", handler("vfs:", ZIP));
        URL two = new URL(null, "vfs:/two/x.jar", handler("vfs:", ZIP));
        assertThat(CoppiceJars.pathOf(one, copies)).isNotEqualTo(CoppiceJars.pathOf(two, copies));
    }

    @Test
    void whatIsNoJarIsRefused() throws Exception {
        URL location = new URL(null, "vfs:/classes/", handler("vfs:", new byte[] {1, 2, 3, 4}));
        assertThatIOException()
                .isThrownBy(() -> CoppiceJars.pathOf(location, copies))
                .withMessage("what its location gives is not a jar");
        URL missing = temporary.resolve("missing.jar").toUri().toURL();
        assertThatIOException()
                .isThrownBy(() -> CoppiceJars.pathOf(missing, copies))
                .withMessageContaining("no such file");
    }

    /** A class loader that gives its classes no code source, and maybe no resources. */
    private static final class Silent extends ClassLoader {
        private final boolean givesResources;

        Silent(boolean givesResources) {
            super("silent", null);
            this.givesResources = givesResources;
        }

        Class<?> load() throws IOException {
            Class<?> original = CoppiceJarsTest.class;
            try (InputStream in = original.getResourceAsStream("CoppiceJarsTest.class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(original.getName(), bytes, 0, bytes.length);
            }
        }

        @Override
        protected @Nullable URL findResource(String name) {
            return givesResources ? CoppiceJarsTest.class.getResource("/" + name) : null;
        }
    }

    @Test
    void aClassWithoutACodeSourceIsFoundByItsClassFile() throws Exception {
        String file = CoppiceJarsTest.class.getResource("CoppiceJarsTest.class").toString();
        Path folder = Path.of(java.net.URI.create(file)).resolve("../../../..").normalize();
        assertThat(CoppiceJars.pathOf(new Silent(true).load(), copies)).isEqualTo(folder);
    }

    @Test
    void whatCannotBeFoundIsToldWithItsClassLoaderAndTheWayOut() throws Exception {
        Class<?> loaded = new Silent(false).load();
        assertThatIllegalStateException()
                .isThrownBy(() -> CoppiceJars.pathOf(loaded, copies))
                .withMessageContainingAll(
                        "class=" + loaded.getName(), "loader=" + loaded.getClassLoader(), "; put Coppice's jars");
    }

    /** Opens what begins so, and is not the inside of a jar. */
    private static URLStreamHandler handler(String prefix, byte[] content) {
        return new URLStreamHandler() {
            @Override
            protected void parseURL(URL url, String spec, int start, int limit) {
                setURL(url, url.getProtocol(), null, -1, null, null, spec.substring(start), null, null);
            }

            @Override
            protected URLConnection openConnection(URL url) throws IOException {
                if (!url.toString().startsWith(prefix) || url.toString().endsWith("!/"))
                    throw new IOException("not to be opened: " + url);
                return new URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public InputStream getInputStream() {
                        return new ByteArrayInputStream(content);
                    }
                };
            }
        };
    }
}
