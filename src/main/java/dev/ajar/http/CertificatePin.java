package dev.ajar.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What identifies a router's certificate: the SHA-256 of its public key (RFC 7469 section 2.4), in lower-case
 * hexadecimal digits. A new certificate for the same key keeps it.
 */
public record CertificatePin(String sha256) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public CertificatePin {
        if (!HEX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256");
        }
    }

    /** Reads what {@link #sha256} returns. */
    public static Optional<CertificatePin> parse(String text) {
        return HEX.matcher(text).matches() ? Optional.of(new CertificatePin(text)) : Optional.empty();
    }

    static CertificatePin of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return new CertificatePin(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For people: groups of four. */
    public String display() {
        return sha256.replaceAll("(.{4})(?=.)", "$1 ");
    }
}
