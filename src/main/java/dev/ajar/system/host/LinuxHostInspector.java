package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.EagerValue;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads the files of a Linux machine. */
public final class LinuxHostInspector implements HostInspector {

    /** What nft does not show: rules of the older iptables. */
    private static final FirewallState OLDER =
            new FirewallState.Unknown(Message.of("system.nft-unclear"), "sudo iptables-legacy -S");

    private static final FirewallState UNREADABLE = new FirewallState.Unknown(
            Message.of("system.firewall-needs-root"), "sudo nft list ruleset; sudo iptables -L -n");

    private final Path root;
    private final Supplier<Optional<NftRuleset>> rules;
    private final Supplier<Optional<List<ListeningSocket>>> listeners;

    private final PortProbe ports;

    /**
     * @param root {@code /}; another folder in tests
     * @param ruleset what {@code nft list ruleset} prints; empty where it may not be asked
     * @param ports the ports of this machine
     */
    public LinuxHostInspector(Path root, Supplier<Optional<String>> ruleset, PortProbe ports) {
        this.root = root;
        this.rules = () -> ruleset.get().map(NftRuleset::parse);
        this.ports = ports;
        this.listeners = this::readListeners;
    }

    private LinuxHostInspector(
            Path root,
            Supplier<Optional<NftRuleset>> rules,
            PortProbe ports,
            Supplier<Optional<List<ListeningSocket>>> listeners) {
        this.root = root;
        this.rules = rules;
        this.ports = ports;
        this.listeners = listeners;
    }

    @Override
    public HostInspector readAhead() {
        return new LinuxHostInspector(
                root, EagerValue.of("firewall", rules), ports, EagerValue.of("listeners", listeners));
    }

    @Override
    public Optional<List<ListeningSocket>> listeners() {
        return listeners.get();
    }

    private Optional<List<ListeningSocket>> readListeners() {
        List<ListeningSocket> all = new ArrayList<>();
        boolean any = false;
        for (TransportProtocol protocol : TransportProtocol.values()) {
            for (String table : List.of(protocol.label(), protocol.label() + "6")) {
                Optional<String> text = read("proc/net/" + table);
                any |= text.isPresent();
                text.ifPresent(found -> all.addAll(SocketTable.parse(protocol, found)));
            }
        }
        return any ? Optional.of(List.copyOf(all)) : Optional.empty();
    }

    @Override
    public FirewallState firewall(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        Optional<NftRuleset> read = rules.get();
        FirewallState state = judged(protocol, port, ipVersion, read);
        boolean elsewhere = read.flatMap(all -> all.sentOn(protocol, port, ipVersion, links()))
                .isPresent();
        if (state instanceof FirewallState.Closed(var by, var remedy) && elsewhere && !by.equals(NftRuleset.NAME)) {
            // What a program of the firewall writes for this machine itself is not about what it sends on.
            return new FirewallState.Unknown(Message.of("system.container-bypasses", "firewall", by), remedy);
        }
        if (state instanceof FirewallState.Open) {
            return read.flatMap(all -> all.keepsAnswers(protocol, port, ipVersion, links()))
                    .orElse(state);
        }
        // Ports that a container publishes bypass the rules for this machine itself.
        return state instanceof FirewallState.Closed closed
                        && read.map(NftRuleset::isEmpty).orElse(true)
                        && hasInnerBridge()
                ? new FirewallState.Unknown(
                        Message.of("system.container-bypasses", "firewall", closed.by()), closed.remedy())
                : state;
    }

    @Override
    public FirewallState questionsTo(InetAddress router, Set<Port> pages) {
        return exchanged(
                rules -> rules.questionsTo(router, pages, links()), "sudo ufw allow out to " + Addresses.text(router));
    }

    @Override
    public FirewallState answersOf(InetAddress router, Set<Port> pages) {
        String byUfw = "sudo ufw allow proto %s from " + Addresses.text(router) + " port %s";
        FirewallState ofSearch =
                exchanged(rules -> rules.answersOf(router, Set.of(), links()), byUfw.formatted("udp", "1900,5351"));
        return Stream.concat(
                        Stream.of(ofSearch),
                        pages.stream()
                                .sorted()
                                .map(page -> exchanged(
                                        rules -> rules.answersOf(router, Set.of(page), links()),
                                        byUfw.formatted("tcp", page))))
                .filter(FirewallState.Closed.class::isInstance)
                .findFirst()
                .orElse(ofSearch);
    }

    /** @param byUfw the command where ufw keeps the rules */
    private FirewallState exchanged(Function<NftRuleset, FirewallState> judged, String byUfw) {
        FirewallState state = rules.get().map(judged).orElse(UNREADABLE);
        return state instanceof FirewallState.Closed
                        && UfwFiles.isOn(read("etc/ufw/ufw.conf").orElse(""))
                ? new FirewallState.Closed("ufw", byUfw)
                : state;
    }

    private NftLinks links() {
        return new NftLinks(Set.copyOf(linksOut()), read("proc/net/route").orElse(""));
    }

    @Override
    public Optional<Redirection> redirection(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        return rules.get()
                .flatMap(all -> all.sentOn(protocol, port, ipVersion, links()))
                .map(NftDestination::told);
    }

    @Override
    public boolean isFree(TransportProtocol protocol, InetAddress at, Port port) {
        return ports.isFree(protocol, at, port);
    }

    /**
     * Whether there is a bridge, of whatever name, that no network card is in: one of containers or virtual machines.
     */
    private boolean hasInnerBridge() {
        List<String> out = linksOut();
        for (String name : names("sys/class/net")) {
            String ports = "sys/class/net/" + name + "/brif";
            if (Files.isDirectory(root.resolve("sys/class/net/" + name + "/bridge"))
                    && !out.contains(name)
                    && names(ports).stream().noneMatch(this::isCard)) {
                return true;
            }
        }
        return false;
    }

    private boolean isCard(String name) {
        return Stream.of(
                        "sys/class/net/" + name + "/device",
                        "sys/class/net/" + name + "/bonding",
                        "proc/net/vlan/" + name)
                .anyMatch(file -> Files.exists(root.resolve(file)));
    }

    private List<String> names(String folder) {
        try (Stream<Path> all = Files.list(root.resolve(folder))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The interfaces that the usual table has routes to large parts of the internet by. */
    private List<String> linksOut() {
        List<String> names = new ArrayList<>();
        for (String line : read("proc/net/route").orElse("").split("\n", -1)) {
            String[] field = line.strip().split("\\s+", -1);
            if (field.length >= 8 && (field[7].equals("00000000") || field[7].equals("00000080"))) {
                names.add(field[0]);
            }
        }
        for (String line : read("proc/net/ipv6_route").orElse("").split("\n", -1)) {
            String[] field = line.strip().split("\\s+", -1);
            if (field.length >= 10 && (field[1].equals("00") || field[1].equals("01") || field[1].equals("03"))) {
                names.add(field[9]);
            }
        }
        names.removeIf("lo"::equals);
        return names;
    }

    private FirewallState judged(
            TransportProtocol protocol, Port port, IpVersion ipVersion, Optional<NftRuleset> rules) {
        if (UfwFiles.isOn(read("etc/ufw/ufw.conf").orElse(""))) {
            String defaults = read("etc/default/ufw").orElse("");
            return read(UfwFiles.rules(ipVersion))
                    .map(allowed -> UfwFiles.judge(allowed, defaults, protocol, port, ipVersion))
                    .orElseGet(() -> new FirewallState.Unknown(Message.of("system.ufw-needs-root"), "sudo ufw status"));
        }
        if (Files.exists(root.resolve("run/firewalld.pid"))) {
            return firewalld(protocol, port);
        }
        String older = ipVersion == IpVersion.IPV4 ? "proc/net/ip_tables_names" : "proc/net/ip6_tables_names";
        // Where the older program has shown its rules, they are among the others.
        boolean inOlder = !read(older).orElse("").isBlank()
                && rules.filter(all -> all.hasOlder(ipVersion)).isEmpty();
        return rules.map(all -> all.judge(protocol, port, ipVersion, links()))
                .map(state -> inOlder && state instanceof FirewallState.Open ? OLDER : state)
                .orElse(UNREADABLE);
    }

    private FirewallState firewalld(TransportProtocol protocol, Port port) {
        // Its folder is often closed to users, and the defaults it came with may have been changed.
        Optional<String> settings = read("etc/firewalld/firewalld.conf");
        return settings.map(FirewalldFiles::defaultZone)
                .flatMap(zone -> read("etc/firewalld/zones/" + zone + ".xml")
                        .or(() -> read("usr/lib/firewalld/zones/" + zone + ".xml")))
                .map(text -> FirewalldFiles.judge(text, protocol, port))
                .orElseGet(() -> new FirewallState.Unknown(
                        Message.of("system.firewalld-needs-root"), "sudo firewall-cmd --list-all"));
    }

    @Override
    public boolean isContainer() {
        return Files.exists(root.resolve(".dockerenv")) || Files.exists(root.resolve("run/.containerenv"));
    }

    @Override
    public Optional<List<Neighbour>> neighbours() {
        return read("proc/net/arp").map(ArpText::linux);
    }

    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
