package dev.ajar.keeper;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One history of restarts from one seed: up to three close together, also while mappings are opened, announced or not,
 * with a counter that may be wrong, in one protocol or all three, and with ajar killed in between. Half a minute after
 * the last one nothing may be called open that is not, by UPnP a minute after it; and soon all is open again.
 */
final class RestartStorm {
    private static final int[] PORTS = {1, 3, 20, 60, 120, 200};
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration UPNP_SOON = Duration.ofSeconds(60);

    /** Without a further grant, a restart that waits for one does not come. */
    private static final Duration NO_GRANT = Duration.ofMinutes(3);

    /**
     * Without the one that is right until it wraps: it shows no restart before that, and neither does anything else.
     */
    private static final List<SimRouter.Counter> WRONG = List.of(
            SimRouter.Counter.STANDS_STILL,
            SimRouter.Counter.RUNS_BACKWARDS,
            SimRouter.Counter.RUNS_FAST,
            SimRouter.Counter.JUMPS);

    private final Random random;
    private final SimWorld world;
    private final List<MappingProtocol> methods;
    private final boolean each;
    private final Announcing announcing;
    private final String about;
    private final List<String> happened = new ArrayList<>();
    private int wanted;

    /** What becomes of the router's announcements. */
    private enum Announcing {
        ALL,
        SOME_LOST,
        NONE
    }

    RestartStorm(long seed) {
        random = new Random(seed);
        methods = methods();
        each = methods.size() > 1 && random.nextBoolean();
        world = new SimWorld(seed, Set.copyOf(methods));
        announcing = Announcing.values()[random.nextInt(Announcing.values().length)];
        SimRouter.Counter counter =
                random.nextBoolean() ? SimRouter.Counter.STEADY : WRONG.get(random.nextInt(WRONG.size()));
        world.router.counts(counter);
        int ports = PORTS[random.nextInt(PORTS.length)];
        about = "seed %d: %s%s, %s, announcements %s, %d ports"
                .formatted(seed, methods, each ? " each" : "", counter, announcing, ports);
        want(ports);
    }

    private List<MappingProtocol> methods() {
        return switch (random.nextInt(5)) {
            case 0 -> List.of(PxpProtocols.PCP);
            case 1 -> List.of(PxpProtocols.NAT_PMP);
            case 2 -> List.of(UpnpProtocol.UPNP);
            default -> List.copyOf(Samples.PROTOCOLS.all());
        };
    }

    private void want(int ports) {
        for (int i = 0; i < ports; i++) {
            GatewaySelector selection = each
                    ? new GatewaySelector(
                            ProtocolChoice.only(methods.get(wanted % methods.size())),
                            Optional.empty(),
                            Optional.empty())
                    : GatewaySelector.AUTO;
            world.want(20_000 + wanted++, Duration.ofHours(2), selection);
        }
    }

    /** @return what went wrong; empty if nothing did */
    Optional<String> run() {
        int episodes = 2 + random.nextInt(3);
        for (int i = 0; i < episodes; i++) {
            if (random.nextInt(4) == 0) {
                happened.add("killed");
                world.restart();
            }
            episode();
            Optional<String> wrong = wrong();
            if (wrong.isPresent()) {
                return wrong.map(what -> about + ", " + happened + ": " + what);
            }
            world.runTicking(Duration.ofSeconds(random.nextInt(3) * 200L));
        }
        return Optional.empty();
    }

    private void episode() {
        SimInbox inbox = new SimInbox(world.clock);
        Duration at = world.clock.elapsed();
        int restarts = 1 + random.nextInt(3);
        for (int i = 0; i < restarts; i++) {
            at = at.plusMillis(new int[] {50, 300, 1_500, 4_000, 20_000}[random.nextInt(5)]);
            schedule(inbox, at);
        }
        Duration begun = world.clock.elapsed();
        int[] announced = {world.router.restarts};
        for (int i = 1; i < 240; i++) {
            inbox.at(begun.plusMillis(i * 1_003L), () -> announce(inbox, announced));
        }
        Duration last = at;
        world.runTicking(inbox, next -> {
            Duration now = world.clock.elapsed();
            if (now.compareTo(last.plus(NO_GRANT)) > 0) {
                world.router.restartsNoMore();
            }
            return now.compareTo(last) > 0 && !world.router.willRestart() && now.compareTo(calm()) >= 0;
        });
    }

    private Duration calm() {
        return world.router.bootedAt.plus(methods.contains(UpnpProtocol.UPNP) ? UPNP_SOON : SOON);
    }

    private void schedule(SimInbox inbox, Duration at) {
        int which = random.nextInt(4);
        Duration away = Duration.ofMillis(random.nextInt(3) * 700L);
        long grants = 1L + random.nextInt(Math.max(1, wanted));
        Duration delay = Duration.ofMillis(random.nextInt(100));
        happened.add("%s at %s"
                .formatted(List.of("restart", "two", "while opening", "more").get(which), at));
        inbox.at(at, () -> {
            switch (which) {
                case 0 -> world.router.reboot(away);
                case 1 -> {
                    world.router.restartAfter(grants, delay);
                    world.router.reboot(away);
                }
                case 2 -> world.router.restartAfter(grants, delay);
                default -> {
                    if (wanted < 220) {
                        want(20);
                    }
                    world.router.restartAfter(1 + grants % 20, delay);
                }
            }
        });
    }

    private void announce(SimInbox inbox, int[] announced) {
        if (announced[0] == world.router.restarts || !world.router.isUp()) {
            return;
        }
        announced[0] = world.router.restarts;
        boolean heard = switch (announcing) {
            case ALL -> true;
            case SOME_LOST -> random.nextBoolean();
            case NONE -> false;
        };
        if (heard) {
            inbox.add(() -> world.keeper().onAnnouncement(Samples.GATEWAY));
        }
    }

    private Optional<String> wrong() {
        long falselyOpen = world.keeper().tracked().stream()
                .filter(one -> one.state() instanceof MappingState.Active && !world.isUp(one.desired()))
                .count();
        if (falselyOpen > 0) {
            return Optional.of(falselyOpen + " called open and not on the router");
        }
        world.runTicking(Duration.ofSeconds(90));
        return world.allUp() ? Optional.empty() : Optional.of("not open again");
    }
}
