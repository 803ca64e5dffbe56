package dev.ajar.gateway.admin.rpc;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.AdminFailures;
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
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port forwards in a unified configuration: sections of type {@code redirect} in the file {@code firewall}. A change is
 * applied with a timer, and the router undoes it unless it is confirmed, so that a change which cuts ajar off does not
 * last.
 */
public final class SessionRpcTable implements RuleTable {
    private static final String FIREWALL = "firewall";
    private static final String OURS = "ajar_";
    private static final int MOST_NAMES = 9;
    private static final Duration LOGOUT = Duration.ofSeconds(2);

    private final SessionRpcClient client;
    private final StagedChange staging;
    private final Timeline timeline;
    private Zones zones = Zones.NONE;

    /** The firewall's names for the two sides; an empty one where it has no such zone. */
    private record Zones(String outside, String inside) {
        static final Zones NONE = new Zones("", "");

        boolean areThere() {
            return !outside.isEmpty() && !inside.isEmpty();
        }
    }

    public SessionRpcTable(SessionRpcClient client, Timeline timeline) {
        this.client = client;
        this.staging = new StagedChange(client, FIREWALL);
        this.timeline = timeline;
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        return sections("zone", deadline).flatMap(found -> {
            zones = zones(found, deadline);
            return sections("redirect", deadline).flatMap(this::rules);
        });
    }

    private Result<Map<String, Object>> sections(String type, Deadline deadline) {
        return staging.call("get", Map.of("config", FIREWALL, "type", type), deadline)
                .flatMap(reply -> reply.data().get("values") instanceof Map<?, ?> values
                        ? Result.ok(JsonBody.map(values))
                        : AdminFailures.listUnknown());
    }

    /** The outside is the zone that hides addresses; of several, the one whose network has the default route. */
    private Zones zones(Map<String, Object> found, Deadline deadline) {
        List<String> hiding = new ArrayList<>();
        List<String> all = new ArrayList<>();
        found.values().stream().filter(SessionRpcTable::isUsed).forEach(zone -> {
            String name = JsonBody.text(zone, "name");
            all.add(name);
            if (RedirectSection.isYes(JsonBody.text(zone, "masq"))) {
                hiding.add(name);
            }
        });
        String usual = all.contains("wan") ? "wan" : hiding.stream().findFirst().orElse("");
        boolean clear = hiding.size() == 1 && hiding.contains(usual);
        String outside = clear ? usual : routed(found, deadline).orElse(usual);
        String inside = all.contains("lan")
                ? "lan"
                : all.stream().filter(name -> !name.equals(outside)).findFirst().orElse("");
        return new Zones(outside, inside);
    }

    private static boolean isUsed(Object zone) {
        String enabled = JsonBody.text(zone, "enabled");
        return enabled.isEmpty() || RedirectSection.isYes(enabled);
    }

    /** A rule for a zone that is not there is accepted, and has no effect. */
    @Override
    public Optional<Failure> obstacle(RuleRequest request) {
        return zones.areThere()
                ? Optional.empty()
                : Optional.of(new Failure.Refused(Message.of("admin.no-zone"), Optional.empty()));
    }

    /** The zone of the interface with the default route; empty where the user of the router may not see routes. */
    private Optional<String> routed(Map<String, Object> found, Deadline deadline) {
        return network(deadline).toOptional().stream()
                .flatMap(network -> network.routed().stream())
                .flatMap(name ->
                        found.values().stream().filter(zone -> networks(zone).contains(name)))
                .map(zone -> JsonBody.text(zone, "name"))
                .findFirst();
    }

    private static List<String> networks(Object zone) {
        return List.of(JsonBody.text(zone, "network").split(" +", -1));
    }

    private Result<NetworkDump> network(Deadline deadline) {
        return client.call("network.interface", "dump", Map.of(), deadline)
                .flatMap(reply -> reply.status() == SessionRpcClient.OK
                        ? Result.ok(NetworkDump.of(reply.data()))
                        : AdminFailures.addressNotTold());
    }

    /** A user who may not see the interfaces is told nothing by them. */
    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return sections("zone", deadline).flatMap(found -> {
            Zones sides = zones(found, deadline);
            List<String> outside = found.values().stream()
                    .filter(zone -> JsonBody.text(zone, "name").equals(sides.outside()))
                    .flatMap(zone -> networks(zone).stream())
                    .toList();
            return network(deadline) instanceof Result.Ok<NetworkDump>(NetworkDump network)
                    ? Result.ok(network.address(outside))
                    : AdminFailures.addressNotTold();
        });
    }

    private Result<RuleList> rules(Map<String, Object> sections) {
        if (sections.size() > RuleList.MOST) {
            return AdminFailures.listUnknown();
        }
        List<RouterRule> rules = new ArrayList<>();
        boolean legible = true;
        for (Map.Entry<String, Object> section : sections.entrySet()) {
            RedirectSection redirect = new RedirectSection(section.getValue());
            boolean takes = redirect.isForward()
                    && redirect.isIpv4()
                    && !zones.outside().isEmpty()
                    && redirect.source().equals(zones.outside());
            // Ours stays ours after its zone was renamed; it has no effect then.
            if (takes || section.getKey().startsWith(OURS)) {
                Optional<RouterRule> rule = redirect.rule(section.getKey(), takes);
                rule.ifPresent(rules::add);
                legible &= rule.isPresent();
            }
        }
        return Result.ok(new RuleList(rules, legible));
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", request.name());
        values.put("src", zones.outside());
        values.put("dest", zones.inside());
        values.put("target", "DNAT");
        values.put("family", "ipv4");
        values.put("proto", List.of(request.protocol().label()));
        values.put("src_dport", request.external().toString());
        values.put("dest_ip", Addresses.text(request.internal().address()));
        values.put("dest_port", request.internal().port().toString());
        values.put("enabled", "1");
        request.source().ifPresent(some -> values.put("src_ip", some.text()));
        // What cannot be closed, or would be undone, is not opened.
        return client.demand("uci", "delete", deadline)
                .flatMap(may -> client.demand("uci", "confirm", deadline))
                .flatMap(may -> freeName(section(request), deadline))
                .flatMap(name -> staging.change(
                        "add",
                        Map.of("config", FIREWALL, "type", "redirect", "name", name, "values", values),
                        soon -> section(name, soon),
                        there -> hasAll(there, values),
                        deadline))
                .flatMap(there -> hasAll(there, values)
                        ? Result.ok(new Written())
                        : AdminFailures.refused(
                                Message.of(there.isEmpty() ? "admin.not-made" : "admin.made-otherwise")));
    }

    /** What is in that section; empty where there is none, which some versions call an error. */
    private Result<Map<String, Object>> section(String name, Deadline deadline) {
        return client.call("uci", "get", Map.of("config", FIREWALL, "section", name), deadline)
                .flatMap(reply ->
                        reply.status() == SessionRpcClient.NOT_FOUND ? Result.ok(reply) : staging.judged("get", reply))
                .map(reply -> JsonBody.map(reply.data().get("values")));
    }

    private static boolean hasAll(Map<String, Object> there, Map<String, Object> wanted) {
        return wanted.keySet().stream()
                .allMatch(name -> JsonBody.text(there, name).equals(JsonBody.text(wanted, name)));
    }

    /** Adding a section of a name that exists would say yes and change that section, of whatever type it is. */
    private Result<String> freeName(String wanted, Deadline deadline) {
        for (int i = 1; i <= MOST_NAMES; i++) {
            String name = i == 1 ? wanted : wanted + "_" + i;
            Result<Map<String, Object>> there = section(name, deadline);
            if (!(there instanceof Result.Ok<Map<String, Object>>(Map<String, Object> values))) {
                return there.map(never -> name);
            }
            if (values.isEmpty()) {
                return Result.ok(name);
            }
        }
        return AdminFailures.listUnknown();
    }

    @Override
    public Result<Written> settle(Deadline deadline) {
        return staging.settle(deadline).map(settled -> new Written());
    }

    /** A name of letters, digits and underscores; the mark at the end of the rule's name keeps it apart from others. */
    private static String section(RuleRequest request) {
        String plain = request.name().replaceAll("[^A-Za-z0-9]", "");
        String mark = plain.substring(Math.max(0, plain.length() - 4));
        return OURS + request.protocol().label() + "_" + request.external() + "_" + mark;
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        return staging.change(
                        "delete",
                        Map.of("config", FIREWALL, "section", rule.key()),
                        soon -> section(rule.key(), soon),
                        Map::isEmpty,
                        deadline)
                .flatMap(there -> there.isEmpty()
                        ? Result.ok(new Gateway.Removed())
                        : AdminFailures.refused(Message.of("admin.not-removed")));
    }

    /**
     * From the list that the router's page shows, where its package is installed: addresses and a name by network card.
     */
    @Override
    public Map<Inet4Address, RouterText> deviceNames(Collection<Inet4Address> devices, Deadline deadline) {
        Map<Inet4Address, RouterText> names = new HashMap<>();
        client.call("luci-rpc", "getHostHints", Map.of(), deadline)
                .toOptional()
                .filter(SessionRpcClient.Reply::isOk)
                .ifPresent(reply -> reply.data().values().forEach(host -> {
                    RouterText name = new RouterText(JsonBody.text(host, "name"));
                    List<Object> addresses =
                            JsonBody.at(host, "ipaddrs").map(JsonBody::list).orElse(List.of());
                    devices.stream()
                            .filter(device -> addresses.contains(Addresses.text(device)))
                            .forEach(device -> names.put(device, name));
                }));
        return names;
    }

    @Override
    public Optional<UpnpSwitch> upnp() {
        return Optional.of(new SessionRpcSwitch(client));
    }

    @Override
    public void close() {
        client.logout(Deadline.after(timeline, LOGOUT));
    }
}
