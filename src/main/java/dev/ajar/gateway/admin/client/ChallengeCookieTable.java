package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.PortSpan;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.RuleList;
import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Static translations, each known by its fields. A change is in effect at once and lost at the next start unless the
 * configuration is saved.
 */
final class ChallengeCookieTable implements RuleTable {
    private static final String RULES = "ip/static";
    private static final String INTERFACES = "show/interface";
    private static final List<String> KEY_FIELDS =
            List.of("interface", "protocol", "port", "end-port", "to-address", "to-host", "to-port", "comment");

    private final ChallengeCookieClient client;
    private String outside = "";

    ChallengeCookieTable(ChallengeCookieClient client) {
        this.client = client;
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        return client.get(INTERFACES, deadline).flatMap(interfaces -> {
            outside = JsonBody.map(interfaces).entrySet().stream()
                    .filter(one -> JsonBody.text(one.getValue(), "defaultgw").equals("true"))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
            return rows(deadline).flatMap(this::rules);
        });
    }

    /** One rule comes without a list, and none as an empty object. */
    private Result<List<Object>> rows(Deadline deadline) {
        return client.get(RULES, deadline)
                .map(answer -> answer instanceof Map<?, ?> none && none.isEmpty() ? List.of() : JsonBody.list(answer));
    }

    private Result<RuleList> rules(List<Object> rows) {
        if (rows.size() > RuleList.MOST) {
            return AdminFailures.listUnknown();
        }
        List<RouterRule> rules = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            rule(rows.get(i), i).ifPresent(rules::add);
        }
        return Result.ok(new RuleList(rules, rules.size() == rows.size()));
    }

    private static Optional<RouterRule> rule(Object row, int place) {
        String port = JsonBody.text(row, "port");
        // Without a port the rule takes them all.
        String first = port.isEmpty() ? "1-65535" : port;
        String end = JsonBody.text(row, "end-port");
        Optional<PortSpan> external = PortSpan.parse(end.isEmpty() || end.equals(first) ? first : first + "-" + end);
        Set<TransportProtocol> protocols = protocols(JsonBody.text(row, "protocol"));
        if (external.isEmpty() || protocols.isEmpty()) {
            return Optional.empty();
        }
        String address = JsonBody.text(row, "to-address");
        return Optional.of(new RouterRule(
                Integer.toString(place),
                protocols,
                external.get(),
                new RouterText(address.isEmpty() ? JsonBody.text(row, "to-host") : address),
                PortSpan.parse(JsonBody.text(row, "to-port")),
                RouterText.EMPTY,
                new RouterText(JsonBody.text(row, "comment")),
                !JsonBody.text(row, "disable").equals("true")));
    }

    private static Set<TransportProtocol> protocols(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Set.of(TransportProtocol.TCP);
            case "udp" -> Set.of(TransportProtocol.UDP);
            case "tcpudp", "" -> Set.of(TransportProtocol.TCP, TransportProtocol.UDP);
            default -> Set.of();
        };
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        if (outside.isEmpty()) {
            return AdminFailures.refused(Message.of("admin.no-outside"));
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("interface", outside);
        row.put("protocol", request.protocol().label());
        row.put("port", request.external().toString());
        row.put("to-address", Addresses.text(request.internal().address()));
        row.put("to-port", request.internal().port().toString());
        row.put("comment", request.name());
        return write(row, deadline).map(done -> new Written());
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        return rows(deadline).flatMap(now -> {
            for (int i = 0; i < now.size(); i++) {
                if (rule(now.get(i), i).filter(rule::isSame).isPresent()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    Map<String, Object> there = JsonBody.map(now.get(i));
                    KEY_FIELDS.stream().filter(there::containsKey).forEach(name -> row.put(name, there.get(name)));
                    row.put("no", true);
                    return write(row, deadline).map(done -> new Gateway.Removed());
                }
            }
            return Result.ok(new Gateway.Removed());
        });
    }

    private Result<Object> write(Map<String, Object> row, Deadline deadline) {
        return client.post(Map.of("ip", Map.of("static", row)), deadline).flatMap(done -> save(deadline));
    }

    private Result<Object> save(Deadline deadline) {
        return client.post(Map.of("system", Map.of("configuration", Map.of("save", Map.of()))), deadline);
    }

    @Override
    public Result<Written> settle(Deadline deadline) {
        return save(deadline).map(done -> new Written());
    }

    /** The session ends by itself. */
    @Override
    public void close() {}
}
