package dev.ajar.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every example of the Javadoc and of docs/library.md compiles. */
class DocumentedExamplesTest {
    private static final Pattern JAVADOC = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\n \\* }</pre>");
    private static final Pattern MARKDOWN = Pattern.compile("(?s)```java\\n(.*?)```");

    @TempDir
    private Path folder;

    @Test
    void of_the_javadoc() throws IOException {
        List<String> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/ajar/api"))) {
            for (Path file : files.toList()) {
                find(JAVADOC, Files.readString(file)).forEach(text -> examples.add(text.replaceAll("(?m)^ \\* ?", "")));
            }
        }

        assertThat(examples).hasSizeGreaterThanOrEqualTo(3).allSatisfy(this::compiles);
    }

    @Test
    void of_the_guide() throws IOException {
        List<String> examples = find(MARKDOWN, Files.readString(Path.of("docs/library.md")));

        assertThat(examples).hasSizeGreaterThanOrEqualTo(4).allSatisfy(this::compiles);
    }

    @Test
    void of_the_programs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples/java"))) {
            assertThat(files)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(file ->
                            program(String.valueOf(file.getFileName()).replace(".java", ""), Files.readString(file)));
        }
    }

    /** A formatter that puts a space after the slashes makes them plain comments, and the first line no program. */
    @ParameterizedTest
    @CsvSource({"java/WebServer.java, 21", "minecraft/Minecraft.java, 25"})
    void a_program_of_one_file_is_a_jbang_script(String file, int java) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("examples").resolve(file));

        assertThat(lines.getFirst()).isEqualTo("///usr/bin/env jbang \"$0\" \"$@\" ; exit $?");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("//JAVA " + java))
                .anyMatch(line -> line.matches("//REPOS .*file://.*"))
                .anyMatch(line -> line.startsWith("//DEPS dev.ajar:ajar-core:"));
    }

    /** Every type, method, parameter and result that a program sees. */
    @Test
    void nothing_promised_is_without_javadoc() throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null);
                Stream<Path> sources = Files.list(Path.of("src/main/java/dev/ajar/api"))) {
            String classpath = classes(Ajar.class) + File.pathSeparator + classes(NullMarked.class);
            compiler.getTask(
                            new StringWriter(),
                            files,
                            found,
                            List.of("-d", folder.toString(), "-proc:none", "-Xdoclint:all/protected", "-cp", classpath),
                            null,
                            files.getJavaFileObjectsFromPaths(sources.toList()))
                    .call();
        }

        assertThat(found.getDiagnostics()).isEmpty();
    }

    private static List<String> find(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private void compiles(String example) {
        String body = example.replaceAll("(?m)^\\s*\\.\\.\\.$", "");
        // An expression alone becomes a statement.
        String statements = body.strip().endsWith(";") || body.strip().endsWith("}") || body.contains("//")
                ? body
                : "Object value = " + body + ";";
        String program = "import dev.ajar.api.*; import java.time.*; import java.net.*; import java.util.*;\n"
                + "abstract class Example {\n"
                + "abstract void print(String s); abstract void log(String s); abstract void play();\n"
                + "void example() throws Exception {\n" + statements + "\n}\n}\n";
        program("Example", program);
    }

    private void program(String name, String program) {
        // It would print Optional[/203.0.113.7:25565].
        assertThat(program).doesNotContainPattern("\\+ \\w+\\.external\\(\\)\\)");
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        StringWriter out = new StringWriter();
        boolean compiled = compiler.getTask(
                        out,
                        null,
                        found,
                        List.of("-d", folder.toString(), "-proc:none", "-cp", classes(Ajar.class)),
                        null,
                        List.of(new Source(name, program)))
                .call();

        assertThat(compiled)
                .as("%s%n%s%n%s", program, found.getDiagnostics(), out)
                .isTrue();
    }

    private static String classes(Class<?> of) {
        try {
            return Path.of(of.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
