package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool's private place, which is gone when it is closed: also when the JVM ends while workers are being started. */
@Timeout(60)
class PoolDirectoryTest {
    @Test
    void nothingIsPutIntoOneThatWasClosed() throws Exception {
        PoolDirectory directory = PoolDirectory.create();
        Files.createFile(directory.createWorkerDirectory(1).resolve("arguments"));
        directory.close();
        assertThat(directory.path()).doesNotExist();
        assertThatThrownBy(() -> directory.createWorkerDirectory(2)).hasMessage("the pool has ended");
        assertThatThrownBy(directory::createLibraryDirectory).hasMessage("the pool has ended");
    }

    /** Makes folders of workers, with a file in each, until it is no longer let. */
    private static void fill(PoolDirectory directory, CountDownLatch begun) {
        try {
            for (int worker = 1; ; worker++) {
                Files.createFile(directory.createWorkerDirectory(worker).resolve("arguments"));
                begun.countDown();
            }
        } catch (IOException closed) {
            // that ends it
        }
    }

    @Test
    void itIsGoneWhoeverWasPuttingSomethingThere() throws Exception {
        for (int round = 0; round < 50; round++) {
            PoolDirectory directory = PoolDirectory.create();
            CountDownLatch begun = new CountDownLatch(3);
            Thread launcher = new Thread(() -> fill(directory, begun));
            launcher.start();
            begun.await();
            directory.close();
            assertThat(directory.path()).doesNotExist();
            launcher.join();
            assertThat(directory.path()).doesNotExist();
        }
    }

    @Test
    void aWorkerIsNamedByItsFolder() throws Exception {
        try (PoolDirectory directory = PoolDirectory.create()) {
            String pool = directory.path().getFileName().toString();
            assertThat(PoolDirectory.markOf(directory.createWorkerDirectory(12)))
                    .isEqualTo(pool + "/12/");
            directory.createWorkerDirectory(1);
            directory.createLibraryDirectory();
            assertThat(PoolDirectory.marksIn(directory.path())).containsExactlyInAnyOrder(pool + "/1/", pool + "/12/");
        }
    }
}
