package dev.ajar.state;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Addresses;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.Method;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Protocol;
import dev.ajar.model.Target;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The snapshot as a file. */
final class SnapshotJson {
    static final int SCHEMA = 1;

    private SnapshotJson() {}

    static byte[] write(Snapshot snapshot) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("holdings", snapshot.holdings().stream().map(SnapshotJson::holding).toList());
        document.put("lessons", snapshot.lessons().stream().map(SnapshotJson::lesson).toList());
        return (JsonWriter.write(document) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> lesson(Lesson lesson) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gateway", lesson.gateway().getHostAddress());
        json.put("device", lesson.device());
        json.put("adjustments", lesson.adjustments().stream().map(Adjustment::name).toList());
        json.put("learnt_at", lesson.learntAt().toString());
        return json;
    }

    private static Map<String, Object> holding(Holding holding) {
        Claim claim = holding.claim();
        Mapping mapping = claim.mapping();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("method", claim.gateway().method().key());
        json.put("gateway", claim.gateway().address().getHostAddress());
        json.put("protocol", mapping.protocol().label());
        json.put("asked_port", mapping.externalPort().number());
        json.put("any_port", mapping.portPolicy() == PortPolicy.ANY_FREE);
        json.put("this_host", mapping.target() instanceof Target.ThisHost);
        json.put("internal_address", claim.internal().address().getHostAddress());
        json.put("internal_port", claim.internal().port().number());
        json.put("asked_lease_seconds", mapping.lease().seconds());
        json.put("description", mapping.description());
        json.put("written_at", claim.writtenAt().toString());
        switch (claim.handle()) {
            case LeaseHandle.PcpNonce nonce -> json.put("nonce", nonce.hex());
            case LeaseHandle.UpnpLocation(URI location) ->
                    json.put("location", location.toString());
            case LeaseHandle.NatPmpClient ignored -> {}
        }
        holding.lease().ifPresent(lease -> json.put("granted", granted(lease)));
        return json;
    }

    private static Map<String, Object> granted(Lease lease) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("external_port", lease.externalPort().number());
        json.put("lease_seconds", lease.granted().seconds());
        json.put("granted_at", lease.grantedAt().toString());
        lease.externalAddress()
                .ifPresent(address -> json.put("external_address", address.getHostAddress()));
        lease.epoch().ifPresent(epoch -> json.put("epoch", epoch));
        json.put("verified", lease.verified());
        return json;
    }

    /** @throws JsonException if the file is not what {@link #write} makes */
    static Snapshot read(byte[] bytes) {
        JsonObject document = JsonReader.read(bytes);
        long schema = document.number("schema");
        if (schema != SCHEMA) {
            throw new JsonException(
                    "it was written by another version of ajar (schema " + schema + ")");
        }
        try {
            List<Holding> holdings =
                    document.objects("holdings").stream().map(SnapshotJson::holding).toList();
            // An end that no calendar has would only be noticed when it is looked at.
            holdings.forEach(holding -> holding.hasExpired(holding.claim().writtenAt()));
            List<Lesson> lessons =
                    document.has("lessons")
                            ? document.objects("lessons").stream()
                                    .map(SnapshotJson::lesson)
                                    .toList()
                            : List.of();
            return new Snapshot(holdings, lessons);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new JsonException("it holds a value that makes no sense");
        }
    }

    private static Lesson lesson(JsonObject json) {
        Set<Adjustment> adjustments =
                json.texts("adjustments").stream()
                        .map(Adjustment::valueOf)
                        .collect(Collectors.toUnmodifiableSet());
        return new Lesson(
                address(json.text("gateway")),
                json.text("device"),
                adjustments,
                Instant.parse(json.text("learnt_at")));
    }

    private static Holding holding(JsonObject json) {
        Method method = Method.valueOf(json.text("method").toUpperCase(Locale.ROOT));
        Port internalPort = port(json, "internal_port");
        InetAddress internal = address(json.text("internal_address"));
        Mapping mapping =
                new Mapping(
                        Protocol.valueOf(json.text("protocol").toUpperCase(Locale.ROOT)),
                        port(json, "asked_port"),
                        json.flag("any_port") ? PortPolicy.ANY_FREE : PortPolicy.EXACT,
                        json.flag("this_host")
                                ? new Target.ThisHost(internalPort)
                                : new Target.OtherHost(internal, internalPort),
                        lease(json.number("asked_lease_seconds")),
                        json.text("description"));
        Claim claim =
                new Claim(
                        mapping,
                        new GatewayId(method, address(json.text("gateway"))),
                        new Endpoint(internal, internalPort),
                        handle(method, json),
                        Instant.parse(json.text("written_at")));
        Optional<Lease> lease =
                json.object("granted")
                        .map(
                                granted ->
                                        new Lease(
                                                claim,
                                                port(granted, "external_port"),
                                                lease(granted.number("lease_seconds")),
                                                Instant.parse(granted.text("granted_at")),
                                                granted.optionalText("external_address")
                                                        .map(SnapshotJson::address),
                                                granted.optionalNumber("epoch"),
                                                granted.flag("verified")));
        return new Holding(claim, lease);
    }

    private static LeaseHandle handle(Method method, JsonObject json) {
        return switch (method) {
            case PCP -> new LeaseHandle.PcpNonce(json.text("nonce"));
            case NAT_PMP -> new LeaseHandle.NatPmpClient();
            case UPNP -> new LeaseHandle.UpnpLocation(URI.create(json.text("location")));
        };
    }

    private static Port port(JsonObject json, String name) {
        return new Port(Math.toIntExact(json.number(name)));
    }

    private static LeaseDuration lease(long seconds) {
        return seconds == 0 ? LeaseDuration.PERMANENT : LeaseDuration.ofSeconds(seconds);
    }

    private static InetAddress address(String text) {
        return Addresses.ipv4(text)
                .orElseThrow(() -> new JsonException("it holds an address that is none"));
    }
}
