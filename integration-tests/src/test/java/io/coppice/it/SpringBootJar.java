package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.springframework.boot.loader.tools.Libraries;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.LoaderImplementation;
import org.springframework.boot.loader.tools.Repackager;

/**
 * Makes the executable jar of the Spring Boot application in src/test/resources/spring-boot, as Spring Boot's Maven plugin
 * does: its classes in BOOT-INF/classes; a library of its own, Spring and Coppice as jars in BOOT-INF/lib.
 */
final class SpringBootJar {
    private static final Path SOURCES =
            Path.of(System.getProperty("coppice.repository"), "integration-tests/src/test/resources/spring-boot");

    /** Of what these tests have on their class path. */
    private static final String NEEDED = ".*/(wire-protocol|worker-launcher|executor-api)/target/.*"
            + "|.*/(kryo5|netty|slf4j-api|spring-(?!boot-loader-tools))[^/]*";

    private final Path temporary;
    private final List<String> needed = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.matches(NEEDED))
            .toList();

    SpringBootJar(Path temporary) {
        this.temporary = temporary;
    }

    /** @param loader Spring Boot 3's, or that of Spring Boot 2, which gives its classes other locations */
    Path make(LoaderImplementation loader) throws IOException {
        Path library = jar(compiled("library", needed), "library.jar");
        List<String> classPath = new ArrayList<>(needed);
        classPath.add(library.toString());
        Path classes = jar(compiled("app", classPath), "classes.jar");
        Repackager repackager = new Repackager(classes.toFile());
        repackager.setBackupSource(false);
        repackager.setMainClass("com.acme.boot.Application");
        repackager.setLoaderImplementation(loader);
        Libraries libraries = callback -> {
            for (String entry : classPath) {
                Path path = Path.of(entry);
                // A build that stops before the jars are made has class folders.
                if (Files.isDirectory(path))
                    path = jar(path, path.getParent().getParent().getFileName() + ".jar");
                callback.library(new Library(path.toFile(), LibraryScope.COMPILE));
            }
        };
        Path made = temporary.resolve("app.jar");
        repackager.repackage(made.toFile(), libraries);
        return made;
    }

    private Path compiled(String part, List<String> classPath) throws IOException {
        Path sources = SOURCES.resolve(part);
        Path classes = Files.createDirectory(temporary.resolve(part));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-parameters", "--release", "17"));
        arguments.addAll(List.of("-d", classes.toString(), "-cp", String.join(File.pathSeparator, classPath)));
        for (Path file : files(sources)) {
            if (file.toString().endsWith(".java")) {
                arguments.add(file.toString());
                continue;
            }
            Path copy = classes.resolve(sources.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).isZero();
        return classes;
    }

    private Path jar(Path classes, String name) throws IOException {
        Path jar = temporary.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest())) {
            for (Path each : files(classes)) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, out);
            }
        }
        return jar;
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Add-Opens", "java.base/java.lang");
        return manifest;
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("META-INF/MANIFEST.MF"))
                    .sorted()
                    .toList();
        }
    }
}
