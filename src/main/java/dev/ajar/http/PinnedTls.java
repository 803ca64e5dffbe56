package dev.ajar.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS to a router, whose certificate is self-signed and names no address: its key must be the pinned one. Without a pin
 * the handshake fails after the key was read, so that nothing is sent to a router whose key the user has not confirmed.
 */
final class PinnedTls extends X509ExtendedTrustManager {
    private final Optional<CertificatePin> pin;
    private @Nullable CertificatePin seen;

    PinnedTls(Optional<CertificatePin> pin) {
        this.pin = pin;
    }

    /** The key that the router showed; empty before the handshake. */
    Optional<CertificatePin> seen() {
        return Optional.ofNullable(seen);
    }

    /** Wraps a connected socket, and makes the handshake. */
    SSLSocket wrap(Socket socket, String host, int port) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, new SecureRandom());
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
            secure.startHandshake();
            return secure;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS", e);
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        seen = CertificatePin.of(chain[0]);
        if (!pin.equals(Optional.of(seen))) {
            throw new CertificateException("another key");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        throw new CertificateException("ajar is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        throw new CertificateException("ajar is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("ajar is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
