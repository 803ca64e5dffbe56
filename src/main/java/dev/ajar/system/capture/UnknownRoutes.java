package dev.ajar.system.capture;

import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.RouteEntry;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The ways of answers where the route program does not tell them. */
final class UnknownRoutes {
    private UnknownRoutes() {}

    /**
     * Where no rule ever chose a table, the kernel's own choice of an address shows the way of everything. An address
     * whose way is not known is told as such.
     */
    static Map<InetAddress, KernelRoute> answers(Machine plain, boolean mayHaveRules) {
        Map<InetAddress, KernelRoute> answers = new HashMap<>();
        for (OwnAddress own : plain.addresses()) {
            if (PlainPicture.mayAnswer(plain, own)) {
                KernelRoute known = plain.answers().getOrDefault(own.address(), new KernelRoute.CannotBeTold());
                answers.put(own.address(), own.ipVersion() == IpVersion.IPV4 ? ipv4(plain, mayHaveRules) : known);
            }
        }
        return answers;
    }

    private static KernelRoute ipv4(Machine plain, boolean mayHaveRules) {
        KernelRoute way = plain.way(Machine.friend(IpVersion.IPV4));
        return switch (way) {
            case KernelRoute.Known known
            when !mayHaveRules && !hasUnnumbered(plain) ->
                new KernelRoute.Known(known.source(), known.interfaceName(), nextHop(plain, known.interfaceName()));
            case KernelRoute.Known ignored -> new KernelRoute.CannotBeTold();
            case KernelRoute.Unreachable ignored -> mayHaveRules ? new KernelRoute.CannotBeTold() : way;
            case KernelRoute.CannotBeTold ignored -> way;
        };
    }

    /** What leaves by a tunnel without an address has the address of another link. */
    private static boolean hasUnnumbered(Machine plain) {
        for (Link link : plain.links()) {
            if (link.up()
                    && link.kind().isTunnel()
                    && plain.addresses(link.name(), IpVersion.IPV4).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<InetAddress> nextHop(Machine plain, String interfaceName) {
        for (RouteEntry route : plain.routes()) {
            if (route.ipVersion() == IpVersion.IPV4
                    && route.isDefault()
                    && route.interfaceName().equals(interfaceName)
                    && route.gateway().isPresent()) {
                return route.gateway();
            }
        }
        return Optional.empty();
    }
}
