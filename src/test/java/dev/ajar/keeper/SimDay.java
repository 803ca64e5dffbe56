package dev.ajar.keeper;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.MappingProtocol;
import dev.ajar.state.StateStore;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One simulated day from one seed, with invariants that must hold at every moment. */
final class SimDay {
    private static final Duration REST = Duration.ofHours(4);
    /**
     * Five mappings, each looked for and closed at a former address of this machine, and made anew. Searches count,
     * too.
     */
    private static final int MOST_IN_A_SECOND = 25;

    private static final long MOST_IN_A_DAY = 60_000;

    private final long seed;
    private final List<SimFault> faults;
    private final UnaryOperator<GatewaySource> gatewayChange;
    private final UnaryOperator<StateStore> storeChange;

    /** @param down the total time during which not all mappings were open */
    record DayResult(Optional<String> violation, long requests, Duration down) {}

    SimDay(long seed) {
        this(seed, SimFault.draw(new Random(seed)), UnaryOperator.identity(), UnaryOperator.identity());
    }

    SimDay(
            long seed,
            List<SimFault> faults,
            UnaryOperator<GatewaySource> gatewayChange,
            UnaryOperator<StateStore> storeChange) {
        this.seed = seed;
        this.faults = List.copyOf(faults);
        this.gatewayChange = gatewayChange;
        this.storeChange = storeChange;
    }

    SimDay withGateways(UnaryOperator<GatewaySource> gateways) {
        return new SimDay(seed, faults, gateways, storeChange);
    }

    SimDay withStore(UnaryOperator<StateStore> store) {
        return new SimDay(seed, faults, gatewayChange, store);
    }

    private record Moment(Duration at, SimFault fault, boolean begins) {}

    DayResult run() {
        Random random = new Random(seed);
        Set<MappingProtocol> speaks = speaks(random);
        SimWorld world = new SimWorld(seed, speaks, gatewayChange, storeChange);
        int desiredMappings = 1 + random.nextInt(5);
        for (int i = 0; i < desiredMappings; i++) {
            world.want(20_000 + i, Duration.ofMinutes(new int[] {20, 60, 120}[random.nextInt(3)]));
        }
        Checker checker = new Checker(world);
        Duration begin = world.clock.elapsed();
        checker.calm(begin.plusSeconds(30));
        for (Moment moment : moments(begin)) {
            world.runUntil(moment.at(), checker::check);
            if (moment.begins()) {
                moment.fault().begin(world);
            } else {
                moment.fault().end(world);
            }
            // After a sleep, the later faults happen later than drawn.
            Duration lasts = moment.begins() ? moment.fault().lasts() : Duration.ZERO;
            checker.calm(world.clock.elapsed().plus(lasts).plus(moment.fault().slack(world)));
            // The real loop checks every five seconds, so it notices a fault with a delay.
            world.clock.advance(Duration.ofMillis(random.nextInt(5000)));
        }
        world.runUntil(world.clock.elapsed().plus(REST), checker::check);
        checker.checkEnd();
        return new DayResult(checker.violation, world.router.requests, checker.down);
    }

    private static Set<MappingProtocol> speaks(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Set.of(PxpProtocols.PCP);
            case 1 -> Set.of(PxpProtocols.NAT_PMP);
            case 2 -> Set.copyOf(Samples.PROTOCOLS.all());
            default -> Set.of(UpnpProtocol.UPNP);
        };
    }

    private List<Moment> moments(Duration begin) {
        List<Moment> moments = new ArrayList<>();
        for (SimFault fault : faults) {
            moments.add(new Moment(begin.plus(fault.at()), fault, true));
            moments.add(new Moment(begin.plus(fault.end()), fault, false));
        }
        moments.sort(Comparator.comparing(Moment::at));
        return moments;
    }

    /** A smallest list of its faults with which the day still fails. */
    List<SimFault> shrunk() {
        List<SimFault> fewest = faults;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int i = 0; i < fewest.size(); i++) {
                List<SimFault> fewer = new ArrayList<>(fewest);
                fewer.remove(i);
                SimDay day = new SimDay(seed, fewer, gatewayChange, storeChange);
                if (day.run().violation().isPresent()) {
                    fewest = fewer;
                    smaller = true;
                    break;
                }
            }
        }
        return fewest;
    }

    private static final class Checker {
        private final SimWorld world;
        private Duration calmFrom = Duration.ZERO;
        private Duration last;
        private Duration down = Duration.ZERO;
        private Optional<String> violation = Optional.empty();

        Checker(SimWorld world) {
            this.world = world;
            this.last = world.clock.elapsed();
        }

        /** From this moment on, all mappings must be open, unless another fault comes. */
        void calm(Duration from) {
            calmFrom = from.compareTo(calmFrom) > 0 ? from : calmFrom;
        }

        private void fail(String what) {
            if (violation.isEmpty()) {
                violation = Optional.of("at " + world.clock.elapsed() + ": " + what);
            }
        }

        void check() {
            Duration now = world.clock.elapsed();
            boolean up = world.allUp();
            if (!up) {
                down = down.plus(now.minus(last));
            }
            last = now;
            if (!up && now.compareTo(calmFrom) > 0) {
                fail("not open, although there has been no fault since " + calmFrom);
            }
            if (!world.router.violations.isEmpty()) {
                fail(world.router.violations.getFirst());
            }
            if (world.router.mostInASecond > MOST_IN_A_SECOND) {
                fail(world.router.mostInASecond + " requests in a second");
            }
        }

        void checkEnd() {
            check();
            if (world.router.requests > MOST_IN_A_DAY) {
                fail(world.router.requests + " requests in a day");
            }
            if (world.router.ours() > world.desiredMappings().size()) {
                fail("left behind: " + world.router.table);
            }
            boolean known = world.disk.written().mappingRecords().size() >= world.router.ours();
            if (!known) {
                fail("open and not in the state file: " + world.router.table);
            }
        }
    }
}
