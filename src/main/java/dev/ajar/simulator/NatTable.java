package dev.ajar.simulator;

import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The router's port mappings. Entries disappear when their lease expires. */
final class NatTable {
    /** What identifies an entry. */
    record NatKey(TransportProtocol protocol, int externalPort) {}

    /**
     * @param leaseSeconds as granted; 0 for permanent
     * @param owner what a client must send to change it: a PCP nonce; empty where the protocol has none
     */
    record NatEntry(
            NatKey key,
            Endpoint internal,
            String description,
            String owner,
            long leaseSeconds,
            String remoteHost,
            Duration madeAt) {
        boolean isSameTarget(Endpoint other) {
            return internal.equals(other);
        }
    }

    private static final Pattern LINE = Pattern.compile("(tcp|udp) (\\d+) -> ([\\d.]+):(\\d+) \"(.*)\" (\\d+)");

    private final Timeline timeline;
    private final Forwarder forwarder;
    private final Map<NatKey, NatEntry> entries = new LinkedHashMap<>();

    NatTable(Timeline timeline, Forwarder forwarder) {
        this.timeline = timeline;
        this.forwarder = forwarder;
    }

    private void dropExpired() {
        List.copyOf(entries.values()).stream()
                .filter(entry -> entry.leaseSeconds() > 0 && secondsLeft(entry) <= 0)
                .forEach(entry -> remove(entry.key()));
    }

    synchronized Optional<NatEntry> find(NatKey key) {
        dropExpired();
        return Optional.ofNullable(entries.get(key));
    }

    synchronized Optional<NatEntry> findByTarget(TransportProtocol protocol, Endpoint internal) {
        dropExpired();
        return entries.values().stream()
                .filter(entry -> entry.key().protocol() == protocol && entry.isSameTarget(internal))
                .findFirst();
    }

    synchronized List<NatEntry> all() {
        dropExpired();
        return new ArrayList<>(entries.values());
    }

    void put(NatKey key, Endpoint internal, String description, String owner, long leaseSeconds) {
        put(key, internal, description, owner, leaseSeconds, "");
    }

    /** @param remoteHost stored and shown, but not enforced: on loopback all hosts have the same address */
    synchronized void put(
            NatKey key, Endpoint internal, String description, String owner, long leaseSeconds, String remoteHost) {
        remove(key);
        entries.put(key, new NatEntry(key, internal, description, owner, leaseSeconds, remoteHost, timeline.uptime()));
        forwarder.open(key, internal);
    }

    /** An entry as {@link EmbeddedRouter#table()} shows it: {@code tcp 25565 -> 127.0.0.9:25565 "Name" 0}. */
    void put(String line) {
        Matcher match = LINE.matcher(line);
        if (!match.matches()) {
            throw new IllegalArgumentException("not an entry: " + line);
        }
        NatKey key = new NatKey(
                TransportProtocol.valueOf(match.group(1).toUpperCase(Locale.ROOT)), Integer.parseInt(match.group(2)));
        Endpoint internal =
                new Endpoint(Addresses.ipv4(match.group(3)).orElseThrow(), new Port(Integer.parseInt(match.group(4))));
        put(key, internal, match.group(5), "", Long.parseLong(match.group(6)));
    }

    synchronized void remove(NatKey key) {
        if (entries.remove(key) != null) {
            forwarder.close(key);
        }
    }

    /** A power cut: the router loses all mappings. */
    synchronized void clear() {
        List.copyOf(entries.keySet()).forEach(this::remove);
    }

    /** The first free port from the one wanted on, as routers search for one. */
    synchronized int freePort(TransportProtocol protocol, int wanted) {
        int port = wanted;
        while (find(new NatKey(protocol, port)).isPresent()) {
            port = port == 65535 ? 1024 : port + 1;
        }
        return port;
    }

    long secondsLeft(NatEntry entry) {
        return entry.leaseSeconds() == 0
                ? 0
                : entry.leaseSeconds() - timeline.uptime().minus(entry.madeAt()).toSeconds();
    }
}
