package dev.ajar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Servers' sides of TLS, with certificates that no authority signed, as routers have them. */
public final class TestCertificates {
    private static final char[] STORE = "router-test".toCharArray();

    private TestCertificates() {}

    /** @param name {@code router}, or {@code changed} for another key */
    public static SSLContext server(String name) {
        try (InputStream in = TestCertificates.class.getResourceAsStream("/tls/" + name + ".p12")) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, STORE);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
