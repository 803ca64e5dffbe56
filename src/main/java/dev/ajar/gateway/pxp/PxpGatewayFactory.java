package dev.ajar.gateway.pxp;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.model.GatewayId;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NeighbourTable;
import dev.ajar.system.Timeline;
import dev.ajar.system.udp.DatagramPorts;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes gateways of the two protocols for an address, without asking that address anything. */
public final class PxpGatewayFactory {
    /** The port both protocols' servers listen on. */
    public static final int SERVER_PORT = 5351;

    private final PxpExchange exchange;
    private final NeighbourTable neighbours;
    private final Timeline timeline;
    private final RandomGenerator nonces;

    /** @param nonces unpredictable: a nonce is the only key to a PCP mapping */
    public PxpGatewayFactory(
            DatagramPorts ports, int serverPort, Timeline timeline, RandomGenerator nonces, NeighbourTable neighbours) {
        this.neighbours = neighbours;
        this.exchange = new PxpExchange(ports, serverPort);
        this.timeline = timeline;
        this.nonces = nonces;
    }

    PxpExchange exchange() {
        return exchange;
    }

    /** A PCP request that changes nothing. */
    byte[] harmlessRequest(InetAddress client) {
        byte[] nonce = new byte[PcpNonce.BYTES];
        nonces.nextBytes(nonce);
        return PcpCodec.harmlessRequest(client, PcpNonce.of(nonce));
    }

    /** @param method one of {@link PxpProtocols} */
    public Gateway create(MappingProtocol method, LocalRoute route, InetAddress address) {
        return create(method, route, address, Optional.empty());
    }

    /** @param told what the server has just said of its address on the internet side */
    Gateway create(MappingProtocol method, LocalRoute route, InetAddress address, Optional<NatPmpReply.Address> told) {
        boolean pcp = method.equals(PxpProtocols.PCP);
        GatewayInfo info = new GatewayInfo(
                new GatewayId(method, address, neighbours.card(address).orElse("")),
                route,
                method.title(),
                RouterText.EMPTY,
                RouterText.EMPTY,
                Optional.empty(),
                pcp ? Set.of(Capability.MAY_SERVE_OTHERS, Capability.MAY_FILTER) : Set.of());
        return pcp
                ? new PcpGateway(info, exchange, timeline, told, nonces)
                : new NatPmpGateway(info, exchange, timeline, told, nonces);
    }
}
