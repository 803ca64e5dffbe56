package dev.ajar.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ajar.metrics.ExpositionFormat;
import dev.ajar.metrics.Readiness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Serves {@code /metrics}, {@code /healthz} and {@code /readyz}, and nothing else. */
final class MetricsHandler implements HttpHandler {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String METRICS = "/metrics";
    private static final String HEALTH = "/healthz";
    private static final String READY = "/readyz";
    private static final int MOST_SCRAPES = 8;

    private final Semaphore scrapes = new Semaphore(MOST_SCRAPES);
    private final Source source;
    private final Optional<BearerToken> token;
    private final boolean loopback;

    /**
     * What it shows; called on any thread.
     *
     * @param metrics all of them as text
     * @param alive whether the thread that keeps the ports still runs
     */
    record Source(Function<ExpositionFormat, String> metrics, Supplier<Readiness> readiness, BooleanSupplier alive) {}

    /**
     * @param token that {@code /metrics} and {@code /readyz} ask for
     * @param loopback whether it listens on loopback, where only names of loopback lead
     */
    MetricsHandler(Source source, Optional<BearerToken> token, boolean loopback) {
        this.source = source;
        this.token = token;
        this.loopback = loopback;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        answer(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        RequestHeader.single(exchange, "Host"),
                        RequestHeader.single(exchange, "Authorization"),
                        RequestHeader.list(exchange, "Accept"))
                .send(exchange);
    }

    private HttpAnswer answer(String method, String path, String host, String authorization, String accept) {
        if (loopback && !HostHeader.isLoopback(host)) {
            return HttpAnswer.text(421, "this address is not served here");
        }
        if (!Set.of(METRICS, HEALTH, READY).contains(path)) {
            return HttpAnswer.text(404, "there is nothing here");
        }
        if (!METHODS.contains(method)) {
            return HttpAnswer.text(405, "GET or HEAD").with("Allow", "GET, HEAD");
        }
        boolean allowed = path.equals(HEALTH)
                || token.isEmpty()
                || token.filter(word -> word.isShownIn(authorization)).isPresent();
        if (!allowed) {
            return HttpAnswer.text(401, "a token is needed").with("WWW-Authenticate", "Bearer");
        }
        return switch (path) {
            case METRICS -> limited(ExpositionFormat.accepted(accept));
            case HEALTH ->
                source.alive().getAsBoolean() ? HttpAnswer.text(200, "alive") : HttpAnswer.text(503, "not alive");
            default -> {
                Readiness readiness = source.readiness().get();
                yield HttpAnswer.text(readiness.isReady() ? 200 : 503, readiness.line());
            }
        };
    }

    /** A relay that has stopped answers late; clients must not pile up behind it. */
    private HttpAnswer limited(ExpositionFormat format) {
        if (!scrapes.tryAcquire()) {
            return HttpAnswer.text(503, "too much at once");
        }
        try {
            return metrics(format);
        } finally {
            scrapes.release();
        }
    }

    private HttpAnswer metrics(ExpositionFormat format) {
        byte[] text = source.metrics().apply(format).getBytes(StandardCharsets.UTF_8);
        return new HttpAnswer(200, format.contentType(), text, Map.of("Vary", "Accept"));
    }
}
