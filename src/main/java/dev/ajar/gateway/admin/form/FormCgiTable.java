package dev.ajar.gateway.admin.form;

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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Port forwards of a router with one CGI program. Its fields are executed unchecked by some firmware, so they are
 * checked here.
 */
public final class FormCgiTable implements RuleTable {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]{1,20}");
    private static final Pattern DELETE_NAME = Pattern.compile("delRule(\\d{1,3})");

    private final FormCgiClient client;
    private Optional<FormCgiShape> shape = Optional.empty();
    private String switched = "";

    public FormCgiTable(FormCgiClient client) {
        this.client = client;
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        Result<Object> plain = client.call(FormCgiShape.LIST.listing(), deadline);
        if (plain instanceof Result.Ok<Object>(Object answer)
                && FormCgiShape.of(answer).isPresent()) {
            return rules(FormCgiShape.of(answer).get(), answer);
        }
        if (plain instanceof Result.Err<Object>(Failure failure) && !(failure instanceof Failure.Malformed)) {
            return Result.err(failure);
        }
        return client.call(FormCgiShape.PREFIXED.listing(), deadline)
                .flatMap(answer -> FormCgiShape.of(answer)
                                .filter(found -> found == FormCgiShape.LIST)
                                .isPresent()
                        ? rules(FormCgiShape.PREFIXED, answer)
                        : AdminFailures.listUnknown());
    }

    private Result<RuleList> rules(FormCgiShape found, Object answer) {
        shape = Optional.of(found);
        switched = JsonBody.text(found.head(answer), "enable");
        List<Object> rows = found.rows(answer);
        if (rows.size() > RuleList.MOST) {
            return AdminFailures.listUnknown();
        }
        List<RouterRule> rules = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Optional<RouterRule> rule = rule(rows.get(i), i, switched.equals("1"));
            if (rule.isEmpty()) {
                // Rules are removed by their position, so one that cannot be read makes all positions uncertain.
                return AdminFailures.listUnknown();
            }
            rules.add(rule.get());
        }
        return Result.ok(new RuleList(rules, true));
    }

    /** @param enabled the switch of the page: with it off no rule does anything */
    private static Optional<RouterRule> rule(Object row, int position, boolean enabled) {
        String deletes = JsonBody.text(row, "delRuleName");
        var index = DELETE_NAME.matcher(deletes);
        String key = deletes.isEmpty() ? Integer.toString(position) : index.matches() ? index.group(1) : "";
        Optional<PortSpan> external = span(row, List.of("ePort", "wanfromPort"), "wanPort");
        Optional<PortSpan> internal = span(row, List.of("iPort", "fromPort"), "lanPort");
        Set<TransportProtocol> protocols = protocols(first(row, "proto", "protocol"));
        if (key.isEmpty() || external.isEmpty() || protocols.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RouterRule(
                key,
                protocols,
                external.get(),
                new RouterText(first(row, "ip", "ipAddress")),
                internal,
                RouterText.EMPTY,
                new RouterText(first(row, "desc", "comment")),
                enabled));
    }

    /** The dialects name the same thing differently. */
    private static String first(Object row, String... names) {
        return Stream.of(names)
                .map(name -> JsonBody.text(row, name))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** One member, or two for a range. */
    private static Optional<PortSpan> span(Object row, List<String> single, String range) {
        String one = first(row, single.toArray(String[]::new));
        String from = JsonBody.text(row, range + "From");
        String to = JsonBody.text(row, range + "To");
        String text = one.isEmpty() ? (to.isEmpty() || to.equals(from) ? from : from + "-" + to) : one;
        return PortSpan.parse(text);
    }

    private static Set<TransportProtocol> protocols(String text) {
        String word = text.toUpperCase(Locale.ROOT);
        Set<TransportProtocol> found = EnumSet.noneOf(TransportProtocol.class);
        if (word.equals("ALL") || word.contains("TCP")) {
            found.add(TransportProtocol.TCP);
        }
        if (word.equals("ALL") || word.contains("UDP")) {
            found.add(TransportProtocol.UDP);
        }
        return found;
    }

    /** Switching the page on would bring the owner's dormant rules back to life. */
    @Override
    public Optional<Failure> obstacle(RuleRequest request) {
        return switched.equals("1")
                ? Optional.empty()
                : Optional.of(new Failure.Refused(Message.of("admin.page-switch-off"), Optional.empty()));
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        boolean plain = PLAIN_NAME.matcher(request.name()).matches()
                && Addresses.ipv4(Addresses.text(request.internal().address())).isPresent();
        if (shape.isEmpty() || !plain) {
            return AdminFailures.listUnknown();
        }
        return client.call(shape.get().adding(request, switched), deadline).map(answer -> new Written());
    }

    /** Positions change with each removal, so the list is read again right before. */
    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        return read(deadline).flatMap(list -> {
            List<RouterRule> same = list.rules().stream().filter(rule::isSame).toList();
            if (same.isEmpty() || shape.isEmpty()) {
                return Result.ok(new Gateway.Removed());
            }
            if (same.size() > 1 && shape.get() == FormCgiShape.OBJECT) {
                // This firmware removes all of them for one request, and then miscounts its list.
                return AdminFailures.refused(
                        Message.of("admin.twice", "name", rule.name().display()));
            }
            int index = Integer.parseInt(same.getFirst().key());
            return client.call(shape.get().deleting(index), deadline).map(answer -> new Gateway.Removed());
        });
    }

    @Override
    public Optional<UpnpSwitch> upnp() {
        return Optional.of(new FormCgiSwitch(client));
    }

    /** This interface has no logout: the session ends by itself. */
    @Override
    public void close() {}
}
