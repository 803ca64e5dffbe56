package dev.ajar.http;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * HTTP and HTTPS to a router's own interface: one request per connection, no redirect, no cookie, no retry, no proxy.
 * What it sends may hold a password, so its failures never contain a part of a request or an answer.
 */
public final class AdminHttp {
    /** The most bytes of a body. */
    public static final int MOST_BYTES = 256 * 1024;

    /** TLS adds to each record, and the head is not part of the body. */
    private static final int MOST_ON_THE_WIRE = 2 * MOST_BYTES;

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** @param local the source address */
    public Result<AdminAnswer> send(AdminRequest request, InetAddress local, Deadline deadline) {
        PinnedTls tls = new PinnedTls(request.pin());
        HttpUriRequestBase message = message(request);
        HttpHost host =
                new HttpHost(request.uri().getScheme(), message.getAuthority().getHostName(), port(request.uri()));
        ReadBudget budget = new ReadBudget(deadline);
        try (CloseableHttpClient client = HttpClients.createMinimal(
                SlimConnections.strict(proxy -> connect(request.uri(), local, budget), tls::wrap))) {
            ClassicHttpResponse response = client.executeOpen(host, message, null);
            return Result.ok(answer(response));
        } catch (SSLException e) {
            return Result.err(untrusted(tls, request));
        } catch (SocketTimeoutException e) {
            return Result.err(new Failure.TimedOut(Message.of("http.silent", "place", place(request.uri()))));
        } catch (ConnectException e) {
            return Result.err(new Failure.Unreachable(Message.of("http.refused", "place", place(request.uri()))));
        } catch (SocketException e) {
            return Result.err(new Failure.Unreachable(Message.of("http.closed", "place", place(request.uri()))));
        } catch (IOException | RuntimeException e) {
            // HttpClient throws unchecked exceptions for some heads. Their text may quote the answer.
            return Result.err(new Failure.Malformed(
                    Message.of("http.unreadable-answer", "place", place(request.uri())), Optional.empty()));
        }
    }

    /**
     * Reads the key of the router's certificate. Nothing but the handshake is sent.
     *
     * @param uri {@code https} with an address
     */
    public Result<CertificatePin> certificate(URI uri, InetAddress local, Deadline deadline) {
        PinnedTls tls = new PinnedTls(Optional.empty());
        try (var socket = connect(uri, local, new ReadBudget(deadline))) {
            tls.wrap(socket, uri.getHost(), port(uri)).close();
        } catch (IOException e) {
            if (tls.seen().isEmpty()) {
                return Result.err(new Failure.Unreachable(Message.of("http.no-tls", "place", place(uri))));
            }
        }
        return tls.seen()
                .map(Result::ok)
                .orElseGet(() -> Result.err(new Failure.Unreachable(Message.of("http.no-tls", "place", place(uri)))));
    }

    /**
     * Begins a connection and ends it, so that the kernel asks for the router's network card. Nothing is sent on it.
     */
    public void connectOnce(URI uri, InetAddress local, Deadline deadline) {
        try {
            connect(uri, local, new ReadBudget(deadline)).close();
        } catch (IOException e) {
            // A refusal comes from the card too, and silence shows by itself.
        }
    }

    private static Socket connect(URI uri, InetAddress local, ReadBudget budget) throws IOException {
        InetAddress router = Addresses.parse(unbracketed(uri.getHost())).orElseThrow();
        DeadlineSocket socket = new DeadlineSocket(budget, MOST_ON_THE_WIRE);
        try {
            socket.bind(new InetSocketAddress(local, 0));
            socket.connect(new InetSocketAddress(router, port(uri)), 0);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Failure untrusted(PinnedTls tls, AdminRequest request) {
        boolean changed = tls.seen().isPresent() && !tls.seen().equals(request.pin());
        return changed
                ? new Failure.Refused(
                        Message.of("http.certificate-changed", "place", place(request.uri())), Optional.empty())
                : new Failure.Unreachable(Message.of("http.no-tls", "place", place(request.uri())));
    }

    private static HttpUriRequestBase message(AdminRequest request) {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().forEach(message::setHeader);
        message.setHeader("Connection", "close");
        message.setHeader("Host", request.uri().getAuthority());
        if (request.body().isPresent()) {
            message.setEntity(new ByteArrayEntity(request.bytes(), null));
        }
        return message;
    }

    private static AdminAnswer answer(ClassicHttpResponse response) {
        List<AdminAnswer.HeaderField> headers = new ArrayList<>();
        for (Header header : response.getHeaders()) {
            headers.add(new AdminAnswer.HeaderField(
                    header.getName().toLowerCase(Locale.ROOT), header.getValue() == null ? "" : header.getValue()));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = response.getEntity() == null || read(response.getEntity(), body);
        return new AdminAnswer(response.getCode(), headers, body.toByteArray(), whole);
    }

    /** @return whether the body ended as announced, within the limit */
    private static boolean read(HttpEntity entity, ByteArrayOutputStream body) {
        byte[] buffer = new byte[8192];
        try {
            InputStream content = entity.getContent();
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                if (body.size() + count > MOST_BYTES) {
                    return false;
                }
                body.write(buffer, 0, count);
            }
            return true;
        } catch (IOException e) {
            // Cut off, or too late: the part that arrived can still hold the reason.
            return false;
        }
    }

    private static int port(URI uri) {
        int standard = uri.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
        return uri.getPort() < 0 ? standard : uri.getPort();
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String place(URI uri) {
        return uri.getHost() + ":" + port(uri);
    }
}
