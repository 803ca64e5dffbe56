package dev.ajar.gateway.pxp;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Reachability;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the result codes of the two protocols mean to us. */
final class PxpResults {
    private static final List<String> PCP_NAMES = List.of(
            "SUCCESS",
            "UNSUPP_VERSION",
            "NOT_AUTHORIZED",
            "MALFORMED_REQUEST",
            "UNSUPP_OPCODE",
            "UNSUPP_OPTION",
            "MALFORMED_OPTION",
            "NETWORK_FAILURE",
            "NO_RESOURCES",
            "UNSUPP_PROTOCOL",
            "USER_EX_QUOTA",
            "CANNOT_PROVIDE_EXTERNAL",
            "ADDRESS_MISMATCH",
            "EXCESSIVE_REMOTE_PEERS");
    private static final List<String> NAT_PMP_NAMES = List.of(
            "Success",
            "Unsupported Version",
            "Not Authorized/Refused",
            "Network Failure",
            "Out of resources",
            "Unsupported opcode");

    private PxpResults() {}

    /** RFC 6886 section 3.5. */
    static Failure natPmp(int code) {
        Optional<RouterError> error = error(MappingProtocol.NAT_PMP, code, NAT_PMP_NAMES);
        return switch (code) {
            case 1, 5 -> new Failure.Unsupported(Message.verbatim("the router's NAT-PMP does not know this request"), error);
            case 2 ->
                new Failure.Refused(Message.verbatim("the router has port forwarding by NAT-PMP switched off or forbids it"), error);
            case 3 ->
                new Failure.SecondNat(
                        Message.verbatim("the router has no public internet address: it is offline, or behind another router"), error);
            case 4 -> new Failure.NoResources(Message.verbatim("the router's list of port forwardings is full"), error);
            default -> new Failure.Malformed(Message.verbatim("the router answered with an unknown NAT-PMP result"), error);
        };
    }

    /** The device asked for is not the one that asks, and the server will not have that (RFC 6887 section 13.1). */
    static Failure notForOthers(InetAddress device, int code) {
        return new Failure.ForeignHostRefused(device, error(MappingProtocol.PCP, code, PCP_NAMES));
    }

    /** The server does not know FILTER (RFC 6887 section 13.3). */
    static Failure noFilter(int code) {
        return new Failure.Unsupported(
                Message.verbatim("the router cannot let in some addresses and keep out the others"),
                error(MappingProtocol.PCP, code, PCP_NAMES));
    }

    /**
     * RFC 6887 section 7.4. What the answer carried as external address counts: miniupnpd behind another router answers
     * NO_RESOURCES and shows its private one there.
     */
    static Failure pcp(PcpReply reply) {
        Optional<InetAddress> external = reply.externalAddress();
        Optional<RouterError> error = error(MappingProtocol.PCP, reply.result(), PCP_NAMES)
                .map(plain -> new RouterError(
                        plain.method(), plain.code(), plain.text(), Duration.ofSeconds(reply.lifetimeSeconds())));
        return switch (reply.result()) {
            case 1, 3, 4, 5, 6, 9 -> new Failure.Unsupported(Message.verbatim("the router's PCP does not know this request"), error);
            case 2 -> new Failure.Refused(Message.verbatim("the router has port forwarding by PCP switched off or forbids it"), error);
            case 7 ->
                new Failure.SecondNat(
                        Message.verbatim("the router has no public internet address: it is offline, or behind another router"), error);
            case 8, 10, 13 ->
                isBehindAnother(external)
                        ? new Failure.SecondNat(
                                Message.verbatim("the router's own internet address, "
                                        + external.orElseThrow().getHostAddress()
                                        + ", is not public, and it forwards no ports while that is so"),
                                error)
                        : new Failure.NoResources(Message.verbatim("the router has no room for another port forwarding"), error);
            case 11 -> new Failure.Conflict(Message.verbatim("the router cannot give that external port"), Optional.empty(), error);
            case 12 ->
                new Failure.Unsupported(Message.verbatim("another router sits between this machine and the one that answered"), error);
            default -> new Failure.Malformed(Message.verbatim("the router answered with an unknown PCP result"), error);
        };
    }

    private static boolean isBehindAnother(Optional<InetAddress> external) {
        return switch (Reachability.of(external)) {
            case PRIVATE, CARRIER_GRADE -> true;
            case PUBLIC, UNKNOWN -> false;
        };
    }

    private static Optional<RouterError> error(MappingProtocol method, int code, List<String> names) {
        String name = code >= 0 && code < names.size() ? names.get(code) : "";
        return Optional.of(new RouterError(method, code, new RouterText(name)));
    }
}
