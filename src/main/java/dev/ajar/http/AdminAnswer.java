package dev.ajar.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer of a router's own interface. No redirect was followed, and no cookie was kept.
 *
 * @param headers in their order, with names in lower case
 * @param whole whether the body ended as its head announced
 */
public record AdminAnswer(int status, List<HeaderField> headers, byte[] body, boolean whole) {
    public AdminAnswer {
        headers = List.copyOf(headers);
    }

    /** @param name in lower case */
    public record HeaderField(String name, String value) {}

    /** The first header of that name. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** All headers of that name. */
    public List<String> headers(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return headers.stream()
                .filter(field -> field.name().equals(wanted))
                .map(HeaderField::value)
                .toList();
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
