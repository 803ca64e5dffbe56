package dev.ajar.gateway.pxp;

import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.ReceiveResult;
import dev.ajar.system.udp.SendResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks one address, in one go, whether it speaks PCP or NAT-PMP: an ANNOUNCE and a question for the address. */
public final class PxpFinder implements GatewayFinder {
    private static final Set<MappingProtocol> METHODS = Set.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP);

    /** After NAT-PMP has answered, how long PCP may still make itself heard. */
    private static final Duration GRACE = Duration.ofMillis(60);

    /** After PCP has: some servers of both refuse in one protocol what they grant in the other. */
    private static final Duration SHORT_GRACE = Duration.ofMillis(25);

    private final PxpExchange exchange;
    private final PxpGatewayFactory gateways;

    public PxpFinder(PxpGatewayFactory gateways) {
        this.gateways = gateways;
        this.exchange = gateways.exchange();
    }

    @Override
    public Set<MappingProtocol> methods() {
        return METHODS;
    }

    @Override
    public DiscoveryResult find(SearchScope scope, Deadline deadline) {
        Set<MappingProtocol> wanted = METHODS.stream().filter(scope::allows).collect(Collectors.toSet());
        if (scope.gateway().isEmpty() || wanted.isEmpty()) {
            return DiscoveryResult.NOTHING;
        }
        InetAddress gateway = scope.gateway().get();
        PxpProbe probe = new PxpProbe(wanted);
        return switch (exchange.open(scope.route(), gateway)) {
            case Result.Err<DatagramPort>(Failure failure) ->
                report(scope, gateway, probe, ProbeAttempt.ProbeOutcome.UNREACHABLE, failure.detail());
            case Result.Ok<DatagramPort>(DatagramPort port) -> {
                try (port) {
                    yield probe(scope, gateway, port, probe, deadline);
                }
            }
        };
    }

    private DiscoveryResult probe(
            SearchScope scope, InetAddress gateway, DatagramPort port, PxpProbe probe, Deadline deadline) {
        Duration wait = PxpExchange.FIRST_WAIT;
        Deadline end = deadline;
        boolean inTime = !deadline.hasPassed();
        // On a busy machine the time may be over by now; one question still tells whether this machine lets it out.
        do {
            boolean again = wait.compareTo(PxpExchange.FIRST_WAIT) > 0;
            boolean keptIn = ask(port, exchange.server(gateway), probe, again) == SendResult.KEPT_IN;
            if (keptIn && !again) {
                return report(scope, gateway, probe, ProbeAttempt.ProbeOutcome.KEPT_IN, Message.of("system.kept-in"));
            }
            Deadline round = end.within(wait);
            while (!round.hasPassed() && !probe.isComplete()) {
                switch (port.receive(round.remaining())) {
                    case ReceiveResult.Packet packet -> {
                        probe.hear(packet.bytes());
                        end = probe.hasAnswer() ? end.within(grace(scope, probe)) : end;
                        round = probe.hasAnswer() ? end : round;
                    }
                    case ReceiveResult.Silence ignored -> {}
                    case ReceiveResult.Unreachable unreachable -> {
                        return report(
                                scope, gateway, probe, ProbeAttempt.ProbeOutcome.UNREACHABLE, unreachable.detail());
                    }
                    case ReceiveResult.Interrupted ignored -> {
                        return report(
                                scope,
                                gateway,
                                probe,
                                ProbeAttempt.ProbeOutcome.SILENT,
                                Message.of("pxp.search-cancelled"));
                    }
                }
            }
            if (probe.isComplete()) {
                break;
            }
            wait = PxpExchange.next(wait);
        } while (!end.hasPassed());
        return inTime
                ? report(scope, gateway, probe, ProbeAttempt.ProbeOutcome.SILENT, Message.of("pxp.no-answer"))
                : report(
                        scope,
                        gateway,
                        probe,
                        ProbeAttempt.ProbeOutcome.UNFINISHED,
                        Message.of("discovery.unfinished"));
    }

    private static Duration grace(SearchScope scope, PxpProbe probe) {
        return probe.isSettled() && !scope.thorough() ? SHORT_GRACE : GRACE;
    }

    /** @param again whether it is not the first time: then a server of few words is asked in another way too */
    private SendResult ask(DatagramPort port, InetSocketAddress server, PxpProbe probe, boolean again) {
        SendResult last = SendResult.SENT;
        if (probe.wants(PxpProtocols.PCP) && !probe.isSpoken(PxpProtocols.PCP)) {
            last = port.send(PcpCodec.announceRequest(port.localAddress()), server);
            if (again) {
                last = port.send(gateways.harmlessRequest(port.localAddress()), server);
            }
        }
        if (probe.wants(PxpProtocols.NAT_PMP) && !probe.isSpoken(PxpProtocols.NAT_PMP)) {
            last = port.send(NatPmpCodec.externalAddressRequest(), server);
        }
        return last;
    }

    private DiscoveryResult report(
            SearchScope scope,
            InetAddress gateway,
            PxpProbe probe,
            ProbeAttempt.ProbeOutcome otherwise,
            Message detail) {
        List<Gateway> found = new ArrayList<>();
        List<ProbeAttempt> attempts = new ArrayList<>();
        for (MappingProtocol method : List.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP)) {
            if (!probe.wants(method)) {
                continue;
            }
            boolean natPmpOnly = method.equals(PxpProtocols.PCP) && probe.isPcpDenied();
            ProbeAttempt.ProbeOutcome outcome = otherwise;
            Message told = detail;
            if (probe.isSpoken(method)) {
                found.add(gateways.create(method, scope.route(), gateway, probe.address()));
                outcome = ProbeAttempt.ProbeOutcome.ANSWERED;
                told = Message.of("pxp.spoken");
            } else if (natPmpOnly) {
                outcome = ProbeAttempt.ProbeOutcome.REJECTED;
                told = Message.of("pxp.only-nat-pmp");
            }
            Message asked = Message.of(
                    "pxp.asked",
                    "protocol",
                    method.title(),
                    "address",
                    Addresses.text(gateway),
                    "port",
                    exchange.server(gateway).getPort());
            attempts.add(new ProbeAttempt(
                    scope.route().interfaceName(), ProbeAttempt.Stage.PROBE, method, asked, outcome, told));
        }
        return new DiscoveryResult(List.copyOf(found), List.copyOf(attempts));
    }
}
