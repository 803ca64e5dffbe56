package dev.ajar.control;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Where a daemon listens on TCP, and the two secrets by which it and its clients know each other; only their user can
 * read it.
 *
 * @param port on 127.0.0.1
 * @param token what a client sends first
 * @param proof what the daemon answers: another program that has taken the port of a killed daemon does not know it
 */
record TokenFile(int port, String token, String proof) {
    /** Hexadecimal digits of a secret. */
    static final int DIGITS = 64;

    private static final int LONGEST = 1024;
    private static final int HIGHEST_PORT = 65_535;

    /** @param random whose numbers cannot be guessed */
    static TokenFile create(int port, RandomGenerator random) {
        return new TokenFile(port, secret(random), secret(random));
    }

    private static String secret(RandomGenerator random) {
        byte[] bytes = new byte[DIGITS / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether both are the same; the time it takes does not tell how much of them is. */
    static boolean isSame(String secret, byte[] heard) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.US_ASCII), heard);
    }

    /** Writes a new file for this user alone. */
    void write(Path file, FileRights rights) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ajar", ControlServer.VERSION);
        json.put("port", port);
        json.put("token", token);
        json.put("proof", proof);
        // Without its text first, so that no other user can read it before it is private.
        try (SeekableByteChannel created = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                rights.privateFile().toArray(FileAttribute<?>[]::new))) {
            rights.makeOwn(file);
            rights.makePrivate(file);
            ByteBuffer bytes = ByteBuffer.wrap(LineProtocol.line(JsonWriter.write(json)));
            while (bytes.hasRemaining()) {
                created.write(bytes);
            }
        }
    }

    /** Reads a file of this user; empty if it is anything else, or another user could have read or written it. */
    static Optional<TokenFile> read(Path file, FileRights rights) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && rights.isTrusted(file)
                            && rights.isPrivate(file)
                    ? parsed(file)
                    : Optional.empty();
        } catch (IOException | JsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<TokenFile> parsed(Path file) throws IOException {
        JsonObject json;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            json = JsonReader.read(in.readNBytes(LONGEST));
        }
        long port = json.number("port");
        String token = json.text("token");
        String proof = json.text("proof");
        return port > 0 && port <= HIGHEST_PORT && isSecret(token) && isSecret(proof)
                ? Optional.of(new TokenFile((int) port, token, proof))
                : Optional.empty();
    }

    private static boolean isSecret(String text) {
        return text.length() == DIGITS && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "127.0.0.1:" + port;
    }
}
