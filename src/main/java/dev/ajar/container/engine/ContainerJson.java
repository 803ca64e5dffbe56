package dev.ajar.container.engine;

import dev.ajar.container.Container;
import dev.ajar.container.Container.Network;
import dev.ajar.container.Container.PublishedPort;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Containers in the words of Docker's interface. What cannot be read is left out. */
final class ContainerJson {
    private static final String SHARED = "container:";
    private static final String OURS = "ajar.";
    private static final int MOST_PORTS = 1024;
    private static final int MOST_NETWORKS = 64;

    private ContainerJson() {}

    /** An element of {@code /containers/json}; empty if it makes no sense. */
    static Optional<Container> listed(JsonObject json) {
        try {
            String id = json.text("Id");
            List<String> names = json.optionalTexts("Names");
            String name = names.isEmpty() ? id.substring(0, Math.min(12, id.length())) : names.getFirst();
            JsonObject labels = json.object("Labels").orElseThrow(() -> new JsonException("no labels"));
            return Optional.of(new Container(
                    id,
                    shown(name.startsWith("/") ? name.substring(1) : name),
                    ours(labels),
                    network(json, labels),
                    json.has("Ports") ? ports(json.objects("Ports")) : List.of(),
                    json.optionalNumber("Created").orElse(0L)));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    static String shown(String name) {
        return new RouterText(name).display();
    }

    /** The labels that are meant for ajar. */
    static Map<String, String> ours(JsonObject labels) {
        Map<String, String> ours = new HashMap<>();
        labels.names().stream()
                .filter(label -> label.startsWith(OURS) && labels.has(label))
                .forEach(label -> ours.put(label, labels.text(label)));
        return ours;
    }

    private static Network network(JsonObject json, JsonObject labels) {
        String mode = json.object("HostConfig")
                .flatMap(host -> host.optionalText("NetworkMode"))
                .orElse("");
        Set<String> names = json.object("NetworkSettings")
                .flatMap(settings -> settings.object("Networks"))
                .map(JsonObject::names)
                .orElse(Set.of());
        boolean task = labels.has("com.docker.swarm.task.id");
        return task && names.contains("ingress") ? new Network.Ingress() : network(mode, names, json);
    }

    /** Whether a list says in which way the container has a network. Podman's does not. */
    static boolean tellsMode(JsonObject json) {
        return json.object("HostConfig").filter(host -> host.has("NetworkMode")).isPresent();
    }

    private static Network network(String mode, Set<String> names, JsonObject json) {
        if (mode.startsWith(SHARED)) {
            return new Network.Shared(mode.substring(SHARED.length()));
        }
        return switch (mode) {
            case "host" -> new Network.Host();
            case "none" -> new Network.None();
            // Podman may tell the network of a container only here.
            default -> names.equals(Set.of("host")) ? new Network.Host() : new Network.Inner(addresses(json));
        };
    }

    /** The container's own addresses of IPv4 on its networks, in the order of their names. */
    private static List<InetAddress> addresses(JsonObject json) {
        return json.object("NetworkSettings").flatMap(settings -> settings.object("Networks")).stream()
                .flatMap(networks -> networks.names().stream()
                        .sorted()
                        .limit(MOST_NETWORKS)
                        .flatMap(name -> networks.object(name).stream()))
                .flatMap(network -> network.optionalText("IPAddress").stream())
                .flatMap(text -> Addresses.ipv4(text).stream())
                .toList();
    }

    /** The networks by name, with their ids. */
    static Map<String, String> networks(JsonObject json) {
        Map<String, String> ids = new HashMap<>();
        json.object("NetworkSettings")
                .flatMap(settings -> settings.object("Networks"))
                .ifPresent(networks -> networks.names()
                        .forEach(name -> networks.object(name)
                                .flatMap(one -> one.optionalText("NetworkID"))
                                .ifPresent(id -> ids.put(name, id))));
        return ids;
    }

    private static List<PublishedPort> ports(List<JsonObject> list) {
        List<PublishedPort> ports = new ArrayList<>();
        for (JsonObject json : list.subList(0, Math.min(MOST_PORTS, list.size()))) {
            published(
                            json.optionalText("Type").orElse("tcp"),
                            json.optionalNumber("PrivatePort"),
                            json.optionalNumber("PublicPort"),
                            json.optionalText("IP").orElse(""))
                    .ifPresent(ports::add);
        }
        return ports;
    }

    static Optional<PublishedPort> published(String type, Optional<Long> inside, Optional<Long> here, String address) {
        Optional<TransportProtocol> protocol = switch (type.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Optional.of(TransportProtocol.TCP);
            case "udp" -> Optional.of(TransportProtocol.UDP);
            default -> Optional.empty();
        };
        Optional<Port> published = here.flatMap(ContainerJson::port);
        Optional<Port> own = inside.flatMap(ContainerJson::port);
        if (protocol.isEmpty() || published.isEmpty() || own.isEmpty()) {
            return Optional.empty();
        }
        Optional<InetAddress> bound =
                Addresses.ipv4(address).or(() -> Addresses.ipv6(address)).filter(one -> !one.isAnyLocalAddress());
        return Optional.of(new PublishedPort(protocol.get(), own.get(), published.get(), bound));
    }

    private static Optional<Port> port(long number) {
        return number > 0 && number <= 65_535 ? Optional.of(new Port((int) number)) : Optional.empty();
    }

    /** How a container is reached. */
    record Reach(Network network, List<PublishedPort> ports) {
        /** The container as it is reached in this way, which it shares with the one that was asked for. */
        Container of(Container container) {
            return network instanceof Network.Shared ? container : container.reachedAs(network, ports);
        }
    }

    /** As {@code /containers/ID/json} tells it. */
    static Reach reach(JsonObject inspected) {
        String mode = inspected
                .object("HostConfig")
                .flatMap(host -> host.optionalText("NetworkMode"))
                .orElse("");
        return new Reach(network(mode, Set.of(), inspected), bindings(inspected));
    }

    /** {@code "25565/tcp": [{"HostIp": "0.0.0.0", "HostPort": "25565"}]}. */
    private static List<PublishedPort> bindings(JsonObject inspected) {
        List<PublishedPort> ports = new ArrayList<>();
        inspected
                .object("NetworkSettings")
                .flatMap(settings -> settings.object("Ports"))
                .ifPresent(all -> all.names().stream()
                        .filter(all::has)
                        .limit(MOST_PORTS)
                        .forEach(name -> {
                            String[] own = name.split("/", -1);
                            for (JsonObject binding : all.objects(name)) {
                                published(
                                                own.length > 1 ? own[1] : "tcp",
                                                number(own[0]),
                                                number(binding.optionalText("HostPort")
                                                        .orElse("")),
                                                binding.optionalText("HostIp").orElse(""))
                                        .ifPresent(ports::add);
                            }
                        }));
        return ports;
    }

    private static Optional<Long> number(String digits) {
        return digits.matches("\\d{1,5}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }
}
