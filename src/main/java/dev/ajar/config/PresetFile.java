package dev.ajar.config;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.LockFile;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.OwnPresets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file with the user's own presets, {@code presets.json} beside the configuration file: a command and the daemon
 * with the same configuration know the same names.
 */
public record PresetFile(Path path) {
    private static final String NAME = "presets.json";
    private static final int SCHEMA = 1;
    private static final long LARGEST = 1 << 20;

    public static PresetFile beside(Path configuration) {
        return new PresetFile(configuration.toAbsolutePath().resolveSibling(NAME));
    }

    /**
     * None where the file does not exist.
     *
     * @throws InvalidInputException if it cannot be read, or holds something else; it is then left as it is
     */
    public OwnPresets read() throws InvalidInputException {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw broken(Message.of("config.not-plain"));
            }
            if (Files.size(path) > LARGEST) {
                throw broken(Message.of("config.too-large"));
            }
            return parse(JsonReader.read(Files.readAllBytes(path)));
        } catch (NoSuchFileException e) {
            return OwnPresets.EMPTY;
        } catch (IOException e) {
            throw broken(Message.of("config.unreadable", "why", ErrorText.reason(e)));
        } catch (JsonException e) {
            throw broken(Message.of("config.presets-not-json"));
        }
    }

    private OwnPresets parse(JsonObject document) throws InvalidInputException {
        if (document.number("schema") != SCHEMA) {
            throw broken(Message.of("config.presets-newer"));
        }
        Map<String, List<String>> ports = new LinkedHashMap<>();
        for (JsonObject one : document.objects("presets")) {
            ports.put(one.text("name"), one.texts("ports"));
        }
        try {
            return OwnPresets.of(ports);
        } catch (InvalidInputException e) {
            throw broken(e.sentence());
        }
    }

    private InvalidInputException broken(Message why) {
        return new InvalidInputException(Message.of("config.presets-broken", "file", path, "why", why));
    }

    /** Makes other presets of those that are there. */
    @FunctionalInterface
    public interface Change {
        OwnPresets of(OwnPresets before) throws InvalidInputException;
    }

    /**
     * Changes the file under a lock, so that of two who save at once neither loses what the other has saved.
     *
     * @return the presets as they are now; busy while another process changes them
     * @throws InvalidInputException if the file cannot be read, or the change is not possible; nothing is then written
     * @throws IOException if the file cannot be written; it is then as it was
     */
    public Result<OwnPresets> change(Change change) throws InvalidInputException, IOException {
        // What the user typed is judged before anything is created.
        change.of(read());
        Path file = target();
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        Files.createDirectories(folder);
        Optional<StateStore.Lock> taken = LockFile.take(folder.toRealPath().resolve(NAME + ".lock"));
        if (taken.isEmpty()) {
            return Result.err(new Failure.Busy(Message.of("config.presets-busy")));
        }
        StateStore.Lock held = taken.get();
        try (held) {
            OwnPresets after = change.of(read());
            write(after);
            return Result.ok(after);
        }
    }

    private Path target() throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    /** Replaces the file as a whole. A link stays one, as those who keep their settings elsewhere want it. */
    void write(OwnPresets presets) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        presets.ports().forEach((name, ports) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("ports", ports);
            all.add(one);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("presets", all);
        Path file = target();
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // An older ajar may save at the same time, without a lock.
        long process = ProcessHandle.current().pid();
        Path fresh = file.resolveSibling(
                "%s.%d-%d.new".formatted(NAME, process, Thread.currentThread().threadId()));
        Files.deleteIfExists(fresh);
        try {
            Files.writeString(fresh, JsonWriter.write(document) + "\n");
            keepPermissions(file, fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        if (Files.exists(from)
                && from.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }
}
