package dev.ajar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.api.Ajar;
import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.filter.JavadocLikePackageFilter;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that were compiled with the library go on to compile and to run with this one: japicmp compares what it
 * promises with the promise of the last release, a jar of {@code dev.ajar.api} alone. A change that breaks programs
 * needs a new major version, and each release replaces the jar.
 */
class LibraryCompatibilityTest {
    private static final String API = "dev.ajar.api";
    private static final Path PROMISED = Path.of("src/test/resources/library/api-0.1.0.jar");

    @TempDir
    private Path folder = Path.of("");

    private static Path classes() throws URISyntaxException {
        return Path.of(Ajar.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(API.replace('.', '/'));
    }

    private Path jar() throws IOException, URISyntaxException {
        Path jar = folder.resolve("api.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.list(classes())) {
            for (Path file : files.filter(one -> one.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                zip.putNextEntry(new ZipEntry(API.replace('.', '/') + "/" + file.getFileName()));
                zip.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static List<JApiClass> compared(Path before, Path now) {
        JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
        options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
        options.getFilters().getIncludes().add(new JavadocLikePackageFilter(API, true));
        return new JarArchiveComparator(options)
                .compare(new JApiCmpArchive(before.toFile(), "promised"), new JApiCmpArchive(now.toFile(), "now"));
    }

    private static List<String> broken(List<JApiClass> compared) {
        List<String> broken = new ArrayList<>();
        for (JApiClass type : compared) {
            told(type.getFullyQualifiedName(), type, broken);
            type.getMethods()
                    .forEach(method -> told(type.getFullyQualifiedName() + "." + method.getName(), method, broken));
            type.getConstructors()
                    .forEach(method -> told(type.getFullyQualifiedName() + "." + method.getName(), method, broken));
            type.getFields()
                    .forEach(field -> told(type.getFullyQualifiedName() + "." + field.getName(), field, broken));
        }
        return broken;
    }

    private static void told(String what, JApiCompatibility compatibility, List<String> broken) {
        if (!compatibility.isBinaryCompatible() || !compatibility.isSourceCompatible()) {
            broken.add(what + " " + compatibility.getCompatibilityChanges());
        }
    }

    @Test
    void what_was_promised_is_still_there() throws Exception {
        List<JApiClass> compared = compared(PROMISED, jar());

        assertThat(compared).extracting(JApiClass::getFullyQualifiedName).contains(API + ".Ajar", API + ".OpenPort");
        assertThat(broken(compared)).isEmpty();
    }

    /** The comparison itself finds what is missing. */
    @Test
    void a_promise_that_is_not_kept_is_found() throws Exception {
        Path less = folder.resolve("less.jar");
        try (OutputStream out = Files.newOutputStream(less);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            Path file = classes().resolve("Reason.class");
            zip.putNextEntry(new ZipEntry(API.replace('.', '/') + "/Reason.class"));
            zip.write(Files.readAllBytes(file));
        }

        assertThat(broken(compared(PROMISED, less)))
                .anyMatch(line -> line.startsWith(API + ".Ajar ") && line.contains("CLASS_REMOVED"));
    }
}
