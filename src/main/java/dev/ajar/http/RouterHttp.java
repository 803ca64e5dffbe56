package dev.ajar.http;

import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import dev.ajar.system.Zones;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** An HTTP/1.1 client for routers: one request per connection, one request at a time. */
public final class RouterHttp {
    /** The most bytes of an answer, head included. The largest description seen has 40 KiB. */
    static final int MOST_BYTES = 256 * 1024;

    /** Opens the socket of an exchange. */
    @FunctionalInterface
    interface Sockets {
        Socket open(InetSocketAddress target, InetSocketAddress source, ReadBudget budget) throws IOException;
    }

    private final String userAgent;
    private final Sockets sockets;
    private volatile boolean losing;

    /** @param userAgent as the UPnP Device Architecture wants it: {@code OS/version UPnP/1.1 product/version} */
    public RouterHttp(String userAgent) {
        this(userAgent, RetryingConnector::connect);
    }

    /** One that names the system and ajar, in the form the UPnP Device Architecture asks for (1.1, section 2.1). */
    public static RouterHttp on(String system) {
        return new RouterHttp(system.replace(' ', '-') + "/1 UPnP/1.1 ajar/1");
    }

    RouterHttp(String userAgent, Sockets sockets) {
        this.userAgent = userAgent;
        this.sockets = sockets;
    }

    /**
     * @param uri {@code http} with an address, never a name
     * @param local the source address
     */
    public Result<HttpAnswer> get(URI uri, InetAddress local, Deadline deadline) {
        return send(new HttpGet(uri), local, deadline);
    }

    /** Whether packets to or from this router seem to get lost, so that a new attempt is better than a longer wait. */
    public boolean isLosing() {
        return losing;
    }

    /** @param headers of this request, Content-Type included; their values are sent unchanged */
    public Result<HttpAnswer> post(
            URI uri, Map<String, String> headers, String body, InetAddress local, Deadline deadline) {
        HttpPost request = new HttpPost(uri);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), null));
        return send(request, local, deadline);
    }

    private Result<HttpAnswer> send(HttpUriRequestBase request, InetAddress local, Deadline deadline) {
        request.setHeader("User-Agent", userAgent);
        request.setHeader("Connection", "close");
        InetSocketAddress source = new InetSocketAddress(local, 0);
        HttpHost host = target(request);
        // In brackets and without a zone. Some routers refuse requests to a name (DNS rebinding).
        request.setHeader("Host", place(request));
        InetSocketAddress router = Zones.of(
                new InetSocketAddress(
                        Addresses.parse(unbracketed(host.getHostName())).orElseThrow(), host.getPort()),
                local);
        ReadBudget budget = new ReadBudget(deadline);
        try (CloseableHttpClient client =
                HttpClients.createMinimal(SlimConnections.create(proxy -> sockets.open(router, source, budget)))) {
            // The response itself is not closed, because that would read an endless body to its end. Closing the client
            // closes its connection.
            ClassicHttpResponse response = client.executeOpen(host, request, null);
            losing |= budget.isLosing();
            return Result.ok(answer(response, budget));
        } catch (SocketTimeoutException e) {
            losing |= budget.isLosing();
            return Result.err(new Failure.TimedOut(Message.of("http.silent", "place", place(request))));
        } catch (ConnectException e) {
            return Result.err(new Failure.Unreachable(Message.of("http.refused", "place", place(request))));
        } catch (RetryingConnector.KeptInException e) {
            return Result.err(new Failure.KeptIn(Message.of("http.kept-in", "place", place(request))));
        } catch (SocketException e) {
            return Result.err(
                    new Failure.Unreachable(Message.of("http.broken", "place", place(request), "reason", reason(e))));
        } catch (IOException | RuntimeException e) {
            // HttpClient throws unchecked exceptions for some heads, such as a status of 000.
            return Result.err(new Failure.Malformed(
                    Message.of("http.unreadable", "place", place(request), "reason", reason(e)), Optional.empty()));
        }
    }

    private static HttpAnswer answer(ClassicHttpResponse response, ReadBudget budget) throws IOException {
        BodyReader.Body body = BodyReader.Body.NONE;
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            InputStream content = entity.getContent();
            body = BodyReader.read(
                    content, SlimConnections.isChunked(response), SlimConnections.declaredLength(response), budget);
            body = PackedBody.unpack(body, header(response, "Content-Encoding"));
        }
        return new HttpAnswer(
                response.getCode(),
                body.bytes(),
                body.whole(),
                header(response, "Server"),
                header(response, "WWW-Authenticate"));
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        String value = header == null ? null : header.getValue();
        return value == null ? "" : value;
    }

    private static HttpHost target(HttpUriRequestBase request) {
        return new HttpHost(
                "http",
                request.getAuthority().getHostName(),
                request.getAuthority().getPort());
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String place(HttpUriRequestBase request) {
        String host = unbracketed(request.getAuthority().getHostName());
        int port = request.getAuthority().getPort();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static Message reason(Exception e) {
        return ErrorText.of(e)
                .map(text -> Message.verbatim(new RouterText(text).display()))
                .orElseGet(() -> Message.of("http.no-http"));
    }
}
