package dev.ajar.relay.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of the tests without folders, as a distribution has it: a process that has no file descriptor left can
 * still load a class from a jar, which is open already, but none from a folder.
 */
final class ClassPathInJars {
    private ClassPathInJars() {}

    /** @param folder for the jars; it is kept until the process that uses them has ended */
    static String in(Path folder) throws IOException {
        StringBuilder path = new StringBuilder();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path place = Path.of(entry);
            path.append(Files.isDirectory(place) ? jar(place, folder.resolve(path.length() + ".jar")) : place)
                    .append(File.pathSeparator);
        }
        return path.toString();
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(classes)) {
            // Compression would only take time.
            out.setLevel(0);
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
