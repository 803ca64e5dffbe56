package dev.ajar.gateway.pxp;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Finding;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.SearchScope;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Method;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.Reception;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks one address, in one go, whether it speaks PCP or NAT-PMP: an ANNOUNCE and a question for the address. */
public final class PxpFinder implements GatewayFinder {
    private static final Set<Method> METHODS = Set.of(Method.PCP, Method.NAT_PMP);

    /** After NAT-PMP has answered, how long PCP may still make itself heard. */
    private static final Duration GRACE = Duration.ofMillis(60);

    /** After PCP has: NAT-PMP is worth having beside it, since some servers of both refuse in one what they grant in the other. */
    private static final Duration SHORT_GRACE = Duration.ofMillis(25);

    private final PxpExchange exchange;
    private final PxpGateways gateways;

    public PxpFinder(PxpGateways gateways) {
        this.gateways = gateways;
        this.exchange = gateways.exchange();
    }

    @Override
    public Set<Method> methods() {
        return METHODS;
    }

    @Override
    public Finding find(SearchScope scope, Deadline deadline) {
        if (scope.gateway().isEmpty() || METHODS.stream().noneMatch(scope.methods()::contains)) {
            return Finding.NOTHING;
        }
        InetAddress gateway = scope.gateway().get();
        PxpProbe probe = new PxpProbe(scope.methods());
        return switch (exchange.open(scope.route(), gateway)) {
            case Result.Err<DatagramPort>(Failure failure) ->
                report(scope, gateway, probe, Attempt.Outcome.UNREACHABLE, failure.detail());
            case Result.Ok<DatagramPort>(DatagramPort port) -> {
                try (port) {
                    yield probe(scope, gateway, port, probe, deadline);
                }
            }
        };
    }

    private Finding probe(
            SearchScope scope, InetAddress gateway, DatagramPort port, PxpProbe probe, Deadline deadline) {
        Duration wait = PxpExchange.FIRST_WAIT;
        Deadline end = deadline;
        while (!end.hasPassed()) {
            boolean again = wait.compareTo(PxpExchange.FIRST_WAIT) > 0;
            ask(port, exchange.server(gateway), probe, again);
            Deadline round = end.within(wait);
            while (!round.hasPassed() && !probe.isComplete()) {
                switch (port.receive(round.remaining())) {
                    case Reception.Packet packet -> {
                        probe.hear(packet.bytes());
                        end = probe.hasAnswer() ? end.within(grace(scope, probe)) : end;
                        round = probe.hasAnswer() ? end : round;
                    }
                    case Reception.Silence ignored -> {}
                    case Reception.Unreachable unreachable -> {
                        return report(scope, gateway, probe, Attempt.Outcome.UNREACHABLE, unreachable.detail());
                    }
                    case Reception.Interrupted ignored -> {
                        return report(scope, gateway, probe, Attempt.Outcome.SILENT, "the search was called off");
                    }
                }
            }
            if (probe.isComplete()) {
                break;
            }
            wait = PxpExchange.next(wait);
        }
        return report(scope, gateway, probe, Attempt.Outcome.SILENT, "no answer");
    }

    private static Duration grace(SearchScope scope, PxpProbe probe) {
        return probe.isSettled() && !scope.thorough() ? SHORT_GRACE : GRACE;
    }

    /** @param again whether it is not the first time: then a server of few words is asked in another way too */
    private void ask(DatagramPort port, InetSocketAddress server, PxpProbe probe, boolean again) {
        if (probe.wants(Method.PCP) && !probe.isSpoken(Method.PCP)) {
            port.send(PcpCodec.announceRequest(port.localAddress()), server);
            if (again) {
                port.send(gateways.harmlessRequest(port.localAddress()), server);
            }
        }
        if (probe.wants(Method.NAT_PMP) && !probe.isSpoken(Method.NAT_PMP)) {
            port.send(NatPmpCodec.externalAddressRequest(), server);
        }
    }

    private Finding report(
            SearchScope scope, InetAddress gateway, PxpProbe probe, Attempt.Outcome otherwise, String detail) {
        List<Gateway> found = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        for (Method method : List.of(Method.PCP, Method.NAT_PMP)) {
            if (!probe.wants(method)) {
                continue;
            }
            String asked = method.title()
                    + " "
                    + Addresses.text(gateway)
                    + " port "
                    + exchange.server(gateway).getPort();
            String interfaceName = scope.route().interfaceName();
            if (probe.isSpoken(method)) {
                found.add(gateways.create(method, scope.route(), gateway));
                attempts.add(new Attempt(interfaceName, method.title(), asked, Attempt.Outcome.ANSWERED, "spoken"));
            } else if (method == Method.PCP && probe.isPcpDenied()) {
                attempts.add(new Attempt(
                        interfaceName, method.title(), asked, Attempt.Outcome.REJECTED, "only NAT-PMP is spoken"));
            } else {
                attempts.add(new Attempt(interfaceName, method.title(), asked, otherwise, detail));
            }
        }
        return new Finding(List.copyOf(found), List.copyOf(attempts));
    }
}
