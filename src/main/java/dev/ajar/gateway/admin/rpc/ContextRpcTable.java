package dev.ajar.gateway.admin.rpc;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.PortSpan;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.RuleList;
import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.model.Addresses;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Port forwards with ids that are chosen when they are made. A rule with an id that exists is replaced, so a free one is taken; a
 * removal without an id would remove all. The rules that UPnP made are another list, which is read and never written.
 */
public final class ContextRpcTable implements RuleTable {
    private static final Duration LOGOUT = Duration.ofSeconds(2);
    private static final String TCP = "6";
    private static final String UDP = "17";
    private static final String OWN = "webui";
    private static final String BY_UPNP = "upnp";
    private static final String UPNP_KEY = "upnp ";
    private static final long NOT_THERE = 196618;
    private static final int MOST_NAMES = 9;

    private final ContextRpcClient client;
    private final Timeline timeline;
    private Set<String> ids = Set.of();

    public ContextRpcTable(ContextRpcClient client, Timeline timeline) {
        this.client = client;
        this.timeline = timeline;
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        return rows(OWN, deadline)
                .flatMap(own -> rows(BY_UPNP, deadline).flatMap(upnp -> {
                    if (own.size() + upnp.size() > RuleList.MOST) {
                        return AdminFailures.listUnknown();
                    }
                    ids = Set.copyOf(own.keySet());
                    List<RouterRule> rules = new ArrayList<>();
                    own.forEach((id, row) -> rule(id, row).ifPresent(rules::add));
                    upnp.forEach((id, row) -> rule(UPNP_KEY + id, row).ifPresent(rules::add));
                    return Result.ok(new RuleList(rules, rules.size() == own.size() + upnp.size()));
                }));
    }

    private Result<Map<String, Object>> rows(String origin, Deadline deadline) {
        return call("getPortForwarding", Map.of("origin", origin), deadline)
                .flatMap(ContextRpcClient::judged)
                .flatMap(reply -> reply.status().orElse("") instanceof Map<?, ?> rows
                        ? Result.ok(JsonBody.map(rows))
                        : AdminFailures.listUnknown());
    }

    private Result<ContextRpcClient.Reply> call(String method, Map<String, Object> parameters, Deadline deadline) {
        return client.call(client.detail("service"), method, parameters, deadline);
    }

    private static Optional<RouterRule> rule(String key, Object row) {
        Set<TransportProtocol> protocols = protocols(JsonBody.text(row, "Protocol"));
        Optional<PortSpan> external = PortSpan.parse(JsonBody.text(row, "ExternalPort"));
        if (key.isBlank() || external.isEmpty() || protocols.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RouterRule(
                key,
                protocols,
                external.get(),
                new RouterText(JsonBody.text(row, "DestinationIPAddress")),
                PortSpan.parse(JsonBody.text(row, "InternalPort")),
                new RouterText(JsonBody.text(row, "SourcePrefix")),
                new RouterText(JsonBody.text(row, "Description")),
                !JsonBody.text(row, "Enable").equals("false")));
    }

    /** The numbers of the protocols, with commas between them. */
    private static Set<TransportProtocol> protocols(String text) {
        Set<TransportProtocol> found = EnumSet.noneOf(TransportProtocol.class);
        for (String number : text.split(",", -1)) {
            switch (number.strip()) {
                case TCP -> found.add(TransportProtocol.TCP);
                case UDP -> found.add(TransportProtocol.UDP);
                default -> {
                    return Set.of();
                }
            }
        }
        return found;
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        Optional<String> id = freeId(request);
        if (id.isEmpty()) {
            return AdminFailures.listUnknown();
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id.get());
        row.put("origin", OWN);
        row.put("sourceInterface", client.detail("outside"));
        row.put("description", request.name());
        row.put("protocol", request.protocol() == TransportProtocol.TCP ? TCP : UDP);
        row.put("externalPort", request.external().toString());
        row.put("internalPort", request.internal().port().toString());
        row.put("destinationIPAddress", Addresses.text(request.internal().address()));
        row.put("sourcePrefix", request.source().map(Subnet::text).orElse(""));
        row.put("persistent", true);
        row.put("enable", true);
        return call("setPortForwarding", row, deadline)
                .flatMap(ContextRpcClient::judged)
                .map(done -> new Written());
    }

    private Optional<String> freeId(RuleRequest request) {
        String wanted = OWN + "_" + request.name().replaceAll("[^A-Za-z0-9]", "_");
        for (int i = 1; i <= MOST_NAMES; i++) {
            String id = i == 1 ? wanted : wanted + "_" + i;
            if (!ids.contains(id)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        if (rule.key().startsWith(UPNP_KEY)) {
            return AdminFailures.changedByOwner(rule);
        }
        Map<String, Object> which = new LinkedHashMap<>();
        which.put("id", rule.key());
        which.put("destinationIPAddress", rule.client().raw());
        which.put("origin", OWN);
        return call("deletePortForwarding", which, deadline)
                .flatMap(reply -> reply.error() == NOT_THERE ? Result.ok(reply) : ContextRpcClient.judged(reply))
                .map(gone -> new Gateway.Removed());
    }

    @Override
    public void close() {
        client.logout(Deadline.after(timeline, LOGOUT));
    }
}
