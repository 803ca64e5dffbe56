package dev.ajar.gateway.admin.enrolment;

import dev.ajar.http.CertificatePin;
import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A router whose interface ajar may use.
 *
 * @param make the id of the router's profile
 * @param base scheme, address and port
 * @param card the hardware address of its network card; a password is sent to that card alone
 * @param pin the key of its certificate, which the owner has confirmed; empty only for {@code http}
 * @param user to log in with; empty where the interface wants a password alone
 * @param place where the secret is
 * @param knownAs the network card that its rules are recorded with: the first one, where its owner has confirmed
 *     another since
 */
public record Enrolment(
        String make,
        URI base,
        String card,
        Optional<CertificatePin> pin,
        String user,
        SecretPlace place,
        String knownAs) {
    public Enrolment(String make, URI base, String card, Optional<CertificatePin> pin, String user, SecretPlace place) {
        this(make, base, card, pin, user, place, card);
    }

    /** Where the secret of a router is. */
    public enum SecretPlace {
        /** In the desktop's keyring. */
        KEYRING,
        /** In a file beside the state file. */
        FILE,
        /** In an environment variable. */
        ENVIRONMENT,
        /** In the file that the configuration names. */
        NAMED_FILE;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public InetAddress address() {
        String host = base.getHost();
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return Addresses.parse(plain).orElseThrow();
    }

    /** Whether it is for the router at that address with that network card. */
    public boolean isOf(InetAddress router, String neighbour) {
        return address().equals(router) && !card.isEmpty() && card.equalsIgnoreCase(neighbour);
    }

    /** The same with another key of its certificate. */
    public Enrolment trusting(CertificatePin other) {
        return new Enrolment(make, base, card, Optional.of(other), user, place, knownAs);
    }

    /** The same router with another network card, which its owner has confirmed. */
    Enrolment onCard(String other, SecretPlace kept) {
        return new Enrolment(make, base, other, pin, user, kept, knownAs);
    }
}
