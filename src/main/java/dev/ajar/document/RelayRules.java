package dev.ajar.document;

import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one {@code ajar relay} for all ports that a router opens for the asking device alone, such as
 * {@code 3074-3075:192.168.1.30 9308:192.168.1.30/udp}.
 */
public final class RelayRules {
    private RelayRules() {}

    /** Empty where the router refused no port for that reason. */
    public static Optional<String> of(OpenResult result) {
        List<Mapping> refused = result.ports().stream()
                .filter(RelayRules::isRefusedForOthers)
                .map(OpenedPort::wanted)
                .toList();
        return refused.isEmpty() ? Optional.empty() : Optional.of(of(refused));
    }

    private static boolean isRefusedForOthers(OpenedPort port) {
        return port.failure()
                .map(failure -> failure instanceof Failure.LeftOpen left ? left.cause() : failure)
                .filter(Failure.ForeignHostRefused.class::isInstance)
                .isPresent();
    }

    private static String of(List<Mapping> mappings) {
        List<String> rules = new ArrayList<>();
        Mapping first = mappings.getFirst();
        Mapping last = first;
        for (Mapping next : mappings.subList(1, mappings.size())) {
            if (!follows(last, next)) {
                rules.add(rule(first, last));
                first = next;
            }
            last = next;
        }
        rules.add(rule(first, last));
        return String.join(" ", rules);
    }

    private static boolean follows(Mapping before, Mapping after) {
        return before.protocol() == after.protocol()
                && address(before).equals(address(after))
                && isNext(before.externalPort(), after.externalPort())
                && isNext(before.target().port(), after.target().port());
    }

    private static boolean isNext(Port before, Port after) {
        return after.number() == before.number() + 1;
    }

    private static String rule(Mapping first, Mapping last) {
        String external = Port.range(first.externalPort(), last.externalPort());
        String there = Port.range(first.target().port(), last.target().port());
        return external
                + ":"
                + address(first)
                + (there.equals(external) ? "" : ":" + there)
                + (first.protocol() == TransportProtocol.UDP ? "/udp" : "");
    }

    private static String address(Mapping mapping) {
        return mapping.target() instanceof Target.OtherHost(var client, var ignored)
                ? Addresses.text(client)
                : mapping.target().toString();
    }
}
