package io.coppice.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read of class files. */
@Timeout(60)
class ClassFileTest {
    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void supertypesAndMethodsAreTold() throws IOException {
        ClassFile file = new ClassFile(bytesOf(Random.class), owner -> true);
        assertThat(file.supertypes())
                .containsExactly("java/lang/Object", "java/util/random/RandomGenerator", "java/io/Serializable");
        assertThat(file.methods())
                .hasEntrySatisfying(
                        "nextInt()I", method -> assertThat(method.isStatic()).isFalse())
                .hasEntrySatisfying(
                        "<clinit>()V", method -> assertThat(method.isStatic()).isTrue());
        assertThat(new ClassFile(bytesOf(Object.class), owner -> true).supertypes())
                .isEmpty();
    }

    @Test
    void onlyReferencesToTheWantedClassesAreTold() throws IOException {
        ClassFile file = new ClassFile(bytesOf(Random.class), owner -> owner.equals("java/lang/Math"));
        assertThat(file.methods().values())
                .flatExtracting(ClassFile.Method::references)
                .isNotEmpty()
                .allMatch(reference ->
                        ((CodeReferences.Reference) reference).owner().equals("java/lang/Math"));
    }

    /** Every instruction and constant that this JDK's compiler makes: read wrongly, hardly one of them would end well. */
    @Test
    void everyClassOfThePackageJavaUtilCanBeRead() throws IOException {
        Path util = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base", "java", "util");
        try (Stream<Path> all = Files.walk(util)) {
            for (Path path : (Iterable<Path>) all.filter(p -> p.toString().endsWith(".class"))::iterator) {
                ClassFile file = new ClassFile(Files.readAllBytes(path), owner -> true);
                assertThat(file.supertypes()).as("%s", path).isNotEmpty();
            }
        }
    }

    @Test
    void brokenBytesAreRefusedOrReadButNeverHang() throws IOException {
        byte[] whole = bytesOf(ClassFileTest.class);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            try {
                assertThat(new ClassFile(broken, owner -> true)).isNotNull();
            } catch (RuntimeException refused) {
                assertThat(refused).as("seed=%s, round=%s", seed, i).isNotNull();
            }
        }
        for (int length = 0; length < whole.length / 2; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> new ClassFile(cut, owner -> true)).isInstanceOf(RuntimeException.class);
        }
    }
}
