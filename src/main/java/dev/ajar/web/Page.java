package dev.ajar.web;

import dev.ajar.config.OptionDefaults;
import dev.ajar.control.ControlHandler;
import dev.ajar.json.JsonWriter;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The page while it is on. */
final class Page implements AutoCloseable {
    private final PageKeys keys;
    private final PageListener listener;
    private final Path folder;
    private final Timeline timeline;

    private Page(PageKeys keys, PageListener listener, Path folder, Timeline timeline) {
        this.keys = keys;
        this.listener = listener;
        this.folder = folder;
        this.timeline = timeline;
    }

    /** What a page is made of, beside the daemon it asks. */
    record Parts(Path folder, Timeline timeline, RandomGenerator random, HttpListeners.Sources sources) {}

    /** @throws IOException if the port is not to be had */
    static Page start(int port, Parts parts, PageFiles files, ControlHandler daemon, Supplier<OptionDefaults> defaults)
            throws IOException {
        PageKeys keys = new PageKeys(parts.timeline(), parts.random());
        ForwardingFile.sweep(parts.folder());
        PageListener listener = PageListener.start(
                port, new PageHandler(parts.timeline(), keys, files, daemon, defaults, parts.sources()));
        return new Page(keys, listener, parts.folder(), parts.timeline());
    }

    int port() {
        return listener.port();
    }

    /** Where it is, without the token. */
    String address() {
        return "http://127.0.0.1:" + listener.port() + "/";
    }

    /**
     * A way into the page, good once and for a short time: the document of {@code ajar web --json}.
     *
     * @param language the code of the one to show it in; empty for the browser's
     */
    String link(String language) throws IOException {
        String link = address() + "#" + keys.token() + (language.isEmpty() ? "" : "." + language);
        Path file = ForwardingFile.write(folder, link);
        Thread.ofVirtual().name("page-file").start(() -> {
            timeline.pause(PageKeys.TOKEN_LIFE);
            ForwardingFile.delete(file);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("command", "web");
        document.put("exit_code", 0);
        document.put("address", address());
        document.put("link", link);
        document.put("file", file.toString());
        document.put("seconds", PageKeys.TOKEN_LIFE.toSeconds());
        document.put("error", Optional.empty());
        return JsonWriter.write(document);
    }

    @Override
    public void close() {
        listener.close();
        ForwardingFile.sweep(folder);
    }
}
