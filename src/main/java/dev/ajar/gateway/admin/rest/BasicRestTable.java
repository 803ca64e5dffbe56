package dev.ajar.gateway.admin.rest;

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
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.net.Inet4Address;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Port forwards as rows of a REST interface, whose paths and members are data. */
public final class BasicRestTable implements RuleTable {
    private static final String ALL_PORTS = "1-65535";
    private static final Set<String> EVERY_PROTOCOL = Set.of("", "any", "all");
    private static final int MOST_LOOKS = 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final BasicRestClient client;
    private final RestDialect dialect;

    public BasicRestTable(BasicRestClient client, RestDialect dialect) {
        this.client = client;
        this.dialect = dialect;
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        return dialect.pages()
                .map(pages -> rows(pages, deadline))
                .orElseGet(() -> client.send(dialect.list(), Map.of(), deadline).flatMap(this::rows))
                .flatMap(this::rules);
    }

    private Result<List<Object>> rows(Object answer) {
        return JsonBody.at(answer, dialect.rows())
                .filter(List.class::isInstance)
                .map(rows -> Result.ok(JsonBody.list(rows)))
                .orElseGet(AdminFailures::listUnknown);
    }

    /** A list that changed between two pages is unknown. */
    private Result<List<Object>> rows(RestPages pages, Deadline deadline) {
        List<Object> all = new ArrayList<>();
        long whole = -1;
        for (int number = 1; all.size() <= RuleList.MOST; number++) {
            Map<String, String> page = Map.of("page", Integer.toString(number));
            Result<Object> answer = client.send(dialect.list(), page, deadline);
            if (!(answer instanceof Result.Ok<Object>(Object value))) {
                return answer.map(never -> all);
            }
            if (!(rows(value) instanceof Result.Ok<List<Object>>(List<Object> rows))) {
                return AdminFailures.listUnknown();
            }
            long told = pages.total(value);
            if (!pages.isComplete(rows, number, told) || (number > 1 && told != whole)) {
                return AdminFailures.listUnknown();
            }
            whole = told;
            all.addAll(rows);
            if (pages.isLast(number, whole)) {
                return Result.ok(all);
            }
        }
        return AdminFailures.listUnknown();
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
        return has(row, dialect.skip())
                || dialect.elsewhere().filter(side -> side.holds(row)).isPresent();
    }

    private static boolean has(Object row, Map<String, String> values) {
        return values.entrySet().stream()
                .anyMatch(unwanted ->
                        List.of(unwanted.getValue().split("\\|", -1)).contains(JsonBody.text(row, unwanted.getKey())));
    }

    private Optional<RouterRule> rule(Object row) {
        String key = member(row, "key");
        Set<TransportProtocol> protocols = protocols(member(row, "protocol"));
        String ports = member(row, "external");
        Optional<PortSpan> external = span(ports.isEmpty() ? ALL_PORTS : ports);
        if (key.isBlank() || external.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RouterRule(
                key,
                protocols,
                external.get(),
                new RouterText(member(row, "client")),
                span(member(row, "internal")),
                new RouterText(member(row, "source")),
                new RouterText(member(row, "name")),
                !isYes(member(row, "disabled")) && !isNo(member(row, "enabled")) && !has(row, dialect.off())));
    }

    private Optional<PortSpan> span(String text) {
        return PortSpan.parse(dialect.portNames().getOrDefault(text.toLowerCase(Locale.ROOT), text));
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
        boolean both = EVERY_PROTOCOL.contains(text.toLowerCase(Locale.ROOT))
                || text.equalsIgnoreCase(dialect.protocols().get("both"));
        for (TransportProtocol one : TransportProtocol.values()) {
            if (both || text.equalsIgnoreCase(dialect.protocols().get(one.label()))) {
                found.add(one);
            }
        }
        return found;
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        return noneSaved(deadline)
                .flatMap(none -> dialect.outside()
                        .map(outside -> outside.find(client, deadline))
                        .orElseGet(() -> Result.ok(Map.of())))
                .flatMap(outside -> unlessTaken(client.send(dialect.add(), values(request, outside), deadline)))
                .flatMap(answer -> apply(JsonBody.text(answer, dialect.addedKey()), deadline))
                .map(applied -> new Written());
    }

    private Result<Object> unlessTaken(Result<Object> added) {
        boolean taken = added instanceof Result.Err<Object>(Failure.Unsupported refused)
                && !dialect.taken().isEmpty()
                && refused.detail().toString().contains(dialect.taken());
        return taken ? AdminFailures.portTaken() : added;
    }

    /**
     * What its owner saved and did not apply yet would be put into effect together with ours, where the make tells it.
     */
    private Result<Object> noneSaved(Deadline deadline) {
        return dialect.applied()
                .map(applied -> client.send(applied, Map.of(), deadline))
                .map(told -> BasicRestClient.isNo(told)
                        ? AdminFailures.<Object>refused(Message.of("admin.other-changes"))
                        : told)
                .orElseGet(() -> Result.ok(Map.of()));
    }

    @Override
    public Result<Written> settle(Deadline deadline) {
        return apply("", deadline).map(applied -> new Written());
    }

    private Map<String, String> values(RuleRequest request, Map<String, String> outside) {
        String protocol = request.protocol().label();
        Map<String, String> values = new HashMap<>(outside);
        values.put("name", request.name());
        values.put("protocol", dialect.protocols().getOrDefault(protocol, protocol));
        values.put("external", request.external().toString());
        values.put("client", Addresses.text(request.internal().address()));
        values.put("internal", request.internal().port().toString());
        values.put("source", request.source().map(Subnet::text).orElse(""));
        return values;
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
        Result<Object> applied = applyOnce(deadline);
        if (applied instanceof Result.Err
                && !added.isBlank()
                && !dialect.addedKey().isEmpty()) {
            var unused = client.send(dialect.remove(), key(added), deadline).flatMap(gone -> applyOnce(deadline));
        }
        return applied;
    }

    private Result<Object> applyOnce(Deadline deadline) {
        Result<Object> applied =
                BasicRestClient.asNotApplied(client.send(dialect.apply().orElseThrow(), Map.of(), deadline));
        for (int i = 0; applied instanceof Result.Ok && dialect.applied().isPresent() && i < MOST_LOOKS; i++) {
            Result<Object> looked = client.send(dialect.applied().get(), Map.of(), deadline);
            if (looked instanceof Result.Ok) {
                return looked;
            }
            deadline.pause(BETWEEN_LOOKS);
        }
        return applied instanceof Result.Ok && dialect.applied().isPresent()
                ? AdminFailures.refused(Message.of("admin.not-applied"))
                : applied;
    }

    private static Map<String, String> key(String key) {
        return Map.of("key", URLEncoder.encode(key, StandardCharsets.UTF_8));
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        return (dialect.positional() ? sameNow(rule, deadline) : Result.ok(Optional.of(rule)))
                .flatMap(now -> now.isEmpty()
                        ? Result.ok(new Gateway.Removed())
                        : client.send(dialect.remove(), key(now.get().key()), deadline)
                                .flatMap(gone -> applyRemoval(deadline))
                                .map(applied -> new Gateway.Removed()));
    }

    /** The rule with the position that it has now. */
    private Result<Optional<RouterRule>> sameNow(RouterRule rule, Deadline deadline) {
        return read(deadline)
                .flatMap(list -> list.legible()
                        ? Result.ok(list.rules().stream().filter(rule::isSame).findFirst())
                        : AdminFailures.listUnknown());
    }

    /** A removal that is not in effect shows in no list, so it is tried once more. */
    private Result<Object> applyRemoval(Deadline deadline) {
        Result<Object> first = apply("", deadline);
        return first instanceof Result.Ok ? first : apply("", deadline);
    }

    @Override
    public Map<Inet4Address, RouterText> deviceNames(Collection<Inet4Address> devices, Deadline deadline) {
        return dialect.devices()
                .flatMap(list -> client.send(list.list(), Map.of(), deadline)
                        .toOptional()
                        .map(answer -> list.of(answer, devices)))
                .orElse(Map.of());
    }

    @Override
    public Optional<UpnpSwitch> upnp() {
        return dialect.upnp().map(form -> new RestSwitch(client, form));
    }

    @Override
    public void close() {
        client.close();
    }
}
