package dev.ajar.container;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.container.Container.Network;
import dev.ajar.container.Container.PublishedPort;
import dev.ajar.message.Message;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Containers as an engine tells them, and the plan that is made of them. */
abstract class PlanFixture {
    static final String ENGINE = "unix:///run/docker.sock";
    static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    static final ServiceCatalog SERVICES = new ServiceCatalog();
    static final Set<InetAddress> HERE = Set.of(Samples.ip("192.168.77.10"));
    static final InetAddress BRIDGED = Samples.ip("172.17.0.2");

    /** {@code 25565:25565/tcp} published, or {@code 127.0.0.1:25565:25565/tcp}. */
    static PublishedPort published(String text) {
        String[] protocol = text.split("/", -1);
        String[] parts = protocol[0].split(":", -1);
        int n = parts.length;
        return new PublishedPort(
                TransportProtocol.valueOf(protocol[1].toUpperCase(Locale.ROOT)),
                new Port(Integer.parseInt(parts[n - 1])),
                new Port(Integer.parseInt(parts[n - 2])),
                n > 2 ? Optional.of(Samples.ip(parts[0])) : Optional.empty());
    }

    static Network network(String name) {
        return switch (name) {
            case "host" -> new Network.Host();
            case "none" -> new Network.None();
            case "lan" -> new Network.Lan("home");
            case "ingress" -> new Network.Ingress();
            case "bridge" -> new Network.Inner(List.of(Samples.ip("10.0.3.7"), BRIDGED));
            default -> new Network.Inner();
        };
    }

    static Container container(String name, String network, String ports, String... labels) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        List<PublishedPort> published = ports.isBlank()
                ? List.of()
                : Arrays.stream(ports.strip().split(" ", -1))
                        .map(PlanFixture::published)
                        .toList();
        return new Container("id-" + name, name, map, network(network), published, 1);
    }

    static ContainerPlan plan(Snapshot snapshot, Container... containers) {
        return plan(HERE, snapshot, containers);
    }

    /** A host that relays to its bridge, 172.17.0.0/16, alone. */
    static HostView host(Set<InetAddress> here, List<RelayRule> relays, Set<RuleKey> listening) {
        return new HostView(
                here,
                device ->
                        device.getHostAddress().startsWith("172.17.") ? Optional.empty() : Optional.of(Message.of("x")),
                relays,
                listening);
    }

    static ContainerPlan plan(HostView host, Snapshot snapshot, Container... containers) {
        return ContainerPlan.of(Map.of(ENGINE, List.of(containers)), ContainerSettings.USUAL, snapshot, SERVICES, host);
    }

    static ContainerPlan plan(Set<InetAddress> here, Snapshot snapshot, Container... containers) {
        return plan(host(here, List.of(), Set.of()), snapshot, containers);
    }

    static ContainerPlan plan(Container... containers) {
        return plan(Snapshot.EMPTY, containers);
    }

    static List<String> mappings(ContainerPlan plan) {
        return plan.wanted().stream()
                .map(port -> port.owner().name() + " "
                        + port.mapping().protocol().label() + " "
                        + port.mapping().externalPort() + "→"
                        + port.mapping().target().port())
                .toList();
    }

    static String remarks(ContainerPlan plan) {
        return String.join("\n", plan.remarks().stream().map(Message::toString).toList());
    }

    static Snapshot applied(Snapshot snapshot, ContainerPlan plan, ContainerPlan before) {
        return plan.appliedTo(snapshot, before, Set.of(ENGINE), Set.of(ENGINE), NOW);
    }
}
