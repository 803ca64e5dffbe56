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
 * Port forwards with ids that are chosen when they are made, and before which the router puts their origin. A rule with
 * an id that exists is replaced, so a free one is taken; a removal without an id would remove all. Rules of another
 * origin than the router's page are read and never written.
 */
public final class ContextRpcTable implements RuleTable {
    private static final Duration LOGOUT = Duration.ofSeconds(2);
    private static final String TCP = "6";
    private static final String UDP = "17";
    private static final String OWN = "webui";
    private static final String OWN_IDS = OWN + "_";
    private static final String OTHERS = "other ";
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
        return rows(deadline).flatMap(rows -> {
            if (rows.size() > RuleList.MOST) {
                return AdminFailures.listUnknown();
            }
            ids = Set.copyOf(rows.keySet());
            List<RouterRule> rules = new ArrayList<>();
            rows.forEach(
                    (id, row) -> rule(isOwn(id, row) ? id : OTHERS + id, row).ifPresent(rules::add));
            return Result.ok(new RuleList(rules, rules.size() == rows.size()));
        });
    }

    /** Of all origins: what UPnP, PCP and the operator opened takes a port like a rule of the page. */
    private Result<Map<String, Object>> rows(Deadline deadline) {
        return call("getPortForwarding", Map.of(), deadline)
                .flatMap(ContextRpcClient::judged)
                .flatMap(reply -> reply.status().orElse("") instanceof Map<?, ?> rows
                        ? Result.ok(JsonBody.map(rows))
                        : AdminFailures.listUnknown());
    }

    private static boolean isOwn(String id, Object row) {
        String origin = JsonBody.text(row, "Origin");
        return origin.isEmpty() ? id.startsWith(OWN_IDS) : origin.equals(OWN);
    }

    private Result<ContextRpcClient.Reply> call(String method, Map<String, Object> parameters, Deadline deadline) {
        return client.call(client.detail("service"), method, parameters, deadline);
    }

    private static Optional<RouterRule> rule(String key, Object row) {
        Set<TransportProtocol> protocols = protocols(JsonBody.text(row, "Protocol"));
        Optional<PortSpan> external = external(row);
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

    /** Some firmware writes a range as one text, some as its first port and its last. */
    private static Optional<PortSpan> external(Object row) {
        String first = JsonBody.text(row, "ExternalPort");
        String last = JsonBody.text(row, "ExternalPortEndRange");
        boolean alone = last.isEmpty() || last.equals("0") || last.equals(first);
        return PortSpan.parse(alone ? first : first + "-" + last);
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
                .map(done -> committed(deadline));
    }

    /** As the router's page does after each change. Older firmware does not know it, and saves by itself. */
    private Written committed(Deadline deadline) {
        var unused = call("commit", Map.of(), deadline);
        return new Written();
    }

    private Optional<String> freeId(RuleRequest request) {
        String wanted = request.name().replaceAll("[^A-Za-z0-9]", "_");
        for (int i = 1; i <= MOST_NAMES; i++) {
            String id = i == 1 ? wanted : wanted + "_" + i;
            if (!ids.contains(id) && !ids.contains(OWN_IDS + id)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        if (rule.key().startsWith(OTHERS)) {
            return AdminFailures.changedByOwner(rule);
        }
        Map<String, Object> which = new LinkedHashMap<>();
        which.put("id", rule.key());
        which.put("destinationIPAddress", rule.client().raw());
        which.put("origin", OWN);
        return call("deletePortForwarding", which, deadline)
                .flatMap(reply -> reply.error() == NOT_THERE ? Result.ok(reply) : ContextRpcClient.judged(reply))
                .map(gone -> committed(deadline))
                .map(gone -> new Gateway.Removed());
    }

    @Override
    public void close() {
        client.logout(Deadline.after(timeline, LOGOUT));
    }
}
