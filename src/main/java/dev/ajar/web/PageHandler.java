package dev.ajar.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ajar.config.OptionDefaults;
import dev.ajar.control.ControlHandler;
import dev.ajar.control.ControlRequest;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Messages;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Serves the page and answers what it asks: with the documents of {@code --json}. */
final class PageHandler implements HttpHandler {
    /** No script, style or address but the page's own; no frame around it; no text is ever read as markup. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private static final int LARGEST_BODY = 16 * 1024;
    private static final int MOST_COMMANDS = 8;
    private static final int MOST_STREAMS = 16;

    /** What a router may want to have confirmed on it, as at a terminal. */
    private static final Set<String> CHANGES = Set.of("open", "close", "extend");

    private final PageFiles files;
    private final Semaphore commands = new Semaphore(MOST_COMMANDS);
    private final Semaphore streams = new Semaphore(MOST_STREAMS);
    private final Timeline timeline;
    private final PageKeys keys;
    private final ControlHandler daemon;
    private final Supplier<OptionDefaults> defaults;
    private final HttpListeners.Sources sources;

    /**
     * @param daemon answers what the page asks
     * @param defaults those of the configuration now
     */
    PageHandler(
            Timeline timeline,
            PageKeys keys,
            PageFiles files,
            ControlHandler daemon,
            Supplier<OptionDefaults> defaults,
            HttpListeners.Sources sources) {
        this.timeline = timeline;
        this.keys = keys;
        this.files = files;
        this.daemon = daemon;
        this.defaults = defaults;
        this.sources = sources;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        String path = exchange.getRequestURI().getPath();
        PageGuard.Head head = new PageGuard.Head(
                exchange.getRequestMethod(),
                path,
                RequestHeader.single(exchange, "Host"),
                RequestHeader.single(exchange, "Origin"),
                RequestHeader.single(exchange, "Sec-Fetch-Site"),
                RequestHeader.single(exchange, "Content-Type"));
        Optional<HttpAnswer> refusal =
                PageGuard.refusal(head, exchange.getLocalAddress().getPort());
        if (refusal.isPresent()) {
            refusal.get().send(exchange);
            return;
        }
        if (path.equals("/api/session")) {
            session(RequestHeader.single(exchange, "Ajar-Token")).send(exchange);
            return;
        }
        if (path.startsWith("/api/")) {
            api(exchange, path);
            return;
        }
        if (path.equals("/texts.json")) {
            HttpAnswer.json(PageTexts.own(language(exchange)))
                    .with("Vary", "Accept-Language, Ajar-Language")
                    .send(exchange);
            return;
        }
        files.at(path).orElse(nothing()).send(exchange);
    }

    private static Messages language(HttpExchange exchange) {
        return PageLanguage.of(
                RequestHeader.single(exchange, "Ajar-Language"), RequestHeader.list(exchange, "Accept-Language"));
    }

    private static HttpAnswer nothing() {
        return HttpAnswer.text(404, "there is nothing here");
    }

    private HttpAnswer session(String token) {
        return keys.exchange(token)
                .map(secret -> HttpAnswer.json(JsonWriter.write(new LinkedHashMap<>(Map.of("secret", secret)))))
                .orElse(HttpAnswer.text(401, "run: ajar web"));
    }

    private void api(HttpExchange exchange, String path) throws IOException {
        if (!keys.opens(RequestHeader.single(exchange, "Authorization"))) {
            HttpAnswer.text(401, "run: ajar web").send(exchange);
            return;
        }
        switch (path) {
            case "/api/run" -> {
                ToldAnswer told = new ToldAnswer(exchange, language(exchange));
                limited(commands, exchange, body -> run(body, told), told::end);
            }
            case "/api/devices" ->
                limited(
                        commands,
                        exchange,
                        body -> HttpAnswer.json(sources.devices().get()));
            case "/api/next-hop" ->
                limited(
                        commands,
                        exchange,
                        body -> HttpAnswer.json(sources.nextHop().get()));
            case "/api/events" -> events(exchange);
            default -> nothing().send(exchange);
        }
    }

    /** Answers a request with a body. */
    @FunctionalInterface
    private interface Answer {
        HttpAnswer to(byte[] body) throws InterruptedException;
    }

    /** Sends an answer that is known. */
    @FunctionalInterface
    private interface SendResult {
        void send(HttpAnswer answer) throws IOException;
    }

    private static void limited(Semaphore permits, HttpExchange exchange, Answer answer) throws IOException {
        limited(permits, exchange, answer, known -> known.send(exchange));
    }

    private static void limited(Semaphore permits, HttpExchange exchange, Answer answer, SendResult sending)
            throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            HttpAnswer.text(413, "the request is too large").send(exchange);
        } else if (permits.tryAcquire()) {
            HttpAnswer answered;
            try {
                answered = answer.to(body);
            } catch (JsonException e) {
                answered = HttpAnswer.text(400, "the request makes no sense");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answered = HttpAnswer.text(503, "the daemon is stopping");
            } finally {
                permits.release();
            }
            sending.send(answered);
        } else {
            HttpAnswer.text(503, "too much at once").send(exchange);
        }
    }

    private HttpAnswer run(byte[] body, ToldAnswer told) throws InterruptedException {
        Messages messages = told.messages();
        JsonObject request = JsonReader.read(body);
        List<String> arguments = PageCommands.of(request);
        String command = arguments.getFirst();
        boolean looks = command.equals("list") || command.equals("status");
        if (looks && daemon.requests().contains(command)) {
            return HttpAnswer.json(PageTexts.translated(daemon.answer(command, look()), messages));
        }
        ControlRequest asked = new ControlRequest(arguments, defaults.get().values(), false, true);
        ControlRequest.Response response =
                CHANGES.contains(command) ? daemon.run(asked, told::tell) : daemon.run(asked);
        return HttpAnswer.json(
                PageTexts.translated(response.out().isBlank() ? failed(command, response) : response.out(), messages));
    }

    /** What the daemon has seen last, within a second. */
    private JsonObject look() {
        String request = sources.look().apply(defaults.get().selection());
        return JsonReader.read(request.getBytes(StandardCharsets.UTF_8));
    }

    private static String failed(String command, ControlRequest.Response response) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", "failed");
        error.put("message", response.err());
        error.put("advice", List.of());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("command", command);
        document.put("exit_code", response.exitCode());
        document.put("error", error);
        return JsonWriter.write(document);
    }

    private void events(HttpExchange exchange) throws IOException {
        // The server takes a request whose body is not read for one that still arrives, and ends it after some seconds.
        if (exchange.getRequestBody().readNBytes(LARGEST_BODY + 1).length > LARGEST_BODY) {
            HttpAnswer.text(413, "the request is too large").send(exchange);
            return;
        }
        if (!streams.tryAcquire()) {
            HttpAnswer.text(503, "too many pages are open").send(exchange);
            return;
        }
        try {
            EventStream.serve(exchange, daemon, language(exchange), timeline);
        } finally {
            streams.release();
        }
    }
}
