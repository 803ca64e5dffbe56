package dev.ajar.gateway.admin.form;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.RuleList;
import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.gateway.admin.connection.WholeList;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Port forwards as one text in the router's memory, with one switch for all of them, written whole. */
public final class HookFormTable implements RuleTable {
    private static final Duration LOGOUT = Duration.ofSeconds(2);
    private static final String ON = "1";

    private final HookFormClient client;
    private final Timeline timeline;
    private final String list;
    private final String pageSwitch;
    private final String upnp;
    private final long most;
    private final long mostOlder;
    private List<MarkedRow> seen = List.of();
    private boolean legible;
    private String switched = "";

    /**
     * @param details the names of the list, its switch and UPnP's switch in the router's memory, and how many rows it
     *     takes in newer and in older firmware
     */
    public HookFormTable(HookFormClient client, JsonObject details, Timeline timeline) {
        this.client = client;
        this.timeline = timeline;
        this.list = details.text("list");
        this.pageSwitch = details.text("switch");
        this.upnp = details.text("upnp");
        this.most = details.number("most");
        this.mostOlder = details.number("most_older");
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        return rows(deadline).map(rows -> {
            seen = rows;
            legible = areLegible(rows);
            List<RouterRule> rules = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).rule(i, switched.equals(ON)).ifPresent(rules::add);
            }
            return new RuleList(rules, legible);
        });
    }

    private static boolean areLegible(List<MarkedRow> rows) {
        return rows.stream()
                .allMatch(row -> row.isOtherProtocol() || row.rule(0, true).isPresent());
    }

    private Result<List<MarkedRow>> rows(Deadline deadline) {
        return client.values(List.of(list, pageSwitch), deadline).flatMap(values -> {
            switched = values.getOrDefault(pageSwitch, "");
            return Optional.ofNullable(values.get(list))
                    .flatMap(MarkedRow::all)
                    .filter(rows -> rows.size() <= RuleList.MOST && !switched.isEmpty())
                    .map(Result::ok)
                    .orElseGet(AdminFailures::listUnknown);
        });
    }

    /** Switching the page on would bring the owner's dormant rules back to life. */
    @Override
    public Optional<Failure> obstacle(RuleRequest request) {
        if (!legible) {
            return failure(AdminFailures.listUnknown());
        }
        if (!switched.equals(ON)) {
            return Optional.of(new Failure.Refused(Message.of("admin.page-switch-off"), Optional.empty()));
        }
        long limit = isOlder() ? mostOlder : most;
        if (seen.size() >= limit) {
            return Optional.of(new Failure.Refused(Message.of("admin.list-full", "most", limit), Optional.empty()));
        }
        return request.source().isPresent() && isOlder()
                ? Optional.of(new Failure.Unsupported(Message.of("admin.no-sources"), Optional.empty()))
                : Optional.empty();
    }

    private static Optional<Failure> failure(Result<?> result) {
        return result instanceof Result.Err<?>(Failure failure) ? Optional.of(failure) : Optional.empty();
    }

    /** Older firmware knows no source, and its rows have a field less. */
    private boolean isOlder() {
        return fields() < MarkedRow.MOST_FIELDS;
    }

    private int fields() {
        return seen.isEmpty() ? MarkedRow.MOST_FIELDS : seen.getLast().count();
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        return whole(deadline).add(seen, MarkedRow.of(request, fields())).map(after -> new Written());
    }

    private WholeList<MarkedRow> whole(Deadline deadline) {
        return new WholeList<>(() -> rows(deadline), rows -> {
            Map<String, String> values = new LinkedHashMap<>();
            values.put(pageSwitch, switched);
            values.put(list, MarkedRow.text(rows));
            return client.apply(values, deadline);
        });
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        return rows(deadline).flatMap(now -> {
            if (!areLegible(now)) {
                return AdminFailures.listUnknown();
            }
            for (int i = 0; i < now.size(); i++) {
                if (now.get(i).rule(i, true).filter(rule::isSame).isPresent()) {
                    return whole(deadline).remove(now, i).map(after -> {
                        seen = after;
                        return new Gateway.Removed();
                    });
                }
            }
            return Result.ok(new Gateway.Removed());
        });
    }

    @Override
    public Optional<UpnpSwitch> upnp() {
        return Optional.of(new HookFormSwitch(client, upnp));
    }

    @Override
    public void close() {
        client.logout(Deadline.after(timeline, LOGOUT));
    }
}
