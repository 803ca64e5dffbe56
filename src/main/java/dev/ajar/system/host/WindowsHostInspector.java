package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.EagerValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A machine with Windows, by the programs that it has. */
public final class WindowsHostInspector implements HostInspector {
    private static final String OWN =
            "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy";

    private static final String POLICY = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";

    private static final String NETWORKS = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkList";

    /** The firewalls of other makers that have told Windows of themselves. */
    private static final String OTHERS = "HKLM\\SOFTWARE\\Microsoft\\Security Center\\Provider\\Fw";

    /** The part of a state there that tells whether it is on: zero is off. */
    private static final int STATE = 0xF000;

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final int MOST_OF_NAME = 40;

    /** {@code "java.exe","4242","Console","1","81.920 K"}. */
    private static final Pattern TASK = Pattern.compile("(?m)^\"([^\"\\\\]{1,260})\",\"(\\d{1,10})\"");

    private final Function<List<String>, Optional<String>> programs;
    private final LongFunction<Optional<String>> paths;
    private final Map<String, String> environment;
    private final Supplier<Optional<String>> connections;
    private final Supplier<Optional<WindowsFirewall>> firewall;
    private final Supplier<Set<WindowsNetwork>> networks;
    private final Supplier<Map<String, String>> names;
    private final Supplier<Optional<RouterText>> other;

    /** @param environment of this process */
    public WindowsHostInspector(Map<String, String> environment) {
        this(
                new HostPrograms(LIMIT),
                process -> ProcessHandle.of(process).flatMap(its -> its.info().command()),
                environment);
    }

    /**
     * @param programs runs a program and returns what it prints; empty where it could not be run to its end
     * @param paths the file of a process; empty where this one may not know it
     */
    WindowsHostInspector(
            Function<List<String>, Optional<String>> programs,
            LongFunction<Optional<String>> paths,
            Map<String, String> environment) {
        this.programs = programs;
        this.paths = paths;
        this.environment = Map.copyOf(environment);
        this.connections = this::readConnections;
        this.firewall = this::readFirewall;
        this.networks = this::readNetworks;
        this.names = this::readNames;
        this.other = this::readOther;
    }

    private WindowsHostInspector(WindowsHostInspector early) {
        this.programs = early.programs;
        this.paths = early.paths;
        this.environment = early.environment;
        this.connections = EagerValue.of("listeners", early.connections);
        this.firewall = EagerValue.of("firewall", early.firewall);
        this.networks = EagerValue.of("networks", early.networks);
        this.names = EagerValue.onNeed(early.names);
        this.other = EagerValue.onNeed(early.other);
    }

    @Override
    public HostInspector readAhead() {
        return new WindowsHostInspector(this);
    }

    /** With the processes, which not every netstat tells. */
    private Optional<String> readConnections() {
        return List.of("-ano", "-an").stream()
                .flatMap(option -> programs.apply(List.of("netstat", option)).stream())
                .filter(text -> !NetstatText.parse(text).isEmpty())
                .findFirst();
    }

    private Optional<WindowsFirewall> readFirewall() {
        return query(OWN)
                .flatMap(own -> WindowsFirewall.parse(own, query(POLICY).orElse("")));
    }

    private Set<WindowsNetwork> readNetworks() {
        return WindowsNetwork.possible(
                RegistryValue.parse(query(NETWORKS).orElse("")),
                neighbours().stream().flatMap(List::stream).map(Neighbour::card).collect(Collectors.toSet()));
    }

    private Optional<String> query(String key) {
        return programs.apply(List.of("reg", "query", key, "/s"));
    }

    @Override
    public Optional<List<ListeningSocket>> listeners() {
        return connections.get().map(NetstatText::parse);
    }

    @Override
    public FirewallState firewall(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        FirewallState state = own(protocol, port, ipVersion);
        // It often switches that of Windows off, and stands before it.
        return state instanceof FirewallState.Open
                ? other.get()
                        .<FirewallState>map(name -> new FirewallState.Unknown(
                                Message.of("system.other-firewall", "firewall", name.display(MOST_OF_NAME)), ""))
                        .orElse(state)
                : state;
    }

    private FirewallState own(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        return firewall.get()
                .map(rules -> rules.judge(
                        new WindowsRule.Incoming(protocol, port, ipVersion, program(protocol, port), environment),
                        networks.get()))
                .orElseGet(() ->
                        new FirewallState.Unknown(Message.of("system.firewall-by-program"), WindowsFirewall.ALL_RULES));
    }

    /** The one program that has the port. */
    private WindowsProgram program(TransportProtocol protocol, Port port) {
        Set<String> found = connections.get().stream()
                .flatMap(text -> NetstatText.owners(text, protocol, port).stream())
                .map(process ->
                        paths.apply(process).orElseGet(() -> names.get().getOrDefault(Long.toString(process), "")))
                .collect(Collectors.toSet());
        return found.size() == 1 ? new WindowsProgram(found.iterator().next()) : WindowsProgram.UNKNOWN;
    }

    /** The names of all processes by their numbers: what another user or the system runs tells no more. */
    private Map<String, String> readNames() {
        return programs.apply(List.of("tasklist", "/FO", "CSV", "/NH")).stream()
                .flatMap(text -> TASK.matcher(text).results())
                .collect(Collectors.toMap(row -> row.group(2), row -> row.group(1), (first, second) -> first));
    }

    /** The name of one that is not off. */
    private Optional<RouterText> readOther() {
        List<RegistryValue> values =
                RegistryValue.below("Fw", RegistryValue.parse(query(OTHERS).orElse("")));
        Set<String> off = values.stream()
                .filter(value -> value.name().equalsIgnoreCase("STATE"))
                .filter(value ->
                        value.number().filter(state -> (state & STATE) == 0).isPresent())
                .map(RegistryValue::key)
                .collect(Collectors.toSet());
        return values.stream()
                .filter(value -> value.name().equalsIgnoreCase("DISPLAYNAME") && !off.contains(value.key()))
                .map(value -> new RouterText(value.text()))
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    @Override
    public boolean isContainer() {
        return false;
    }

    @Override
    public Optional<List<Neighbour>> neighbours() {
        return programs.apply(List.of("arp", "-a")).map(ArpText::windows);
    }
}
