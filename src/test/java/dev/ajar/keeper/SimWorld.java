package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.keeper.decision.RunSchedule;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.StateStore;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A simulated machine with its network and router, on one thread and from one seed. */
final class SimWorld {
    final SimClock clock;
    final Random random;
    final SimRouter router;
    final SimNetwork network;
    final SimDisk disk = new SimDisk();
    final List<KeeperEvent> events = new ArrayList<>();
    private final UnaryOperator<GatewaySource> gatewayChange;
    private final UnaryOperator<StateStore> storeChange;
    private final List<DesiredMapping> desiredMappings = new ArrayList<>();
    private Keeper keeper;

    SimWorld(long seed, Set<MappingProtocol> speaks) {
        this(seed, speaks, UnaryOperator.identity(), UnaryOperator.identity());
    }

    SimWorld(
            long seed,
            Set<MappingProtocol> speaks,
            UnaryOperator<GatewaySource> gatewayChange,
            UnaryOperator<StateStore> storeChange) {
        this(seed, new SimClock(), speaks, gatewayChange, storeChange);
    }

    /**
     * @param gatewayChange changes the gateways that the keeper sees, to plant a fault
     * @param storeChange changes its state store, to plant a fault
     */
    SimWorld(
            long seed,
            SimClock clock,
            Set<MappingProtocol> speaks,
            UnaryOperator<GatewaySource> gatewayChange,
            UnaryOperator<StateStore> storeChange) {
        this.clock = clock;
        this.random = new Random(seed);
        this.router = new SimRouter(clock, random, speaks);
        this.network = new SimNetwork(router);
        this.gatewayChange = gatewayChange;
        this.storeChange = storeChange;
        this.keeper = newKeeper();
    }

    /** A router with one protocol, and two ports that have just been opened. */
    static SimWorld withTwoPorts(MappingProtocol method) {
        SimWorld world = new SimWorld(7, Set.of(method));
        world.want(25565, Duration.ofHours(1));
        world.want(25566, Duration.ofHours(2));
        assertThat(world.untilAllUp(Duration.ofSeconds(10))).isLessThan(Duration.ofSeconds(5));
        return world;
    }

    /** The number of events of a kind. */
    long count(Class<? extends KeeperEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    private Keeper newKeeper() {
        return new Keeper(
                gatewayChange.apply(network),
                network,
                new KeeperStore(storeChange.apply(disk), events::add),
                clock,
                clock,
                random,
                OwnerScope.ofAllOwners(launch -> false),
                events::add);
    }

    Keeper keeper() {
        return keeper;
    }

    /** The router announces itself after a while; lost if the machine is off the network then. */
    void announceAfter(Duration delay) {
        clock.advance(delay);
        keeper.onAnnouncement(Samples.GATEWAY);
    }

    /** Kills the process and starts it again. */
    void restart() {
        keeper = newKeeper();
    }

    void want(int port, Duration lease) {
        want(port, lease, GatewaySelector.AUTO);
    }

    void want(int port, Duration lease, GatewaySelector selection) {
        want(port, lease, selection, Optional.empty());
    }

    /** A mapping that the user wants for that time. */
    void wantFor(int port, Duration lease, Duration stay) {
        want(port, lease, GatewaySelector.AUTO, Optional.of(clock.instant().plus(stay)));
    }

    private void want(int port, Duration lease, GatewaySelector selection, Optional<Instant> until) {
        DesiredMapping desired = new DesiredMapping(
                Samples.lasting(new LeaseDuration.Finite(lease), Samples.tcp(port)),
                selection,
                new Owner.User(),
                clock.instant(),
                until);
        desiredMappings.add(desired);
        disk.save(disk.written().with(desired));
    }

    List<DesiredMapping> desiredMappings() {
        return desiredMappings;
    }

    void foreign(int port) {
        router.table.put(
                new SimRouter.Key(TransportProtocol.TCP, new Port(port)),
                new SimRouter.Entry(
                        new Endpoint(Samples.NEIGHBOUR, new Port(port)), "Camera", Optional.empty(), "", true));
    }

    /** Whether the router forwards the port to this machine's current address. */
    boolean isUp(DesiredMapping desired) {
        SimRouter.Key key = new SimRouter.Key(desired.protocol(), desired.externalPort());
        Endpoint here = new Endpoint(network.local(), desired.mapping().target().port());
        return router.at(key)
                .filter(entry -> !entry.foreign() && entry.internal().equals(here))
                .isPresent();
    }

    boolean allUp() {
        return desiredMappings.stream().allMatch(this::isUp);
    }

    /** Runs until {@code end}, and calls {@code between} whenever time has passed. */
    void runUntil(Duration end, Runnable between) {
        while (clock.elapsed().compareTo(end) < 0) {
            Duration next = keeper.pass();
            between.run();
            Duration now = clock.elapsed();
            Duration soonest = now.plusMillis(1);
            Duration wake = next.compareTo(soonest) > 0 ? next : soonest;
            clock.advanceTo(wake.compareTo(end) < 0 ? wake : end);
            between.run();
        }
    }

    void run(Duration time) {
        runUntil(clock.elapsed().plus(time), () -> {});
    }

    /** Like {@link #run}, but in the real loop, which also checks the network and the state file. */
    void runTicking(Duration time) {
        Duration end = clock.elapsed().plus(time);
        runTicking(new SimInbox(clock), next -> clock.elapsed().compareTo(end) >= 0);
    }

    /** The same with what happens meanwhile. */
    void runTicking(SimInbox inbox, KeeperLoop.End end) {
        int[] seen = {disk.saves()};
        KeeperLoop loop = new KeeperLoop(keeper, clock, inbox, () -> {
            int before = seen[0];
            seen[0] = disk.saves();
            return before != seen[0];
        });
        loop.run(end, bug -> {
            throw bug;
        });
    }

    /** A run of {@code ajar renew}: a new process makes one pass, and a few more if it has to wait. */
    void runOnce(RunSchedule schedule) {
        restart();
        keeper.forRuns(schedule);
        KeeperLoop loop = new KeeperLoop(keeper, clock, new SimInbox(clock), () -> false);
        loop.run(KeeperLoop.End.whenSettled(keeper, clock, Duration.ofSeconds(30), Duration.ofMinutes(2)), bug -> {
            throw bug;
        });
    }

    /** How long it takes until all mappings are open, at most {@code limit}. */
    Duration untilAllUp(Duration limit) {
        Duration begin = clock.elapsed();
        while (!allUp() && clock.elapsed().minus(begin).compareTo(limit) < 0) {
            Duration next = keeper.pass();
            Duration tick = clock.elapsed().plus(KeeperLoop.TICK);
            Duration wake = next.compareTo(tick) < 0 ? next : tick;
            Duration soonest = clock.elapsed().plusMillis(1);
            if (!allUp()) {
                clock.advanceTo(wake.compareTo(soonest) > 0 ? wake : soonest);
            }
        }
        return clock.elapsed().minus(begin);
    }
}
