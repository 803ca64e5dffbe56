package dev.ajar.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code ajar-core} as a public repository would have it: the jar itself, in processes of its own, of which the long
 * ones mostly wait.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoreJarIT {
    private static final long LARGEST = 2_900_000;

    /** What another program may have on its class path, in any version: here it breaks what touches it. */
    private static final List<String> DECOYS = List.of(
            "org.slf4j.LoggerFactory",
            "org.apache.hc.client5.http.classic.methods.HttpGet",
            "org.apache.hc.core5.http.HttpHost",
            "tools.jackson.core.json.JsonFactory",
            "tools.jackson.core.TokenStreamFactory",
            "org.jupnp.model.Namespace",
            "io.netty.channel.Channel");

    /** One class of each library that the tests need. */
    private static final List<String> TEST_LIBRARIES = List.of(
            "org.junit.jupiter.api.Test",
            "org.opentest4j.AssertionFailedError",
            "org.junit.platform.commons.JUnitException",
            "org.assertj.core.api.Assertions",
            "org.awaitility.Awaitility",
            "org.hamcrest.Matcher");

    private static final String TESTS = "dev.ajar.api.JarTests";

    @TempDir
    private Path folder;

    private Path jar = Path.of("");

    @BeforeEach
    void find() throws IOException {
        Path repository = Path.of("target/repository/dev/ajar/ajar-core");
        try (var versions = Files.walk(repository)) {
            jar = versions.filter(file -> file.toString().matches(".*ajar-core-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    /** The router that the tests need; the jar has none. */
    private String router() throws Exception {
        Path classes = Path.of("target/classes").toAbsolutePath();
        try (Stream<Path> all = Files.walk(classes.resolve("dev/ajar"))) {
            for (Path file : all.filter(file -> file.toString().contains("simulator" + File.separator)
                            || file.endsWith("EmbeddedWiring.class"))
                    .toList()) {
                Path copy = folder.resolve("router").resolve(classes.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return folder.resolve("router").toString();
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The libraries that the tests need, and the jars or classes beside them. */
    private static String path(Collection<String> first) throws Exception {
        Set<String> path = new LinkedHashSet<>(first);
        for (String name : TEST_LIBRARIES) {
            path.add(placeOf(Class.forName(name)).toString());
        }
        return String.join(File.pathSeparator, path);
    }

    /** Real versions of its libraries, older or newer than its own. */
    private static List<String> others(String age) throws IOException {
        try (var jars = Files.list(Path.of("target/other-versions", age))) {
            List<String> found = jars.map(Path::toString).sorted().toList();
            assertThat(found).hasSizeGreaterThan(2);
            return found;
        }
    }

    private void passes(List<String> way) throws Exception {
        Ended run = java(way);

        assertThat(run.out()).contains(jar.getFileName().toString()).contains("passed, 0 failed");
        assertThat(run.exitCode()).as(run.out()).isZero();
    }

    @Test
    void its_tests_pass_beside_classes_that_break_what_touches_them() throws Exception {
        passes(List.of(
                "-cp",
                path(List.of(
                        decoys().toString(),
                        jar.toString(),
                        router(),
                        placeOf(CoreJarIT.class).toString())),
                TESTS));
    }

    @Test
    void its_tests_pass_beside_older_libraries_on_the_class_path() throws Exception {
        List<String> first = new ArrayList<>(others("older"));
        first.add(jar.toString());
        first.add(router());
        first.add(placeOf(CoreJarIT.class).toString());

        passes(List.of("-cp", path(first), TESTS));
    }

    /** The tests are in the library's own package, and so become a part of its module. */
    @Test
    void its_tests_pass_beside_newer_libraries_on_the_module_path() throws Exception {
        List<String> modules = new ArrayList<>(others("newer"));
        modules.addFirst(jar.toString());

        passes(List.of(
                "-cp",
                path(List.of()),
                "-p",
                String.join(File.pathSeparator, modules),
                "--add-modules",
                "ALL-MODULE-PATH,ALL-DEFAULT",
                "--patch-module",
                "dev.ajar=" + placeOf(CoreJarIT.class) + File.pathSeparator + router(),
                "--add-reads",
                "dev.ajar=ALL-UNNAMED,java.logging,jdk.httpserver",
                "-m",
                "dev.ajar/" + TESTS));
    }

    private Path decoys() throws IOException {
        Path classes = folder.resolve("decoys");
        for (String name : DECOYS) {
            int dot = name.lastIndexOf('.');
            String text = "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1)
                    + " { static { if (true) throw new Error(\"another version's class was used\"); } }";
            assertThat(compiles(classes, Map.of(name.substring(dot + 1), text), List.of()))
                    .isTrue();
        }
        return classes;
    }

    private boolean compiles(Path into, Map<String, String> files, List<String> options) throws IOException {
        Path sources = Files.createTempDirectory(folder, "sources");
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-d", into.toString()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            arguments.add(Files.writeString(sources.resolve(file.getKey() + ".java"), file.getValue())
                    .toString());
        }
        int problems = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK")
                .run(null, null, new ByteArrayOutputStream(), arguments.toArray(String[]::new));
        return problems == 0;
    }

    /** No router is asked: the state file cannot be written. */
    private static final String PROGRAM = """
            package sample;
            import dev.ajar.api.*;
            public class Main {
                public static void main(String[] args) throws Exception {
                    try (OpenPort port = OpenPort.openAndWait(PortRequest.tcp(25565))) {
                        System.out.println(port.external());
                    } catch (AjarException e) {
                        System.out.println(e.reason() + " " + e.advice().size());
                    }
                }
            }
            """;

    private static final String MODULE = "module sample { requires dev.ajar; }";

    @Test
    void a_program_with_nothing_else_runs_on_both_paths_and_nothing_of_ajars_is_printed() throws Exception {
        Path classes = folder.resolve("sample");
        String place = jar.toString();
        List<String> strict = List.of("-p", place, "--release", "21", "-Xlint:all", "-Werror");
        assertThat(compiles(classes, Map.of("module-info", MODULE, "Main", PROGRAM), strict))
                .isTrue();

        String both = place + File.pathSeparator + classes;
        for (List<String> way :
                List.of(List.of("-p", both, "-m", "sample/sample.Main"), List.of("-cp", both, "sample.Main"))) {
            assertThat(java(way).out()).isEqualToIgnoringNewLines("STATE_FILE 2");
        }
    }

    @Test
    void nothing_of_the_inside_is_exported() throws IOException {
        String inside = PROGRAM.replace("import dev.ajar.api.*;", "import dev.ajar.api.*; import dev.ajar.model.Port;");

        assertThat(compiles(
                        folder.resolve("inside"),
                        Map.of("module-info", MODULE, "Main", inside),
                        List.of("-p", jar.toString())))
                .isFalse();
    }

    @Test
    void it_holds_what_it_needs_and_not_much_more() throws IOException {
        assertThat(Files.size(jar)).isLessThan(LARGEST);
        Properties sentences = new Properties();
        StringBuilder constants = new StringBuilder();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                boolean own = name.startsWith("dev/ajar/") && !name.startsWith("dev/ajar/lib/");
                assertThat(name)
                        .matches("(dev/ajar|messages|profiles|META-INF)/.*|module-info.class|ajar-version.properties")
                        .doesNotMatch("dev/ajar/(cli|daemon|relay|service|simulator)/.*|profiles/applications/.+"
                                + "|messages/.*(purpose|router-text)[.]properties");
                try (InputStream in = file.getInputStream(entry)) {
                    if (own && name.endsWith(".class")) {
                        constants.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                    } else if (name.matches("messages/[a-z]+\\.properties")) {
                        sentences.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                    }
                }
            }
        }
        assertThat(sentences).hasSizeGreaterThan(300);
        assertThat(differing(constants.toString(), sentences)).isEmpty();
    }

    /** Keys that the classes name and whose sentences are not as the program has them. */
    private static Set<String> differing(String constants, Properties there) throws IOException {
        Set<String> texts = texts(constants);
        Set<String> differing = new TreeSet<>();
        try (var files = Files.list(Path.of("src/main/resources/messages"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Properties sentences = new Properties();
                sentences.load(Files.newBufferedReader(file));
                sentences.forEach((key, sentence) -> {
                    String named = key.toString().replaceAll("\\.(one|other|windows)$", "");
                    if (texts.contains(named) && !sentence.equals(there.get(key))) {
                        differing.add(key.toString());
                    }
                });
            }
        }
        return differing;
    }

    /** What may be a short text in the constants of class files: a one, the length in two bytes, the text. */
    private static Set<String> texts(String constants) {
        Set<String> texts = new HashSet<>();
        for (int at = constants.indexOf("\1\0"); at >= 0; at = constants.indexOf("\1\0", at + 1)) {
            int start = at + 3;
            if (start <= constants.length()) {
                texts.add(constants.substring(start, Math.min(constants.length(), start + constants.charAt(at + 2))));
            }
        }
        return texts;
    }

    private static final String LINKER = """
            import java.util.jar.*;
            public class Linker {
                public static void main(String[] args) throws Exception {
                    int linked = 0;
                    try (JarFile jar = new JarFile(args[0])) {
                        for (JarEntry entry : jar.stream().toList()) {
                            String name = entry.getName();
                            if (name.endsWith(".class") && !name.endsWith("-info.class")) {
                                try {
                                    Class.forName(name.replace(".class", "").replace('/', '.'));
                                    linked++;
                                } catch (Throwable e) {
                                    System.out.println(name + ": " + e);
                                }
                            }
                        }
                    }
                    System.out.println(linked > 1000 ? "linked" : "only " + linked);
                }
            }
            """;

    /** Some parts of the libraries were cut out that they name and ajar does not call. */
    @Test
    void every_class_can_be_linked() throws Exception {
        Path classes = folder.resolve("linker");
        assertThat(compiles(classes, Map.of("Linker", LINKER), List.of())).isTrue();

        String path = jar + File.pathSeparator + classes;
        assertThat(java(List.of("-cp", path, "Linker", jar.toString())).out()).isEqualToIgnoringNewLines("linked");
    }

    @Test
    void its_pom_has_no_dependencies_and_all_files_have_checksums() throws IOException {
        Path pom = Path.of(jar.toString().replaceAll("\\.jar$", ".pom"));
        assertThat(Files.readString(pom))
                .contains("<artifactId>ajar-core</artifactId>")
                .doesNotContain("<dependency>", "@");
        for (String kind : List.of(".jar", ".pom", "-sources.jar", "-javadoc.jar")) {
            String file = jar.toString().replaceAll("\\.jar$", kind);
            assertThat(Path.of(file)).isNotEmptyFile();
            assertThat(Path.of(file + ".sha1")).isNotEmptyFile();
        }
    }

    private record Ended(int exitCode, String out) {}

    private Ended java(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        Path out = folder.resolve("out");
        ProcessBuilder program = new ProcessBuilder(command);
        Path file = Files.writeString(folder.resolve("no-folder"), "");
        program.environment().put("AJAR_STATE_HOME", file.toString());
        Process process =
                program.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(400, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out));
    }
}
