import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Takes out of the unpacked classes of ajar-core what no program needs: classes that only unused parts of its libraries
 * lead to, the names of local variables, which only a debugger shows, and sentences that no class names. The numbers of
 * lines stay, for stack traces. Why: docs/decisions/0057.
 *
 * <p>{@code java SlimLibrary FOLDER} changes the files in the folder, and prints how many classes and sentences stay.
 */
final class SlimLibrary {
    private static final List<String> ENTRIES =
            List.of("dev/ajar/api/Ajar", "dev/ajar/api/package-info", "dev/ajar/embed/log/SystemLogProvider");

    /** What the libraries name and ajar never calls: CoreJarIT links all classes without them. */
    private static final Pattern UNUSED = Pattern.compile("dev/ajar/lib/("
            // ajar uses the minimal client, without logins, cookies, compression and a pool.
            + "hc/client5/http/impl/(classic/HttpClientBuilder|io/PoolingHttpClientConnectionManager).*"
            // For reading and writing floating point numbers faster, which Jackson does only when told to.
            + "|jackson/core/(internal/shaded/fdp|io/schubfach)/.*)");

    /** A class in a constant pool or a descriptor. */
    private static final Pattern NAME = Pattern.compile("dev/ajar/[\\w/$-]+");

    private static final Pattern VARIANT = Pattern.compile("\\.(one|few|many|other|windows)$");

    /** Its keys are made from texts of profiles (dev.ajar.message.ProfileText), of which the library has some. */
    private static final String BY_TEXT = "messages/profile.properties";

    private final Set<String> texts = new TreeSet<>();

    private SlimLibrary() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        SlimLibrary slim = new SlimLibrary();
        List<Path> classes = reached(folder);
        for (Path file : classes) slim.withoutVariables(file);
        slim.nameTextsOfProfiles(folder);
        int sentences = 0;
        for (Path file : files(folder.resolve("messages"), ".properties")) sentences += slim.namedSentences(file);
        System.out.println("library: " + classes.size() + " classes, " + sentences + " sentences");
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).collect(Collectors.toList());
        }
    }

    /** Deletes the classes that are not. */
    private static List<Path> reached(Path folder) throws IOException {
        Map<String, Path> unreached = new TreeMap<>();
        for (Path file : files(folder, ".class")) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            unreached.put(name.substring(0, name.length() - ".class".length()), file);
        }
        List<Path> reached = new ArrayList<>();
        Deque<String> next = new ArrayDeque<>(ENTRIES);
        while (!next.isEmpty()) {
            Path file = unreached.remove(next.remove());
            if (file == null) continue;
            reached.add(file);
            Matcher names = NAME.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            while (names.find()) {
                if (!UNUSED.matcher(names.group()).matches()) next.add(names.group());
            }
        }
        for (Path file : unreached.values()) Files.delete(file);
        return reached;
    }

    /** Notes the texts of the code on its way. */
    private void withoutVariables(Path file) throws IOException {
        ClassWriter writer = new ClassWriter(0);
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                return new MethodVisitor(Opcodes.ASM9, method) {
                    @Override
                    public void visitLdcInsn(Object value) {
                        if (value instanceof String) texts.add((String) value);
                        super.visitLdcInsn(value);
                    }

                    @Override
                    public void visitLocalVariable(
                            String name, String descriptor, String signature, Label start, Label end, int index) {}
                };
            }
        };
        new ClassReader(Files.readAllBytes(file)).accept(visitor, 0);
        Files.write(file, writer.toByteArray());
    }

    /** Those of the profiles that are there. */
    private void nameTextsOfProfiles(Path folder) throws IOException {
        StringBuilder profiles = new StringBuilder();
        for (Path file : files(folder.resolve("profiles"), ".json")) profiles.append(Files.readString(file));
        read(folder.resolve(BY_TEXT)).forEach((key, text) -> {
            if (profiles.indexOf('"' + text.toString() + '"') >= 0) texts.add(key.toString());
        });
    }

    private static Properties read(Path file) throws IOException {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            all.load(reader);
        }
        return all;
    }

    private int namedSentences(Path file) throws IOException {
        Properties all = read(file);
        List<String> named = all.stringPropertyNames().stream()
                .filter(key -> texts.contains(VARIANT.matcher(key).replaceAll("")))
                .sorted()
                .map(key -> key + "=" + escaped(all.getProperty(key)))
                .collect(Collectors.toList());
        if (named.isEmpty()) Files.delete(file);
        else Files.write(file, named);
        return named.size();
    }

    /** As {@link Properties#load(Reader)} reads it. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
        return plain.startsWith(" ") ? "\\" + plain : plain;
    }
}
