package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.PortSpan;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.RuleList;
import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Port forwards as rows of a REST interface, whose paths and members are data. */
final class BasicRestTable implements RuleTable {
    private final BasicRestClient client;
    private final RestDialect dialect;

    BasicRestTable(BasicRestClient client, RestDialect dialect) {
        this.client = client;
        this.dialect = dialect;
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        return client.send(dialect.list(), Map.of(), deadline).flatMap(answer -> {
            Optional<Object> rows = JsonBody.at(answer, dialect.rows());
            return rows.filter(List.class::isInstance)
                    .map(all -> rules(JsonBody.list(all)))
                    .orElseGet(AdminFailures::listUnknown);
        });
    }

    private Result<RuleList> rules(List<Object> rows) {
        if (rows.size() > RuleList.MOST) {
            return AdminFailures.listUnknown();
        }
        List<RouterRule> rules = new ArrayList<>();
        boolean legible = true;
        for (Object row : rows) {
            if (!isSkipped(row)) {
                Optional<RouterRule> rule = rule(row);
                rule.ifPresent(rules::add);
                legible &= rule.isPresent();
            }
        }
        return Result.ok(new RuleList(rules, legible));
    }

    private boolean isSkipped(Object row) {
        return dialect.skip().entrySet().stream()
                .anyMatch(unwanted -> JsonBody.text(row, unwanted.getKey()).equals(unwanted.getValue()));
    }

    private Optional<RouterRule> rule(Object row) {
        String key = member(row, "key");
        Set<TransportProtocol> protocols = protocols(member(row, "protocol"));
        String ports = member(row, "external");
        Optional<PortSpan> external = PortSpan.parse(ports.isEmpty() ? "1-65535" : ports);
        if (key.isBlank() || external.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RouterRule(
                key,
                protocols,
                external.get(),
                new RouterText(member(row, "client")),
                PortSpan.parse(member(row, "internal")),
                new RouterText(member(row, "source")),
                new RouterText(member(row, "name")),
                !isYes(member(row, "disabled")) && !isNo(member(row, "enabled"))));
    }

    private static boolean isYes(String text) {
        return text.equals("1") || text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes");
    }

    private static boolean isNo(String text) {
        return text.equals("0") || text.equalsIgnoreCase("false") || text.equalsIgnoreCase("no");
    }

    private String member(Object row, String value) {
        String path = dialect.fields().getOrDefault(value, "");
        return path.isEmpty() ? "" : JsonBody.text(row, path);
    }

    private Set<TransportProtocol> protocols(String text) {
        Set<TransportProtocol> found = EnumSet.noneOf(TransportProtocol.class);
        boolean both = text.isEmpty() || text.equals(dialect.protocols().get("both"));
        for (TransportProtocol one : TransportProtocol.values()) {
            if (both || text.equalsIgnoreCase(dialect.protocols().get(one.label()))) {
                found.add(one);
            }
        }
        return found;
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        for (RestDialect.Need need : dialect.needs()) {
            Result<Object> there = client.send(need.list(), Map.of(), deadline);
            if (there instanceof Result.Err<Object>(Failure failure)) {
                return Result.err(failure);
            }
            if (there instanceof Result.Ok<Object>(Object rows)
                    && JsonBody.list(rows).isEmpty()) {
                return Result.err(new Failure.Unsupported(
                        Message.of("admin.needs", "missing", need.missing()), Optional.empty()));
            }
        }
        return client.send(dialect.add(), values(request), deadline)
                .flatMap(answer -> apply(JsonBody.text(answer, dialect.addedKey()), deadline))
                .map(applied -> new Written());
    }

    private Map<String, String> values(RuleRequest request) {
        return Map.of(
                "name", request.name(),
                "protocol",
                        dialect.protocols()
                                .getOrDefault(
                                        request.protocol().label(),
                                        request.protocol().label()),
                "external", request.external().toString(),
                "client", Addresses.text(request.internal().address()),
                "internal", request.internal().port().toString(),
                "source", request.source().map(some -> some.text()).orElse(""));
    }

    /**
     * A row that was saved but not put into effect is taken back.
     *
     * @param added the key of the new row; empty where it is not known
     */
    private Result<Object> apply(String added, Deadline deadline) {
        if (dialect.apply().isEmpty()) {
            return Result.ok(Map.of());
        }
        Result<Object> applied = client.send(dialect.apply().get(), Map.of(), deadline);
        if (applied instanceof Result.Err
                && !added.isBlank()
                && !dialect.addedKey().isEmpty()) {
            var unused = client.send(dialect.remove(), key(added), deadline)
                    .flatMap(gone -> client.send(dialect.apply().get(), Map.of(), deadline));
        }
        return applied;
    }

    private static Map<String, String> key(String key) {
        return Map.of("key", URLEncoder.encode(key, StandardCharsets.UTF_8));
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        return client.send(dialect.remove(), key(rule.key()), deadline)
                .flatMap(gone -> apply("", deadline))
                .map(applied -> new Gateway.Removed());
    }

    /** Each request carries the secret: there is no session to end. */
    @Override
    public void close() {}
}
