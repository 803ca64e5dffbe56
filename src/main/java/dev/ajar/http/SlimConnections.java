package dev.ajar.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;

/** HttpClient's connections without the parts that requests to a router on the LAN do not need. */
final class SlimConnections {
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_LINE = 8192;

    /** Head and body are written together, because small servers take a second segment for another request. */
    private static final int ONE_WRITE = 16 * 1024;

    private static final Http1Config HTTP = Http1Config.custom()
            .setBufferSize(ONE_WRITE)
            .setMaxHeaderCount(MOST_HEADERS)
            .setMaxLineLength(LONGEST_LINE)
            .setMaxEmptyLineCount(5)
            .build();

    private SlimConnections() {}

    static BasicHttpClientConnectionManager create(DetachedSocketFactory sockets) {
        var operator = new DefaultHttpClientConnectionOperator(
                sockets, null, null, RegistryBuilder.<TlsSocketStrategy>create().build());
        var connections = ManagedHttpClientConnectionFactory.builder()
                .http1Config(HTTP)
                .requestWriterFactory(PlainRequestWriter::new)
                .responseParserFactory(new DefaultHttpResponseParserFactory(HTTP, new LenientHead(), null))
                // BodyReader finds the end of the body.
                .incomingContentLengthStrategy(message -> ContentLengthStrategy.UNDEFINED)
                .build();
        return new BasicHttpClientConnectionManager(operator, connections);
    }

    /** Connections whose bodies end exactly where their head says, and which TLS may secure. */
    static BasicHttpClientConnectionManager strict(DetachedSocketFactory sockets, TlsWrapper tls) {
        TlsSocketStrategy strategy = (socket, host, port, attachment, context) -> tls.wrap(socket, host, port);
        var operator = new DefaultHttpClientConnectionOperator(
                sockets,
                null,
                null,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register("https", strategy)
                        .build());
        var connections = ManagedHttpClientConnectionFactory.builder()
                .http1Config(HTTP)
                .requestWriterFactory(PlainRequestWriter::new)
                .build();
        return new BasicHttpClientConnectionManager(operator, connections);
    }

    /** Secures a connected socket. */
    @FunctionalInterface
    interface TlsWrapper {
        SSLSocket wrap(Socket socket, String host, int port) throws IOException;
    }

    /** Whether the head announces chunks. */
    static boolean isChunked(HttpMessage message) {
        return Arrays.stream(message.getHeaders("Transfer-Encoding"))
                .map(Header::getValue)
                .anyMatch(coding ->
                        coding != null && coding.toLowerCase(Locale.ROOT).contains("chunked"));
    }

    /** The first Content-Length that is a number; negative without one. */
    static long declaredLength(HttpMessage message) {
        for (Header header : message.getHeaders("Content-Length")) {
            String value = header.getValue() == null ? "" : header.getValue().strip();
            if (value.matches("\\d{1,9}")) {
                return Long.parseLong(value);
            }
        }
        return -1;
    }
}
