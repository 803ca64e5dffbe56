package dev.ajar.cli.hint;

import dev.ajar.doctor.HostProbe;
import dev.ajar.doctor.RouterPages;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import dev.ajar.system.host.HostInspector;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which rule of this machine stands between ajar and the router, where none was found: the doctor's words. */
public final class RouterHints {
    private RouterHints() {}

    /** The exact command is said to those who may read the rules. */
    public static List<Message> of(Failure failure, HostProbe machine) {
        boolean keptIn = failure instanceof Failure.KeptIn;
        boolean none = failure instanceof Failure.NoGateway;
        Optional<InetAddress> router = keptIn || none ? machine.home().flatMap(LocalRoute::gateway) : Optional.empty();
        return router.flatMap(gateway -> rule(failure, keptIn, gateway, machine.host())).stream()
                .toList();
    }

    private static Optional<Message> rule(Failure failure, boolean keptIn, InetAddress gateway, HostInspector host) {
        Set<Port> pages = RouterPages.unread(failure, gateway);
        boolean asked = keptIn || !pages.isEmpty();
        if (asked && host.questionsTo(gateway, pages) instanceof FirewallState.Closed(var firewall, var command)) {
            Message next = Message.of("doctor.own-firewall-keeps-in-by", "firewall", firewall, "command", command);
            return Optional.of(keptIn ? next : said(Message.of("doctor.own-firewall-keeps-in"), next));
        }
        return !keptIn && host.answersOf(gateway, pages) instanceof FirewallState.Closed(var firewall, var command)
                ? Optional.of(said(
                        Message.of("doctor.own-firewall-keeps-out", "firewall", firewall),
                        Message.of("doctor.own-firewall-keeps-out-next", "command", command)))
                : Optional.empty();
    }

    private static Message said(Message found, Message next) {
        return Message.of("answers.found-and-next", "found", found, "next", next);
    }
}
