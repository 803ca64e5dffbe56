package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.PortSpan;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.RuleList;
import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Port forwards as rows with ids, in effect at once; one protocol and one range each. */
final class ChallengeTokenTable implements RuleTable {
    private static final String RULES = "fw/redir/";
    private static final String SERVICES = "fw/incoming/";
    private static final Duration LOGOUT = Duration.ofSeconds(2);

    private final ChallengeTokenClient client;
    private final Timeline timeline;

    ChallengeTokenTable(ChallengeTokenClient client, Timeline timeline) {
        this.client = client;
        this.timeline = timeline;
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        return client.call("GET", RULES, Optional.empty(), deadline).flatMap(result -> {
            // The member is missing where there is no rule.
            List<Object> rows = result instanceof Map<?, ?> none && none.isEmpty() ? List.of() : JsonBody.list(result);
            if (rows.size() > RuleList.MOST) {
                return AdminFailures.listUnknown();
            }
            List<RouterRule> rules = new ArrayList<>();
            rows.forEach(row -> rule(row).ifPresent(rules::add));
            return Result.ok(new RuleList(rules, rules.size() == rows.size()));
        });
    }

    private static Optional<RouterRule> rule(Object row) {
        String id = JsonBody.text(row, "id");
        String first = JsonBody.text(row, "wan_port_start");
        String end = JsonBody.text(row, "wan_port_end");
        Optional<PortSpan> external = PortSpan.parse(end.isEmpty() || end.equals(first) ? first : first + "-" + end);
        Optional<TransportProtocol> protocol = List.of(TransportProtocol.values()).stream()
                .filter(one -> one.label().equalsIgnoreCase(JsonBody.text(row, "ip_proto")))
                .findFirst();
        if (!id.matches("\\d{1,9}") || external.isEmpty() || protocol.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RouterRule(
                id,
                Set.of(protocol.get()),
                external.get(),
                new RouterText(JsonBody.text(row, "lan_ip")),
                PortSpan.parse(JsonBody.text(row, "lan_port")),
                new RouterText(JsonBody.text(row, "src_ip")),
                new RouterText(JsonBody.text(row, "comment")),
                !JsonBody.text(row, "enabled").equals("false")));
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        return usable(request, deadline)
                .flatMap(fits -> unlessServed(request, deadline))
                .flatMap(free -> client.call("POST", RULES, Optional.of(row(request)), deadline))
                .map(added -> new Written());
    }

    /** With a shared address only some ports lead here. */
    private Result<Boolean> usable(RuleRequest request, Deadline deadline) {
        return client.call("GET", "connection/", Optional.empty(), deadline).flatMap(line -> {
            Optional<PortSpan> ours = PortSpan.parse(JsonBody.text(line, "ipv4_port_range")
                    .strip()
                    .replace(' ', '-')
                    .replaceFirst("^0-", "1-"));
            boolean fits =
                    ours.map(span -> span.contains(request.external().number())).orElse(true);
            return fits
                    ? Result.ok(true)
                    : Result.err(new Failure.Unsupported(
                            Message.of(
                                    "admin.shared-address",
                                    "ports",
                                    ours.orElseThrow().text()),
                            Optional.empty()));
        });
    }

    /** The router's own services on its internet side, such as its remote administration, come before any rule. */
    private Result<Boolean> unlessServed(RuleRequest request, Deadline deadline) {
        boolean served =
                client.call("GET", SERVICES, Optional.empty(), deadline).map(JsonBody::list).toOptional().stream()
                        .flatMap(List::stream)
                        .anyMatch(row -> JsonBody.text(row, "enabled").equals("true")
                                && JsonBody.text(row, "in_port")
                                        .equals(request.external().toString())
                                && JsonBody.text(row, "type")
                                        .equalsIgnoreCase(request.protocol().label()));
        return served ? AdminFailures.portTaken() : Result.ok(true);
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return client.call("GET", "connection/", Optional.empty(), deadline)
                .map(line -> Addresses.parse(JsonBody.text(line, "ipv4")));
    }

    private static Map<String, Object> row(RuleRequest request) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("enabled", true);
        row.put("comment", request.name());
        row.put("ip_proto", request.protocol().label());
        row.put("wan_port_start", request.external().number());
        row.put("wan_port_end", request.external().number());
        row.put("lan_ip", Addresses.text(request.internal().address()));
        row.put("lan_port", request.internal().port().number());
        row.put(
                "src_ip",
                request.source()
                        .flatMap(some -> some.single())
                        .map(Addresses::text)
                        .orElse("0.0.0.0"));
        return row;
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        return client.call("DELETE", RULES + rule.key(), Optional.empty(), deadline)
                .map(gone -> new Gateway.Removed());
    }

    @Override
    public Optional<UpnpSwitch> upnp() {
        return Optional.of(new ChallengeTokenSwitch(client));
    }

    @Override
    public void close() {
        client.logout(Deadline.after(timeline, LOGOUT));
    }
}
