package dev.ajar.container;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.RouterText;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.syntax.InvalidInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the containers of all engines may have together.
 *
 * @param wanted the mappings to keep open
 * @param remarks what a user has to know: refused ports with their reasons, and labels with mistakes
 * @param relays the rules that this host has to relay for them, also while their mappings wait for that
 * @param contested whether a port is refused only because another owner has it, or because this host's network is as it
 *     is now, so that it may be opened later without any news of an engine
 * @param refusals those of {@code remarks} that are about one container each
 */
public record ContainerPlan(
        List<WantedPort> wanted,
        List<RelayRule> relays,
        List<Message> remarks,
        boolean contested,
        List<Refusal> refusals) {
    public static final ContainerPlan EMPTY = new ContainerPlan(List.of(), List.of(), List.of(), false, List.of());

    /**
     * What a container asked for and does not have.
     *
     * @param taken whether another owner has the port
     * @param sentence names the container, the port and the reason
     */
    public record Refusal(Owner.Container owner, boolean taken, Message sentence) {}

    public ContainerPlan {
        refusals = List.copyOf(refusals);
        wanted = List.copyOf(wanted);
        relays = List.copyOf(relays);
        remarks = List.copyOf(remarks);
    }

    /**
     * @param heard the containers of each engine that has told them
     * @param snapshot with the mappings of other owners; containers that have a port in it keep it
     */
    public static ContainerPlan of(
            Map<String, List<Container>> heard,
            ContainerSettings settings,
            Snapshot snapshot,
            ServiceCatalog services,
            HostView here) {
        return new Planning(heard, settings, snapshot, services, here).plan();
    }

    /**
     * The snapshot with these mappings, and without those of containers that have ended.
     *
     * @param before the plan that was applied last: what it wanted and the snapshot no longer has, the user has closed
     * @param heard the engines whose containers are known
     * @param watched the engines that are watched; mappings of others end
     */
    public Snapshot appliedTo(
            Snapshot snapshot, ContainerPlan before, Set<String> heard, Set<String> watched, Instant now) {
        Snapshot after = snapshot;
        // First what is added: a record that both want then stays as it is, as when a container is renamed.
        for (WantedPort port : wanted) {
            boolean there = snapshot.desiredMappings().stream().anyMatch(port::isDesiredAs);
            boolean closedByUser = !there && before.wanted.contains(port);
            after = there || closedByUser ? after : after.with(port.desired(now));
        }
        for (DesiredMapping old : snapshot.desiredMappings()) {
            if (old.owner() instanceof Owner.Container(String engine, String ignored)) {
                boolean known = heard.contains(engine) || !watched.contains(engine);
                boolean asked =
                        wanted.stream().anyMatch(port -> port.desired(now).isSameDesire(old));
                after = known && !asked ? after.ended(old) : after;
            }
        }
        return after;
    }

    /**
     * Those of {@code before}, which were wanted, that the user has closed and that this host is to relay as then. They
     * stay closed when their relay listens again after a while in which it did not.
     */
    public Set<WantedPort> closedOf(Set<WantedPort> before, Snapshot snapshot) {
        return before.stream()
                .filter(port -> port.relay().filter(relays::contains).isPresent())
                .filter(port -> snapshot.desiredMappings().stream().noneMatch(port::isDesiredAs))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same plan, which also wanted these. */
    public ContainerPlan wanting(Set<WantedPort> all) {
        return new ContainerPlan(List.copyOf(all), relays, remarks, contested, refusals);
    }

    /** The making of a plan. */
    private static final class Planning {
        private final Map<String, List<Container>> heard;
        private final ContainerSettings settings;
        private final Snapshot snapshot;
        private final ServiceCatalog services;
        private final HostView here;
        private final Map<WantedPort.Place, DesiredMapping> others = new HashMap<>();
        private final Set<List<Object>> held = new HashSet<>();
        private final List<WantedPort> wanted = new ArrayList<>();
        private final Map<RuleKey, RelayRule> relays = new LinkedHashMap<>();
        private final Map<WantedPort.Place, WantedPort> given = new HashMap<>();
        private final List<Message> remarks = new ArrayList<>();
        private final List<Refusal> refusals = new ArrayList<>();
        private boolean contested;

        Planning(
                Map<String, List<Container>> heard,
                ContainerSettings settings,
                Snapshot snapshot,
                ServiceCatalog services,
                HostView here) {
            this.heard = heard;
            this.settings = settings;
            this.snapshot = snapshot;
            this.services = services;
            this.here = here;
        }

        /** A port that one container asks for. */
        private record Candidate(Container container, WantedPort port, boolean held) {}

        ContainerPlan plan() {
            for (DesiredMapping desired : snapshot.desiredMappings()) {
                boolean ours = desired.owner() instanceof Owner.Container(String engine, String ignored)
                        && heard.containsKey(engine);
                if (ours) {
                    held.add(List.of(desired.owner(), WantedPort.Place.of(desired)));
                } else if (desired.selection().ipVersion() == IpVersion.IPV4) {
                    others.putIfAbsent(WantedPort.Place.of(desired), desired);
                }
            }
            List<Candidate> candidates = new ArrayList<>();
            heard.forEach((engine, containers) -> containers.stream()
                    .filter(ContainerLabels::asks)
                    .sorted(Comparator.comparing(Container::name))
                    .forEach(container -> candidates.addAll(candidates(engine, container))));
            candidates.stream()
                    .sorted(Comparator.comparing((Candidate one) -> !one.held())
                            .thenComparingLong(one -> one.container().created())
                            .thenComparing(one -> one.container().name()))
                    .forEach(this::give);
            return new ContainerPlan(wanted, List.copyOf(relays.values()), remarks, contested, refusals);
        }

        private List<Candidate> candidates(String engine, Container container) {
            List<Candidate> candidates = new ArrayList<>();
            try {
                for (ContainerPorts.Decision decision : ContainerPorts.of(container, settings, services, here)) {
                    switch (decision) {
                        case ContainerPorts.Decision.Opens(Mapping mapping, Optional<RelayRule> relay) ->
                            candidates.add(candidate(engine, container, mapping, relay));
                        case ContainerPorts.Decision.Refused(String port, Message why) ->
                            refuse(engine, container, port, why, false);
                        case ContainerPorts.Decision.Elsewhere(String port, Message why) -> {
                            contested = true;
                            refuse(engine, container, port, why, false);
                        }
                    }
                }
            } catch (InvalidInputException e) {
                String key = isService(container) ? "kubernetes.refused" : "containers.refused";
                refuse(engine, container, Message.of(key, "container", container.name(), "why", e.sentence()), false);
            }
            remarks.addAll(ContainerLabels.unknown(container));
            return candidates;
        }

        private Candidate candidate(String engine, Container container, Mapping mapping, Optional<RelayRule> relay) {
            Owner.Container owner = new Owner.Container(engine, container.name());
            WantedPort port = new WantedPort(owner, mapping, settings.selection(), relay);
            return new Candidate(container, port, held.contains(List.of(owner, port.place())));
        }

        private void refuse(String engine, Container container, String port, Message why, boolean taken) {
            String key = isService(container) ? "kubernetes.refused-port" : "containers.refused-port";
            refuse(engine, container, Message.of(key, "container", container.name(), "port", port, "why", why), taken);
        }

        private void refuse(String engine, Container container, Message sentence, boolean taken) {
            remarks.add(sentence);
            refusals.add(new Refusal(new Owner.Container(engine, container.name()), taken, sentence));
        }

        private static boolean isService(Container container) {
            return container.network() instanceof Container.Network.Cluster;
        }

        private void give(Candidate candidate) {
            WantedPort port = candidate.port();
            Optional<Message> taken = taken(port);
            if (taken.isPresent()) {
                contested = true;
                refuse(
                        port.owner().engine(),
                        candidate.container(),
                        port.mapping().label(),
                        taken.get(),
                        true);
            } else {
                given.putIfAbsent(port.place(), port);
                port.relay().ifPresent(rule -> relays.putIfAbsent(rule.key(), rule));
                if (port.isReady(here.listening()) || isKept(port)) {
                    wanted.add(port);
                }
            }
        }

        /**
         * Whether it was open before ajar was started again, and its relay is about to listen: then there is no gap.
         */
        private boolean isKept(WantedPort port) {
            return port.relay().filter(here::isBeginning).isPresent()
                    && snapshot.desiredMappings().stream().anyMatch(port::isDesiredAs);
        }

        /**
         * Why the port is another owner's. Several may have the same mapping: it stays until the last of them has
         * ended.
         */
        private Optional<Message> taken(WantedPort port) {
            WantedPort first = given.get(port.place());
            if (first != null && !port.leadsLike(first)) {
                return Optional.of(taken(first.owner()));
            }
            DesiredMapping other = others.get(port.place());
            return other == null || port.leadsLike(other) ? Optional.empty() : Optional.of(taken(other.owner()));
        }

        private static Message taken(Owner owner) {
            return switch (owner) {
                case Owner.User ignored -> Message.of("containers.taken-by-user");
                case Owner.Configuration(String file) ->
                    Message.of("containers.taken-by-file", "file", new RouterText(file).display());
                case Owner.Launch ignored -> Message.of("containers.taken-by-program");
                case Owner.Container(String engine, String name) ->
                    Message.of(
                            engine.equals(Owner.Container.KUBERNETES)
                                    ? "kubernetes.taken-by-service"
                                    : "containers.taken-by-container",
                            "holder",
                            new RouterText(name).display());
            };
        }
    }
}
