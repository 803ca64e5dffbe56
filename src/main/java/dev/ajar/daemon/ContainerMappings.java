package dev.ajar.daemon;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.container.Container;
import dev.ajar.container.ContainerPlan;
import dev.ajar.container.ContainerSettings;
import dev.ajar.container.HostView;
import dev.ajar.container.WantedPort;
import dev.ajar.keeper.Keeper;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The mappings of containers: what engines told, and what was made of it. On the keeper's thread only. */
final class ContainerMappings {
    /** From an engine's first news until its relays listen, or never will: they are a process that has to start. */
    private static final Duration RELAYS_BEGIN = Duration.ofSeconds(20);

    private final ContainerController controller;
    private final Supplier<HostView> here;
    private final Consumer<Message> log;
    private final Timeline timeline;
    private Optional<ContainerSettings> settings = Optional.empty();
    private Set<String> watched = Set.of();
    private final Map<String, List<Container>> heard = new TreeMap<>();
    private ContainerPlan applied = ContainerPlan.EMPTY;
    private ContainerPlan next = ContainerPlan.EMPTY;

    /** Relayed ports that the user has closed. */
    private Set<WantedPort> closed = Set.of();

    private Set<WantedPort> nextClosed = Set.of();
    private boolean due = true;

    /** Until then relays may be about to listen for the first time. */
    private Optional<Duration> beginning = Optional.empty();

    private Set<RuleKey> begun = Set.of();

    /**
     * @param log receives a sentence for people
     */
    ContainerMappings(
            ContainerController controller, Supplier<HostView> here, Consumer<Message> log, Timeline timeline) {
        this.timeline = timeline;
        this.controller = controller;
        this.here = here;
        this.log = log;
    }

    /** Watches what the configuration says. */
    void configure(Optional<ContainerSettings> fresh, ContainerController.Listener listener) {
        if (fresh.equals(settings)) {
            return;
        }
        settings = fresh;
        watched = controller.watch(fresh, listener);
        heard.clear();
        due = true;
    }

    void heard(String engine, List<Container> containers) {
        if (watched.contains(engine)) {
            if (heard.put(engine, containers) == null) {
                beginning = Optional.of(timeline.elapsed().plus(RELAYS_BEGIN));
            }
            due = true;
        }
    }

    /** Whether the state file has to be changed for a container. */
    boolean isDue() {
        return due;
    }

    /** Whether a port that a container asks for may be opened later without any news of an engine. */
    boolean isContested() {
        return applied.contested();
    }

    /** Such a port may be free now. */
    void lookAgain(Snapshot snapshot) {
        ContainerPlan now = plan(snapshot);
        due |= !now.wanted().equals(applied.wanted()) || !now.relays().equals(applied.relays());
    }

    /** Other relays listen than before. */
    void relaysChanged(Set<RuleKey> listening) {
        Set<RuleKey> all = new HashSet<>(begun);
        all.addAll(listening);
        all.retainAll(applied.relays().stream().map(RelayRule::key).toList());
        begun = all;
        due |= !applied.relays().isEmpty();
    }

    /**
     * Relays that do not listen by now are waited for no longer.
     *
     * @return when to call this again; empty if no relay is waited for
     */
    Optional<Duration> waitNoLonger() {
        if (beginning.isPresent() && timeline.elapsed().compareTo(beginning.get()) >= 0) {
            beginning = Optional.empty();
            due |= !applied.relays().isEmpty();
        }
        return beginning;
    }

    /** What has to be relayed to containers. */
    List<RelayRule> relays() {
        return applied.relays();
    }

    private ContainerPlan plan(Snapshot snapshot) {
        return settings.isEmpty() || heard.isEmpty()
                ? ContainerPlan.EMPTY
                : ContainerPlan.of(heard, settings.get(), snapshot, new ServiceCatalog(), host());
    }

    private HostView host() {
        return beginning.isPresent() ? here.get().starting(begun) : here.get();
    }

    /** With the mappings that containers ask for now. It counts only once it is {@link #written}. */
    Snapshot appliedTo(Snapshot snapshot, Instant now) {
        next = plan(snapshot);
        Set<WantedPort> before = new HashSet<>(applied.wanted());
        before.addAll(closed);
        nextClosed = next.closedOf(before, snapshot);
        return next.appliedTo(snapshot, applied.wanting(before), heard.keySet(), watched, now);
    }

    /** The last result of {@link #appliedTo} is in the state file. */
    void written() {
        due = false;
        ContainerPlan before = applied;
        applied = next;
        closed = nextClosed;
        for (WantedPort port : applied.wanted()) {
            if (!before.wanted().contains(port) && !closed.contains(port)) {
                log.accept(asks(port));
            }
        }
        Set<Message> known = new HashSet<>(before.remarks());
        applied.remarks().stream()
                .distinct()
                .filter(remark -> !known.contains(remark))
                .forEach(log);
    }

    private static Message asks(WantedPort port) {
        String container = port.owner().name();
        String label = port.mapping().label();
        if (port.relay().isPresent()) {
            RelayRule rule = port.relay().get();
            return Message.of(
                    "daemon.container-relayed", "container", container, "port", label, "device", rule.device());
        }
        boolean service = port.owner().engine().equals(Owner.Container.KUBERNETES);
        return Message.of(
                service ? "kubernetes.asks" : "daemon.container-asks",
                "container",
                container,
                "port",
                label,
                "here",
                port.mapping().target().port());
    }

    /** Tells how the mappings stand; not while the state file does not have yet what engines told. */
    void report(Keeper keeper, StateStore store) {
        if (!due && controller.reports().isPresent() && store.load() instanceof Result.Ok<Snapshot>(Snapshot now)) {
            controller.reports().get().accept(ContainerReportBuilder.of(heard, applied.refusals(), now, keeper));
        }
    }

    void stop() {
        controller.stop();
    }
}
