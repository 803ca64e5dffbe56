package dev.ajar.web;

import dev.ajar.message.ResourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files of the page, from the program's own resources. Nothing else can be read through it. */
final class PageFiles {
    /** By path. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("/index.html", "text/html; charset=utf-8"),
            Map.entry("/style.css", "text/css; charset=utf-8"),
            Map.entry("/icon.svg", "image/svg+xml"),
            Map.entry("/main.js", "text/javascript; charset=utf-8"),
            Map.entry("/api.js", "text/javascript; charset=utf-8"),
            Map.entry("/text.js", "text/javascript; charset=utf-8"),
            Map.entry("/dom.js", "text/javascript; charset=utf-8"),
            Map.entry("/open.js", "text/javascript; charset=utf-8"),
            Map.entry("/list.js", "text/javascript; charset=utf-8"),
            Map.entry("/friends.js", "text/javascript; charset=utf-8"),
            Map.entry("/qr.js", "text/javascript; charset=utf-8"),
            Map.entry("/doctor.js", "text/javascript; charset=utf-8"),
            Map.entry("/devices.js", "text/javascript; charset=utf-8"),
            Map.entry("/relay.js", "text/javascript; charset=utf-8"),
            Map.entry("/home.js", "text/javascript; charset=utf-8"),
            Map.entry("/history.js", "text/javascript; charset=utf-8"));

    private final Map<String, HttpAnswer> answers = new HashMap<>();

    PageFiles() {
        TYPES.forEach((path, type) -> answers.put(path, new HttpAnswer(200, type, read(path), Map.of())));
        answers.put("/", Optional.ofNullable(answers.get("/index.html")).orElseThrow());
    }

    private static byte[] read(String path) {
        try (InputStream in = ResourceFile.open(PageFiles.class, "/web" + path)) {
            if (in == null) {
                throw new IllegalStateException("the page lacks " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<HttpAnswer> at(String path) {
        return Optional.ofNullable(answers.get(path));
    }
}
