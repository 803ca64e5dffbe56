package dev.ajar.http;

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

/** Asks a router over HTTP/1.1, one request per connection, one request at a time. */
public final class RouterHttp {
    /** Bytes of an answer, head included. The largest description seen is 40 KiB. */
    static final int MOST_BYTES = 256 * 1024;

    /** Opens the one socket of an exchange. */
    @FunctionalInterface
    interface Sockets {
        Socket open(InetSocketAddress target, InetSocketAddress source, ReadBudget patience) throws IOException;
    }

    private final String userAgent;
    private final Sockets sockets;
    private volatile boolean losing;

    /** @param userAgent as the UPnP Device Architecture wants it: {@code OS/version UPnP/1.1 product/version} */
    public RouterHttp(String userAgent) {
        this(userAgent, RetryingConnector::connect);
    }

    RouterHttp(String userAgent, Sockets sockets) {
        this.userAgent = userAgent;
        this.sockets = sockets;
    }

    /**
     * @param uri {@code http} with an address, never a name
     * @param local the address to ask from
     */
    public Result<HttpAnswer> get(URI uri, InetAddress local, Deadline deadline) {
        return send(new HttpGet(uri), local, deadline);
    }

    /** Whether packets on the way to this router seem to get lost: then a fresh attempt beats waiting for the old one. */
    public boolean isLosing() {
        return losing;
    }

    /** @param soapAction without its quotes */
    public Result<HttpAnswer> post(URI uri, String soapAction, String body, InetAddress local, Deadline deadline) {
        HttpPost request = new HttpPost(uri);
        // The very spelling: some servers know no other (syncthing/syncthing#1696). The quotes are
        // part of it.
        request.setHeader("SOAPAction", '"' + soapAction + '"');
        request.setHeader("Cache-Control", "no-cache");
        request.setHeader("Pragma", "no-cache");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        // By hand: HttpClient's own type drops the quotes, which are in every example of the UPnP
        // documents.
        request.setHeader("Content-Type", "text/xml; charset=\"utf-8\"");
        request.setEntity(new ByteArrayEntity(bytes, null));
        return send(request, local, deadline);
    }

    private Result<HttpAnswer> send(HttpUriRequestBase request, InetAddress local, Deadline deadline) {
        request.setHeader("User-Agent", userAgent);
        request.setHeader("Connection", "close");
        InetSocketAddress source = new InetSocketAddress(local, 0);
        HttpHost host = target(request);
        // Brackets, no zone: some look whether they are asked by address (DNS rebinding).
        request.setHeader("Host", place(request));
        InetSocketAddress router = Zones.of(
                new InetSocketAddress(
                        Addresses.parse(unbracketed(host.getHostName())).orElseThrow(), host.getPort()),
                local);
        ReadBudget patience = new ReadBudget(deadline);
        try (CloseableHttpClient client =
                HttpClients.createMinimal(SlimConnections.create(proxy -> sockets.open(router, source, patience)))) {
            // The response itself is never closed: that would read an endless body to its end.
            // Closing the client
            // closes the connection under it.
            ClassicHttpResponse response = client.executeOpen(host, request, null);
            losing |= patience.isLosing();
            return Result.ok(answer(response, patience));
        } catch (SocketTimeoutException e) {
            losing |= patience.isLosing();
            return Result.err(new Failure.TimedOut(Message.verbatim("the router did not answer at " + place(request) + " in time")));
        } catch (ConnectException e) {
            return Result.err(new Failure.Unreachable(Message.verbatim("the router refused the connection to " + place(request))));
        } catch (SocketException e) {
            return Result.err(new Failure.Unreachable(
                    Message.verbatim("the connection to the router at " + place(request) + " broke: " + reason(e))));
        } catch (IOException | RuntimeException e) {
            // HttpClient throws unchecked exceptions for some heads, such as a status of 000.
            return Result.err(new Failure.Malformed(
                    Message.verbatim("the router's answer from " + place(request) + " cannot be read: " + reason(e)), Optional.empty()));
        }
    }

    private static HttpAnswer answer(ClassicHttpResponse response, ReadBudget patience) throws IOException {
        byte[] body = new byte[0];
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            InputStream content = entity.getContent();
            body = BodyReader.read(
                    content, SlimConnections.isChunked(response), SlimConnections.declaredLength(response), patience);
        }
        return new HttpAnswer(
                response.getCode(), body, header(response, "Server"), header(response, "WWW-Authenticate"));
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

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : new RouterText(message).display();
    }
}
