package dev.ajar.container;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.WellKnownService;
import dev.ajar.container.Container.Network;
import dev.ajar.container.Container.PublishedPort;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.NameSyntax;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSelection;
import dev.ajar.syntax.PresetPlan;
import dev.ajar.syntax.RelayPortRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Decides which ports of one container can be opened, and to which port of this host each leads. */
final class ContainerPorts {
    /** The answer for one port: a mapping, or why there is none. */
    sealed interface Decision {
        /** @param relay present where this host has to relay the port to the container */
        record Opens(Mapping mapping, Optional<RelayRule> relay) implements Decision {}

        /** @param port as people write it: {@code tcp 25565} */
        record Refused(String port, Message why) implements Decision {}

        /** No router, or no relay, leads to its address as this host's network is now. */
        record Elsewhere(String port, Message why) implements Decision {}
    }

    private final Container container;
    private final ContainerLabels labels;
    private final LeaseDuration lease;
    private final Optional<InetAddress> to;
    private final ServiceCatalog services;
    private final HostView here;

    private ContainerPorts(
            Container container,
            ContainerLabels labels,
            ContainerSettings settings,
            ServiceCatalog services,
            HostView here) {
        this.container = container;
        this.labels = labels;
        this.lease = labels.lease().orElse(settings.lease());
        this.to = settings.to();
        this.services = services;
        this.here = here;
    }

    /** @throws InvalidInputException if a label cannot be read */
    static List<Decision> of(Container container, ContainerSettings settings, ServiceCatalog services, HostView here)
            throws InvalidInputException {
        ContainerLabels labels = ContainerLabels.read(container);
        return new ContainerPorts(container, labels, settings, services, here).decisions();
    }

    private List<Decision> decisions() throws InvalidInputException {
        Optional<Message> danger = labels.wanted().flatMap(this::danger);
        List<Decision> all = new ArrayList<>();
        for (PortRequest request : requests()) {
            all.add(danger.<Decision>map(why -> refused(request, why)).orElseGet(() -> decide(request)));
        }
        return all;
    }

    /** Why one of the applications that the label names is not opened. */
    private Optional<Message> danger(PortSelection wanted) {
        for (Application application : wanted.applications()) {
            Optional<Failure> objection = PresetPlan.objection(application, labels.exposed());
            if (objection.isPresent()) {
                Message danger = objection.get().detail();
                return Optional.of(
                        application.danger() == Application.Danger.DANGEROUS
                                ? exposed(danger, application.id())
                                : Message.of("containers.never-exposed", "danger", danger));
            }
        }
        return Optional.empty();
    }

    private List<PortRequest> requests() throws InvalidInputException {
        if (labels.wanted().isPresent()) {
            return labels.wanted().get().requests();
        }
        if (container.network() instanceof Network.Host) {
            throw new InvalidInputException(Message.of("containers.host-needs-ports"));
        }
        Map<List<Object>, PortRequest> all = new LinkedHashMap<>();
        // What is not published for others is not meant, unless nothing else is published: then each is told.
        boolean some = container.ports().stream().anyMatch(this::isReached);
        container.ports().stream()
                .filter(port -> !some || isReached(port))
                .forEach(port -> all.putIfAbsent(
                        List.of(port.protocol(), port.here()),
                        new PortRequest(port.protocol(), known(port), port.inside())));
        if (all.isEmpty()) {
            throw new InvalidInputException(Message.of(
                    container.network() instanceof Network.Cluster
                            ? "kubernetes.no-node-ports"
                            : "containers.nothing-published"));
        }
        if (all.size() > ContainerLabels.MOST_PORTS) {
            throw new InvalidInputException(
                    Message.of("containers.too-many-ports", "count", all.size(), "most", ContainerLabels.MOST_PORTS));
        }
        return List.copyOf(all.values());
    }

    /** Without another word, the external port is the one that people know: the cluster chooses those of the nodes. */
    private Port known(PublishedPort port) {
        return container.network() instanceof Network.Cluster ? port.inside() : port.here();
    }

    private Decision decide(PortRequest request) {
        return switch (container.network()) {
            case Network.Host ignored -> opens(request, request.internalPort(), request.internalPort());
            case Network.Inner(List<InetAddress> addresses) ->
                published(request, addresses, Message.of("containers.not-published", "publish", publish(request)));
            // The engine has no such container, or one that is reached in the same way.
            case Network.Shared ignored ->
                published(request, Message.of("containers.not-published", "publish", publish(request)));
            case Network.Ingress ignored -> published(request, Message.of("containers.ingress"));
            case Network.Cluster ignored -> published(request, Message.of("kubernetes.no-port"));
            case Network.None ignored -> refused(request, Message.of("containers.no-network"));
            case Network.Lan(String network) ->
                published(
                        request,
                        Message.of(
                                "containers.own-address",
                                "network",
                                network,
                                "port",
                                request.externalPort() + "/"
                                        + request.protocol().label()));
        };
    }

    private Decision published(PortRequest request, Message otherwise) {
        return published(request, List.of(), otherwise);
    }

    /**
     * @param addresses the container's own inside this host, to which a relay leads
     * @param otherwise why the port is not opened where the container does not publish it
     */
    private Decision published(PortRequest request, List<InetAddress> addresses, Message otherwise) {
        // The number may be the container's own or this host's: the container's own first, as in a compose file's
        // labels.
        Port number = request.internalPort();
        List<PublishedPort> there = matching(request, port -> port.inside().equals(number));
        there = there.isEmpty() ? matching(request, port -> port.here().equals(number)) : there;
        Optional<PublishedPort> reached = there.stream()
                .filter(this::isReached)
                .min(Comparator.comparing((PublishedPort port) -> !port.here().equals(request.externalPort()))
                        .thenComparing(PublishedPort::here));
        if (reached.isPresent()) {
            return opens(request, reached.get().here(), reached.get().listens());
        }
        // A port that is published on this host's loopback alone is meant for this host alone.
        if (labels.relay() && there.isEmpty() && container.network() instanceof Network.Inner) {
            return relayed(request, addresses);
        }
        Optional<InetAddress> address =
                there.stream().flatMap(port -> port.address().stream()).findFirst();
        if (address.isPresent()) {
            return unreached(request, address.get());
        }
        Optional<PublishedPort> other = container.ports().stream()
                .filter(port -> port.inside().equals(number) && port.protocol() != request.protocol())
                .findFirst();
        if (other.isPresent() && !(container.network() instanceof Network.Cluster)) {
            return refused(
                    request,
                    Message.of(
                            "containers.other-protocol",
                            "published",
                            other.get().protocol().name(),
                            "publish",
                            publish(request)));
        }
        return refused(request, otherwise);
    }

    /**
     * The relay listens on the external port: its number is free on this host as a rule, as nothing is published on it.
     */
    private Decision relayed(PortRequest request, List<InetAddress> addresses) {
        List<InetAddress> reached = addresses.stream()
                .filter(address -> here.reach().objection(address).isEmpty())
                .toList();
        if (reached.isEmpty()) {
            Message why = Message.of("containers.relay-no-address", "publish", publish(request));
            // Its network may appear on this host later than the engine tells of it.
            return addresses.isEmpty() ? refused(request, why) : new Decision.Elsewhere(port(request), why);
        }
        RelayPortRequest relay = new RelayPortRequest(
                request.protocol(),
                request.externalPort(),
                request.externalPort(),
                new Endpoint(reached.getFirst(), request.internalPort()));
        boolean taken = here.relays().stream()
                .anyMatch(rule -> rule.key().equals(new RuleKey(relay.protocol(), relay.external()))
                        || rule.place().equals(new RelayRule.Place(relay.protocol(), relay.listen())));
        return taken
                ? refused(request, Message.of("containers.taken-by-relay"))
                : opens(
                        request,
                        relay.listen(),
                        request.internalPort(),
                        Optional.of(relay.rule(labels.from().stream().toList())));
    }

    private List<PublishedPort> matching(PortRequest request, Predicate<PublishedPort> number) {
        return container.ports().stream()
                .filter(port -> port.protocol() == request.protocol())
                .filter(number)
                .toList();
    }

    private static Decision unreached(PortRequest request, InetAddress address) {
        String where = Addresses.text(address);
        String publish = publish(request);
        return address.isLoopbackAddress()
                ? refused(request, Message.of("containers.only-loopback", "address", where, "publish", publish))
                : new Decision.Elsewhere(
                        port(request), Message.of("containers.only-address", "address", where, "publish", publish));
    }

    /** Whether a router can lead to it, over IPv4. */
    private boolean isReached(PublishedPort port) {
        return port.address()
                .map(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress()
                        && (here.addresses().isEmpty() || here.addresses().contains(address)))
                .orElse(true);
    }

    /** What to write below {@code ports} in a compose file. */
    private static String publish(PortRequest request) {
        String suffix = request.protocol() == TransportProtocol.UDP ? "/udp" : "";
        return request.externalPort() + ":" + request.internalPort() + suffix;
    }

    private Decision opens(PortRequest request, Port here, Port inside) {
        return opens(request, here, inside, Optional.empty());
    }

    private Decision opens(PortRequest request, Port here, Port inside, Optional<RelayRule> relay) {
        Mapping mapping = mapping(request, here);
        // The service listens on the container's own port, whatever number it is published as.
        Exposure exposure = new Exposure(services, List.of(mapping(request, inside)), agreed());
        Optional<WellKnownService> danger = exposure.unconfirmed();
        return danger.<Decision>map(service -> refused(request, exposed(exposure.danger(service), service.id())))
                .orElseGet(() -> new Decision.Opens(mapping, relay));
    }

    private Message exposed(Message danger, String id) {
        String label = container.label(ContainerLabels.YES_EXPOSE);
        return Message.of("containers.exposed", "danger", danger, "label", label, "id", id);
    }

    private Set<String> agreed() {
        return labels.wanted()
                .map(wanted -> wanted.agreed(services, labels.exposed()))
                .orElse(labels.exposed());
    }

    private Mapping mapping(PortRequest request, Port here) {
        return new Mapping(
                request.protocol(),
                request.externalPort(),
                PortPolicy.EXACT,
                to.<Target>map(device -> new Target.OtherHost(device, here)).orElseGet(() -> new Target.ThisHost(here)),
                lease,
                labels.name().orElseGet(() -> name(request)),
                labels.from());
    }

    /**
     * The container's name, so that people find it in the router's list; with the port, as some routers want names to
     * differ.
     */
    private String name(PortRequest request) {
        String name = container.name() + " " + request.externalPort() + " "
                + request.protocol().label();
        try {
            return NameSyntax.check(name);
        } catch (InvalidInputException e) {
            return EntryName.standard(request.protocol(), request.externalPort());
        }
    }

    private static Decision refused(PortRequest request, Message why) {
        return new Decision.Refused(port(request), why);
    }

    private static String port(PortRequest request) {
        return request.protocol().label(request.externalPort());
    }
}
