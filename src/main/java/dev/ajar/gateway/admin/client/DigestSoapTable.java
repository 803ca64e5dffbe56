package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.PortSpan;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.RuleList;
import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Port mappings of the default connection over TR-064. The key of a rule is its protocol, external port and remote
 * host, and adding one of the same key replaces it, even if it is switched off.
 */
final class DigestSoapTable implements RuleTable {
    private static final Pattern LAST_USER =
            Pattern.compile("<Username[^<>]{0,100}last_user=\"1\"[^<>]{0,100}>([^<>]{1,100})</");

    /** The name is part of a header. */
    private static final Pattern PLAIN_USER = Pattern.compile("[^\\p{Cntrl}\"\\\\]{1,100}");

    /** The owner may have taken longer to confirm than the time that was left. */
    private static final Duration AFTER_CONFIRMATION = Duration.ofSeconds(10);

    private static final int APPLICATIONS_OFF = 401;
    private static final int NO_RIGHT = 606;
    private static final int END_OF_TABLE = 713;
    private static final int NOT_THERE = 714;
    private static final int CONFLICT = 718;
    private static final int APPROVAL_NEEDED = 866;
    private static final int APPROVAL_BLOCKED = 867;
    private static final int APPROVAL_BUSY = 868;

    private final DigestSoapClient client;
    private final DigestSoapClient.Service service;
    private final Optional<HostList> hosts;
    private final String right;
    private final OwnerConfirmation confirmation;
    private List<RouterRule> last = List.of();
    private Duration least = Duration.ZERO;

    /**
     * The router's list of its devices.
     *
     * @param action asks for the one at an address
     */
    private record HostList(DigestSoapClient.Service service, String action) {}

    private DigestSoapTable(
            DigestSoapClient client,
            DigestSoapClient.Service service,
            Optional<HostList> hosts,
            String right,
            OwnerConfirmation confirmation) {
        this.client = client;
        this.service = service;
        this.hosts = hosts;
        this.right = right;
        this.confirmation = confirmation;
    }

    /** Asks for the default connection, which needs the password. */
    static Result<RuleTable> login(
            JsonObject details,
            AdminConnection connection,
            Credentials credentials,
            RandomGenerator random,
            Approval approval,
            Deadline deadline) {
        Map<String, DigestSoapClient.Service> services = new LinkedHashMap<>();
        details.object("services")
                .orElseThrow()
                .allTexts()
                .forEach((name, path) -> services.put(
                        name, new DigestSoapClient.Service(path, "urn:dslforum-org:service:" + name + ":1")));
        String right = details.text("right");
        return user(details, services, connection, credentials, random, deadline)
                .flatMap(user -> {
                    if (!PLAIN_USER.matcher(user).matches()) {
                        return AdminFailures.notUnderstood();
                    }
                    DigestSoapClient client =
                            new DigestSoapClient(connection, new Credentials(user, credentials.secret()), random);
                    return client.call(
                                    named(services, "Layer3Forwarding"),
                                    "GetDefaultConnectionService",
                                    Map.of(),
                                    deadline)
                            .flatMap(reply -> judged(reply, right))
                            .flatMap(reply -> {
                                OwnerConfirmation confirmation = new OwnerConfirmation(
                                        client,
                                        details.optionalText("confirmation").map(services::get),
                                        details.optionalText("confirmation_head")
                                                .orElse(""),
                                        approval);
                                String name = reply.text("NewDefaultConnectionService");
                                return services.entrySet().stream()
                                        .filter(one -> name.contains("." + one.getKey() + "."))
                                        .map(Map.Entry::getValue)
                                        .findFirst()
                                        .or(() -> connected(client, services, deadline))
                                        .<Result<RuleTable>>map(service -> Result.ok(new DigestSoapTable(
                                                client,
                                                service,
                                                details.optionalText("host_action")
                                                        .map(action -> new HostList(named(services, "Hosts"), action)),
                                                right,
                                                confirmation)))
                                        .orElseGet(AdminFailures::notUnderstood);
                            });
                });
    }

    /** Where the router names no default connection that is known: the one that says it is connected. */
    private static Optional<DigestSoapClient.Service> connected(
            DigestSoapClient client, Map<String, DigestSoapClient.Service> services, Deadline deadline) {
        return services.entrySet().stream()
                .filter(one -> one.getKey().endsWith("Connection"))
                .map(Map.Entry::getValue)
                .filter(service -> client.call(service, "GetStatusInfo", Map.of(), deadline).toOptional().stream()
                        .anyMatch(reply -> reply.text("NewConnectionStatus").equals("Connected")))
                .findFirst();
    }

    /** @throws java.util.NoSuchElementException if the profile lacks it */
    private static DigestSoapClient.Service named(Map<String, DigestSoapClient.Service> services, String name) {
        return Optional.ofNullable(services.get(name)).orElseThrow();
    }

    /** Without a name it is that of the last login, which the router tells without a password. */
    private static Result<String> user(
            JsonObject details,
            Map<String, DigestSoapClient.Service> services,
            AdminConnection connection,
            Credentials credentials,
            RandomGenerator random,
            Deadline deadline) {
        if (!credentials.user().isEmpty()) {
            return Result.ok(credentials.user());
        }
        DigestSoapClient.Service security = named(services, "LANConfigSecurity");
        return new DigestSoapClient(connection, credentials, random)
                .call(security, details.text("users_action"), Map.of(), deadline)
                .map(reply -> {
                    Matcher found = LAST_USER.matcher(reply.text(details.text("users")));
                    // Before this action there was one user for all programs.
                    return found.find() ? plain(found.group(1)) : details.text("only_user");
                });
    }

    private static String plain(String escaped) {
        return LenientXml.read("<u>" + escaped + "</u>")
                .map(XmlNode::text)
                .toOptional()
                .orElse(escaped);
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return client.call(service, "GetExternalIPAddress", Map.of(), deadline)
                .flatMap(reply -> judged(reply, right))
                .map(reply -> Addresses.parse(reply.text("NewExternalIPAddress")));
    }

    @Override
    public Map<Inet4Address, RouterText> deviceNames(Collection<Inet4Address> devices, Deadline deadline) {
        Map<Inet4Address, RouterText> names = new HashMap<>();
        hosts.ifPresent(list -> {
            for (Inet4Address device : devices) {
                Map<String, String> address = Map.of("NewIPAddress", Addresses.text(device));
                Result<DigestSoapClient.Reply> entry = client.call(list.service(), list.action(), address, deadline);
                if (!(entry instanceof Result.Ok<DigestSoapClient.Reply>(DigestSoapClient.Reply reply))) {
                    return;
                }
                if (reply.error() == 0) {
                    names.put(device, new RouterText(reply.text("NewHostName")));
                } else if (reply.error() != NOT_THERE) {
                    return;
                }
            }
        });
        return names;
    }

    @Override
    public Result<RuleList> read(Deadline deadline) {
        List<RouterRule> rules = new ArrayList<>();
        boolean legible = true;
        for (int i = 0; i <= RuleList.MOST; i++) {
            Map<String, String> index = Map.of("NewPortMappingIndex", Integer.toString(i));
            Result<DigestSoapClient.Reply> entry =
                    client.call(service, "GetGenericPortMappingEntry", index, deadline.atLeast(least));
            if (!(entry instanceof Result.Ok<DigestSoapClient.Reply>(DigestSoapClient.Reply reply))) {
                return entry.flatMap(never -> AdminFailures.listUnknown());
            }
            if (reply.error() == END_OF_TABLE || reply.error() == NOT_THERE) {
                last = List.copyOf(rules);
                return Result.ok(new RuleList(rules, legible));
            }
            if (reply.error() != 0) {
                return judged(reply, right).flatMap(never -> AdminFailures.listUnknown());
            }
            Optional<RouterRule> rule = rule(reply);
            rule.ifPresent(rules::add);
            legible &= rule.isPresent();
        }
        return AdminFailures.listUnknown();
    }

    private static Optional<RouterRule> rule(DigestSoapClient.Reply reply) {
        String remote = reply.text("NewRemoteHost");
        String external = reply.text("NewExternalPort");
        Optional<TransportProtocol> protocol = List.of(TransportProtocol.values()).stream()
                .filter(one -> one.label().equalsIgnoreCase(reply.text("NewProtocol")))
                .findFirst();
        return PortSpan.parse(external)
                .flatMap(span -> protocol.map(one -> new RouterRule(
                        one.label().toUpperCase(Locale.ROOT) + " " + external + " " + remote,
                        Set.of(one),
                        span,
                        new RouterText(reply.text("NewInternalClient")),
                        PortSpan.parse(reply.text("NewInternalPort")),
                        new RouterText(remote),
                        new RouterText(reply.text("NewPortMappingDescription")),
                        !reply.text("NewEnabled").equals("0"))));
    }

    @Override
    public Optional<Failure> obstacle(RuleRequest request) {
        return last.stream()
                .filter(rule -> rule.takes(request.protocol(), request.external()))
                .filter(rule -> !rule.name().raw().equals(request.name()))
                .findFirst()
                .map(rule -> new Failure.Conflict(
                        Message.of(
                                "admin.taken",
                                "port",
                                request.external(),
                                "client",
                                rule.client().display(),
                                "name",
                                rule.name().display()),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public Result<Written> add(RuleRequest request, Deadline deadline) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put(
                "NewRemoteHost",
                request.source()
                        .flatMap(some -> some.single())
                        .map(Addresses::text)
                        .orElse("0.0.0.0"));
        arguments.put("NewExternalPort", request.external().toString());
        arguments.put("NewProtocol", request.protocol().label().toUpperCase(Locale.ROOT));
        arguments.put("NewInternalPort", request.internal().port().toString());
        arguments.put("NewInternalClient", Addresses.text(request.internal().address()));
        arguments.put("NewEnabled", "1");
        arguments.put("NewPortMappingDescription", request.name());
        arguments.put("NewLeaseDuration", "0");
        return change("AddPortMapping", arguments, deadline)
                .flatMap(reply -> judged(reply, right))
                .map(done -> new Written());
    }

    @Override
    public Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline) {
        String[] key = rule.key().split(" ", 3);
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("NewRemoteHost", key[2]);
        arguments.put("NewExternalPort", key[1]);
        arguments.put("NewProtocol", key[0]);
        return change("DeletePortMapping", arguments, deadline)
                .flatMap(reply -> reply.error() == NOT_THERE ? Result.ok(reply) : judged(reply, right))
                .map(done -> new Gateway.Removed());
    }

    /** Newer software wants some changes confirmed on the box. */
    private Result<DigestSoapClient.Reply> change(String action, Map<String, String> arguments, Deadline deadline) {
        return client.call(service, action, arguments, deadline.atLeast(least)).flatMap(reply -> {
            if (reply.error() != APPROVAL_NEEDED) {
                return Result.ok(reply);
            }
            least = AFTER_CONFIRMATION;
            return confirmation.ask(
                    (head, patient) -> client.call(service, action, arguments, head, patient), deadline);
        });
    }

    private static Result<DigestSoapClient.Reply> judged(DigestSoapClient.Reply reply, String right) {
        return switch (reply.error()) {
            case 0 -> Result.ok(reply);
            case APPLICATIONS_OFF -> AdminFailures.refused(Message.of("admin.applications-off"));
            case NO_RIGHT -> AdminFailures.noRight(right);
            case APPROVAL_NEEDED -> AdminFailures.refused(Message.of("admin.approval-needed"));
            case APPROVAL_BLOCKED -> AdminFailures.refused(Message.of("admin.approval-blocked"));
            case APPROVAL_BUSY -> AdminFailures.refused(Message.of("admin.approval-busy"));
            case CONFLICT ->
                Result.err(new Failure.Conflict(
                        Message.of("admin.rpc-error", "code", reply.error()), Optional.empty(), Optional.empty()));
            default -> AdminFailures.refused(Message.of("admin.rpc-error", "code", reply.error()));
        };
    }

    /** Each request answers a challenge: there is no session to end. */
    @Override
    public void close() {}
}
