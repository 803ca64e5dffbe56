package dev.ajar.testing;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.Addresses;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values tests share. */
public final class Samples {
    public static final InetAddress GATEWAY = ip("192.168.77.1");
    public static final InetAddress HERE = ip("192.168.77.10");
    public static final InetAddress NEIGHBOUR = ip("192.168.77.11");
    public static final LocalRoute ROUTE = new LocalRoute("eth0", HERE, 24, Optional.of(GATEWAY));

    public static final MappingProtocols PROTOCOLS =
            new MappingProtocols(List.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP, UpnpProtocol.UPNP));
    public static final MappingProtocolSyntax METHODS = new MappingProtocolSyntax(PROTOCOLS);

    private Samples() {}

    /** For parameterised tests. */
    static List<MappingProtocol> protocols() {
        return PROTOCOLS.all();
    }

    public static InetAddress ip(String text) {
        return Addresses.ipv4(text).orElseThrow();
    }

    /** The handle of a PCP mapping with that nonce. */
    public static LeaseHandle pcpHandle(String nonce) {
        return PxpProtocols.PCP.handles().read(Map.of("nonce", nonce));
    }

    public static LeaseHandle natPmpHandle() {
        return PxpProtocols.NAT_PMP.handles().read(Map.of());
    }

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    public static Mapping tcp(int port) {
        return new Mapping(
                TransportProtocol.TCP,
                new Port(port),
                PortPolicy.EXACT,
                new Target.ThisHost(new Port(port)),
                LeaseDuration.ofSeconds(3600),
                "ajar " + port + " tcp");
    }

    public static Mapping anyPort(Mapping mapping) {
        return new Mapping(
                mapping.protocol(),
                mapping.externalPort(),
                PortPolicy.ANY_FREE,
                mapping.target(),
                mapping.lease(),
                mapping.description());
    }

    public static Mapping to(InetAddress client, Mapping mapping) {
        return new Mapping(
                mapping.protocol(),
                mapping.externalPort(),
                mapping.portPolicy(),
                new Target.OtherHost(client, mapping.target().port()),
                mapping.lease(),
                mapping.description());
    }

    public static Mapping lasting(LeaseDuration lease, Mapping mapping) {
        return new Mapping(
                mapping.protocol(),
                mapping.externalPort(),
                mapping.portPolicy(),
                mapping.target(),
                lease,
                mapping.description());
    }
}
