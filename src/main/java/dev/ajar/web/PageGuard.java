package dev.ajar.web;

import java.util.Optional;
import java.util.Set;

/** Which requests to the page are refused before anything reads them: pure. */
final class PageGuard {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String API = "/api/";

    private PageGuard() {}

    /**
     * The parts of a request that tell who sends it.
     *
     * @param origin the Origin header; empty without one
     * @param site the Sec-Fetch-Site header; empty without one
     * @param contentType of the body
     */
    record Head(String method, String path, String host, String origin, String site, String contentType) {}

    /** @param port that the page listens on */
    static Optional<HttpAnswer> refusal(Head head, int port) {
        if (!HostHeader.isLoopback(head.host(), port)) {
            return refused(421, "this name does not lead to ajar's page");
        }
        if (!head.origin().isEmpty() && !head.origin().equals("http://" + head.host())) {
            return refused(403, "another page may not ask");
        }
        if (!head.path().startsWith(API)) {
            return READING.contains(head.method())
                    ? Optional.empty()
                    : Optional.of(HttpAnswer.text(405, "GET or HEAD").with("Allow", "GET, HEAD"));
        }
        if (!head.method().equals("POST")) {
            return Optional.of(HttpAnswer.text(405, "POST").with("Allow", "POST"));
        }
        if (!head.site().isEmpty() && !head.site().equals("same-origin")) {
            return refused(403, "another page may not ask");
        }
        // A form of another page cannot send this type, nor a header of its own.
        return head.contentType().equals("application/json")
                ? Optional.empty()
                : refused(415, "the body must be application/json");
    }

    private static Optional<HttpAnswer> refused(int status, String line) {
        return Optional.of(HttpAnswer.text(status, line));
    }
}
