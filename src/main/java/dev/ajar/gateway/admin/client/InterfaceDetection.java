package dev.ajar.gateway.admin.client;

import dev.ajar.catalog.RouterInterface;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.http.AdminAnswer;
import dev.ajar.http.AdminHttp;
import dev.ajar.http.CertificatePin;
import dev.ajar.model.Addresses;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Recognises the interface of a router by requests that change nothing and need no login, one after another. */
public final class InterfaceDetection {
    private static final String HTTPS = "https";
    private static final String HEADER = "header ";

    /** A port that does not answer must not use up the time for the others. */
    private static final Duration EACH = Duration.ofSeconds(3);

    private final AdminHttp http;
    private final List<RouterInterface> makes;

    /** @param makes in the order in which they are tried */
    public InterfaceDetection(AdminHttp http, List<RouterInterface> makes) {
        this.http = http;
        this.makes = List.copyOf(makes);
    }

    /**
     * A recognised interface.
     *
     * @param pin the key its certificate showed; empty for {@code http}
     * @param model as it tells it without a login; empty where it does not
     * @param version of its software, likewise
     */
    public record Detected(
            RouterInterface make, URI base, Optional<CertificatePin> pin, RouterText model, RouterText version) {}

    /**
     * @param router the default gateway
     * @param at scheme, address and port; empty to try the usual ones, {@code https} first
     */
    public Optional<Detected> detect(InetAddress router, Optional<URI> at, InetAddress local, Deadline deadline) {
        Map<URI, Optional<CertificatePin>> seen = new HashMap<>();
        for (String scheme : at.map(URI::getScheme).map(List::of).orElse(List.of(HTTPS, "http"))) {
            for (RouterInterface make : makes) {
                if (!make.transports().contains(scheme)) {
                    continue;
                }
                URI base = at.orElseGet(() -> base(scheme, router, make));
                Optional<CertificatePin> pin = seen.computeIfAbsent(base, one -> pin(one, local, deadline));
                boolean reachable = pin.isPresent() || !scheme.equals(HTTPS);
                if (!reachable) {
                    continue;
                }
                AdminConnection connection = new AdminConnection(http, base, pin, local);
                for (RouterInterface.Sign sign : make.signs()) {
                    Optional<AdminAnswer> shown = shown(sign, connection, deadline);
                    if (shown.isPresent()) {
                        return Optional.of(new Detected(
                                make, base, pin, told(shown.get(), sign.model()), told(shown.get(), sign.version())));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<CertificatePin> pin(URI base, InetAddress local, Deadline deadline) {
        return base.getScheme().equals(HTTPS)
                ? http.certificate(base, local, deadline.within(EACH)).toOptional()
                : Optional.empty();
    }

    private static URI base(String scheme, InetAddress router, RouterInterface make) {
        Integer port = make.ports().get(scheme);
        return URI.create(scheme + "://" + Addresses.text(router) + (port == null ? "" : ":" + port));
    }

    /** The answer that shows the make. */
    private static Optional<AdminAnswer> shown(
            RouterInterface.Sign sign, AdminConnection connection, Deadline deadline) {
        Deadline soon = deadline.within(EACH);
        Result<AdminAnswer> answer = sign.body().isPresent()
                ? connection.exchange("POST", sign.path(), type(sign), sign.body(), soon)
                : connection.exchange("GET", sign.path(), sign.send(), Optional.empty(), soon);
        return answer.toOptional().filter(came -> fits(sign, came));
    }

    /** @param where a member of JSON, an element of XML, or a header; empty for nowhere */
    private static RouterText told(AdminAnswer answer, String where) {
        if (where.isEmpty()) {
            return RouterText.EMPTY;
        }
        if (where.startsWith(HEADER)) {
            return new RouterText(
                    answer.header(where.substring(HEADER.length())).orElse(""));
        }
        return JsonBody.read(answer) instanceof Result.Ok<Object>(Object value)
                ? new RouterText(JsonBody.text(value, where))
                : new RouterText(LenientXml.read(answer.body())
                        .toOptional()
                        .flatMap(root -> root.find(where))
                        .map(XmlNode::text)
                        .orElse(""));
    }

    private static Map<String, String> type(RouterInterface.Sign sign) {
        Map<String, String> headers = new HashMap<>(sign.send());
        if (sign.body().filter(body -> body.startsWith("{")).isPresent()) {
            headers.putIfAbsent("Content-Type", AdminConnection.JSON);
        }
        return headers;
    }

    private static boolean fits(RouterInterface.Sign sign, AdminAnswer answer) {
        boolean header = sign.header().isEmpty()
                || answer.headers(sign.header()).stream().anyMatch(value -> value.startsWith(sign.headerValue()));
        return answer.status() == sign.status()
                && header
                && answer.text().toLowerCase(Locale.ROOT).contains(sign.text())
                && hasAll(sign, answer);
    }

    private static boolean hasAll(RouterInterface.Sign sign, AdminAnswer answer) {
        return sign.members().isEmpty()
                || (JsonBody.read(answer) instanceof Result.Ok<Object>(Object value)
                        && sign.members().stream()
                                .allMatch(member -> JsonBody.at(value, member).isPresent()));
    }
}
