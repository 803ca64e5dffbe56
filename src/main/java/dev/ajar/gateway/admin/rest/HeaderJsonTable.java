package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.PortSpan;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.RuleList;
import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.gateway.admin.connection.WholeList;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Port forwards as a list that is written whole. Ranges have a list of their own, which is read and never written. */
public final class HeaderJsonTable implements RuleTable {
    private static final String LIST = "firewall/GetSinglePortForwardingRules";
    private static final String WRITE = "firewall/SetSinglePortForwardingRules";
    private static final String RANGES = "firewall/GetPortRangeForwardingRules";
    private static final String RULES = "rules";
    private static final String RANGE = "range ";

    /** A rule for the port, or one of the router's own services. */
    private static final String TAKEN = "ErrorRulesOverlap";

    private final HeaderJsonClient client;
    private List<Object> seen = List.of();
    private boolean legible;
    private long most = RuleList.MOST;

    public HeaderJsonTable(HeaderJsonClient client) {
        this.client = client;
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        return rows(deadline)
                .flatMap(rows -> client.call(RANGES, Map.of(), deadline).flatMap(ranges -> {
                    boolean known = ranges.isOk() ? ranges.output().get(RULES) instanceof List<?> : isOlder(ranges);
                    List<Object> spans = JsonBody.list(ranges.output().get(RULES));
                    if (!known || rows.size() + spans.size() > RuleList.MOST) {
                        return AdminFailures.listUnknown();
                    }
                    seen = rows;
                    List<RouterRule> rules = new ArrayList<>();
                    boolean own = addAll(rows, "", rules);
                    legible = addAll(spans, RANGE, rules) && own && comesBack(rows);
                    return Result.ok(new RuleList(rules, legible));
                }));
    }

    private static boolean isOlder(HeaderJsonClient.Reply ranges) {
        return ranges.result().equals(HeaderJsonClient.UNKNOWN_ACTION);
    }

    /** Whether a row is written with the bytes that it was read with: a number with a fraction may not be. */
    private static boolean comesBack(@Nullable Object value) {
        return switch (value) {
            case Double ignored -> false;
            case List<?> all -> all.stream().allMatch(HeaderJsonTable::comesBack);
            case Map<?, ?> members -> members.values().stream().allMatch(HeaderJsonTable::comesBack);
            case null, default -> true;
        };
    }

    private Result<List<Object>> rows(Deadline deadline) {
        return client.call(LIST, Map.of(), deadline).flatMap(reply -> {
            if (!reply.isOk()) {
                return AdminFailures.badValues(reply.result());
            }
            Optional<Object> given = JsonBody.at(reply.output(), "maxRules");
            most = given.orElse(0L) instanceof Long limit && limit > 0 ? limit : RuleList.MOST;
            return reply.output().get(RULES) instanceof List<?> rows
                    ? Result.ok(new ArrayList<Object>(rows))
                    : AdminFailures.listUnknown();
        });
    }

    private static boolean addAll(List<Object> rows, String kind, List<RouterRule> rules) {
        boolean legible = true;
        for (int i = 0; i < rows.size(); i++) {
            Optional<RouterRule> rule = rule(rows.get(i), kind + i);
            rule.ifPresent(rules::add);
            legible &= rule.isPresent();
        }
        return legible;
    }

    private static Optional<RouterRule> rule(Object row, String key) {
        Set<TransportProtocol> protocols = protocols(JsonBody.text(row, "protocol"));
        String single = JsonBody.text(row, "externalPort");
        Optional<PortSpan> external = PortSpan.parse(
                single.isEmpty()
                        ? JsonBody.text(row, "firstExternalPort") + "-" + JsonBody.text(row, "lastExternalPort")
                        : single);
        if (external.isEmpty() || protocols.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RouterRule(
                key,
                protocols,
                external.get(),
                new RouterText(JsonBody.text(row, "internalServerIPAddress")),
                PortSpan.parse(JsonBody.text(row, "internalPort")),
                RouterText.EMPTY,
                new RouterText(JsonBody.text(row, "description")),
                !JsonBody.text(row, "isEnabled").equals("false")));
    }

    private static Set<TransportProtocol> protocols(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Set.of(TransportProtocol.TCP);
            case "udp" -> Set.of(TransportProtocol.UDP);
            case "both" -> Set.of(TransportProtocol.TCP, TransportProtocol.UDP);
            default -> Set.of();
        };
    }

    @Override
    public Optional<Failure> obstacle(RuleRequest request) {
        if (!legible) {
            return failure(AdminFailures.listUnknown());
        }
        return seen.size() < most
                ? Optional.empty()
                : Optional.of(new Failure.Refused(Message.of("admin.list-full", "most", most), Optional.empty()));
    }

    private static Optional<Failure> failure(Result<?> result) {
        return result instanceof Result.Err<?>(Failure failure) ? Optional.of(failure) : Optional.empty();
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("isEnabled", true);
        row.put("externalPort", (long) request.external().number());
        row.put("protocol", request.protocol().label().toUpperCase(Locale.ROOT));
        row.put("internalServerIPAddress", Addresses.text(request.internal().address()));
        row.put("internalPort", (long) request.internal().port().number());
        row.put("description", request.name());
        return list(HeaderJsonTable::added, deadline).add(seen, row).map(after -> new Written());
    }

    private WholeList<Object> list(Function<HeaderJsonClient.Reply, Result<Boolean>> written, Deadline deadline) {
        return new WholeList<>(
                () -> rows(deadline),
                rows -> client.call(WRITE, Map.of(RULES, rows), deadline).flatMap(written));
    }

    private static Result<Boolean> added(HeaderJsonClient.Reply reply) {
        return reply.result().equals(TAKEN) ? AdminFailures.portTaken() : written(reply);
    }

    private static Result<Boolean> written(HeaderJsonClient.Reply reply) {
        return reply.isOk() ? Result.ok(true) : AdminFailures.badValues(reply.result());
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        if (rule.key().startsWith(RANGE)) {
            return AdminFailures.changedByOwner(rule);
        }
        return rows(deadline).flatMap(now -> {
            if (!addAll(now, "", new ArrayList<>()) || !comesBack(now)) {
                return AdminFailures.listUnknown();
            }
            for (int i = 0; i < now.size(); i++) {
                if (rule(now.get(i), "" + i).filter(rule::isSame).isPresent()) {
                    return list(HeaderJsonTable::written, deadline)
                            .remove(now, i)
                            .map(after -> {
                                seen = after;
                                return new Gateway.Removed();
                            });
                }
            }
            return Result.ok(new Gateway.Removed());
        });
    }

    /** Each request carries the password: there is no session to end. */
    @Override
    public void close() {}
}
