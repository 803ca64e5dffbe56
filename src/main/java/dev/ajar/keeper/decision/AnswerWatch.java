package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Target;
import dev.ajar.state.DesiredMapping;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.machine.AnswerRoute;
import java.util.Collection;
import java.util.Optional;

/** Notices when what this machine answers to friends over IPv4 leaves by a VPN or another way, and no longer. */
final class AnswerWatch {
    private final NetworkView network;
    private Optional<AnswerRoute.OfAll> astray = Optional.empty();

    AnswerWatch(NetworkView network) {
        this.network = network;
    }

    /** What has changed since the last call, where friends are to reach this machine and it has a network at home. */
    Optional<KeeperEvent> changed(Collection<TrackedMapping> tracked) {
        Optional<LocalRoute> home = network.routes().stream().findFirst();
        if (home.isEmpty() || tracked.stream().map(TrackedMapping::desired).noneMatch(AnswerWatch::isOpenHere)) {
            return Optional.empty();
        }
        Optional<AnswerRoute.OfAll> now = home.flatMap(this::astray);
        if (now.equals(astray)) {
            return Optional.empty();
        }
        astray = now;
        return Optional.of(now.<KeeperEvent>map(way -> new KeeperEvent.AnswersLost(by(way)))
                .orElseGet(KeeperEvent.AnswersBack::new));
    }

    private static boolean isOpenHere(DesiredMapping desired) {
        return desired.selection().ipVersion() == IpVersion.IPV4
                && desired.mapping().target() instanceof Target.ThisHost;
    }

    /** What only some answers take is for the commands to explain. */
    private Optional<AnswerRoute.OfAll> astray(LocalRoute home) {
        return network.machine(IpVersion.IPV4).detour(home.localAddress(), home.gateway(), Optional.empty()).stream()
                .filter(AnswerRoute.OfAll.class::isInstance)
                .map(AnswerRoute.OfAll.class::cast)
                .findFirst();
    }

    private static Optional<String> by(AnswerRoute.OfAll way) {
        return switch (way) {
            case AnswerRoute.ByTunnel(String name) -> Optional.of(name);
            case AnswerRoute.ByOtherLink(String name) -> Optional.of(name);
            case AnswerRoute.ByOtherRouter(var router) -> Optional.of(Addresses.text(router));
            case AnswerRoute.Nowhere ignored -> Optional.empty();
        };
    }
}
