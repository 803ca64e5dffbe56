package dev.ajar.cli.hint;

import dev.ajar.doctor.HostProbe;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import dev.ajar.system.host.HostInspector;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Which rule of this machine stands between ajar and the router, where none was found: the doctor's words. */
public final class RouterHints {
    private RouterHints() {}

    /** The exact command is said to those who may read the rules. */
    public static List<Message> of(Failure failure, HostProbe machine) {
        boolean keptIn = failure instanceof Failure.KeptIn;
        boolean none = failure instanceof Failure.NoGateway;
        Optional<InetAddress> router = keptIn || none ? machine.home().flatMap(LocalRoute::gateway) : Optional.empty();
        return router.flatMap(gateway -> rule(keptIn, gateway, machine.host())).stream()
                .toList();
    }

    private static Optional<Message> rule(boolean keptIn, InetAddress gateway, HostInspector host) {
        FirewallState state = keptIn ? host.questionsTo(gateway) : host.answersOf(gateway);
        if (!(state instanceof FirewallState.Closed(var firewall, var command))) {
            return Optional.empty();
        }
        return Optional.of(
                keptIn
                        ? Message.of("doctor.own-firewall-keeps-in-by", "firewall", firewall, "command", command)
                        : Message.of(
                                "answers.found-and-next",
                                "found",
                                Message.of("doctor.own-firewall-keeps-out", "firewall", firewall),
                                "next",
                                Message.of("doctor.own-firewall-keeps-out-next", "command", command)));
    }
}
