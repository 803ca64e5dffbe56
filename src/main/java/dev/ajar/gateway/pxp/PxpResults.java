package dev.ajar.gateway.pxp;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;
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

    private static final String NAT_PMP = PxpProtocols.NAT_PMP.title();
    private static final String PCP = PxpProtocols.PCP.title();

    private PxpResults() {}

    /** RFC 6886 section 3.5. */
    static Failure natPmp(int code) {
        Optional<RouterError> error = error(PxpProtocols.NAT_PMP, code, NAT_PMP_NAMES);
        return switch (code) {
            case 1, 5 -> new Failure.Unsupported(Message.of("pxp.request-unknown", "protocol", NAT_PMP), error);
            case 2 -> new Failure.Refused(Message.of("pxp.switched-off", "protocol", NAT_PMP), error);
            case 3 -> new Failure.SecondNat(Message.of("pxp.no-public-address"), error);
            case 4 -> new Failure.NoResources(Message.of("pxp.list-full"), error);
            default -> new Failure.Malformed(Message.of("pxp.result-unknown", "protocol", NAT_PMP), error);
        };
    }

    /**
     * The answer to a deletion. RFC 6886 section 3.4 names 2 where the mapping is not the client's to delete; some
     * servers answer 3 when their firewall did not do it.
     */
    static Failure natPmpDeletion(int code) {
        Optional<RouterError> error = error(PxpProtocols.NAT_PMP, code, NAT_PMP_NAMES);
        return switch (code) {
            case 2 -> new Failure.Refused(Message.of("pxp.close-refused", "protocol", NAT_PMP), error);
            case 3 -> new Failure.Unsupported(Message.of("pxp.close-failed"), error);
            case 4 -> new Failure.NoResources(Message.of("pxp.close-failed"), error);
            default -> natPmp(code);
        };
    }

    /**
     * The answer to a deletion: 2 to another nonce (RFC 6887 section 15.1) and by miniupnpd for a renewed pinhole, 8 by
     * miniupnpd when it removed nothing, 12 when this machine asks from another address than it opened with.
     */
    static Failure pcpDeletion(PcpReply reply) {
        Optional<RouterError> error = error(PxpProtocols.PCP, reply.result(), PCP_NAMES);
        return switch (reply.result()) {
            case 2 -> new Failure.Refused(Message.of("pxp.close-refused", "protocol", PCP), error);
            case 3 -> new Failure.Unsupported(Message.of("pxp.close-unknown", "protocol", PCP), error);
            case 7, 10, 11, 13 -> new Failure.Unsupported(Message.of("pxp.close-failed"), error);
            case 8 -> new Failure.NoResources(Message.of("pxp.close-failed"), error);
            case 12 -> new Failure.Unsupported(Message.of("pxp.close-from-elsewhere"), error);
            default -> pcp(reply);
        };
    }

    /**
     * Whether no copy of a request can have been granted to which PCP answers so: it is for what the request is, not
     * for what the server has. Whether a client is authorised may depend on the mapping (RFC 6887 section 11.3).
     */
    static boolean deniesPcp(int code) {
        return switch (code) {
            case 1, 3, 4, 5, 6, 9, 12 -> true;
            default -> false;
        };
    }

    /** The same of NAT-PMP: the version or the operation is unknown. */
    static boolean deniesNatPmp(int code) {
        return code == 1 || code == 5;
    }

    /** A refusal of a question that had been sent before, and may have been granted without a word. */
    static Failure unsettled(Failure refusal) {
        return refusal.mayHaveHappened()
                ? refusal
                : new Failure.Malformed(Message.of("pxp.refused-later", "reason", refusal.detail()), refusal.router());
    }

    /** The device asked for is not the one that asks, and the server will not have that (RFC 6887 section 13.1). */
    static Failure notForOthers(InetAddress device, int code) {
        return new Failure.ForeignHostRefused(device, error(PxpProtocols.PCP, code, PCP_NAMES));
    }

    /** The address that the router in between was taken to have is another one; NAT-PMP needs none. */
    static Failure notTheRouterBetween(int code) {
        return new Failure.Unsupported(
                Message.of("pxp.another-router-between"), error(PxpProtocols.PCP, code, PCP_NAMES));
    }

    /** The server does not know FILTER (RFC 6887 section 13.3). */
    static Failure noFilter(int code) {
        return new Failure.Unsupported(Message.of("pxp.no-filter"), error(PxpProtocols.PCP, code, PCP_NAMES));
    }

    /**
     * RFC 6887 section 7.4. The external address in the answer counts: behind another router, miniupnpd answers
     * NO_RESOURCES, or CANNOT_PROVIDE_EXTERNAL to a client that prefers a failure, and shows its private one there.
     */
    static Failure pcp(PcpReply reply) {
        Optional<InetAddress> external = reply.externalAddress();
        Optional<RouterError> error = error(PxpProtocols.PCP, reply.result(), PCP_NAMES)
                .map(plain -> new RouterError(
                        plain.method(), plain.code(), plain.text(), Duration.ofSeconds(reply.lifetimeSeconds())));
        return switch (reply.result()) {
            case 1, 3, 4, 5, 6, 9 -> new Failure.Unsupported(Message.of("pxp.request-unknown", "protocol", PCP), error);
            case 2 -> new Failure.Refused(Message.of("pxp.switched-off", "protocol", PCP), error);
            case 7 ->
                isBehindAnother(external)
                        ? privateAddress(external, error)
                        : new Failure.SecondNat(Message.of("pxp.no-public-address"), error);
            case 8, 10, 13 ->
                isBehindAnother(external)
                        ? privateAddress(external, error)
                        : new Failure.NoResources(Message.of("pxp.no-room"), error);
            case 11 ->
                isBehindAnother(external)
                        ? privateAddress(external, error)
                        : new Failure.Conflict(Message.of("pxp.port-refused"), Optional.empty(), error);
            case 12 -> new Failure.AddressMismatch(Message.of("pxp.address-mismatch"), error);
            default -> new Failure.Malformed(Message.of("pxp.result-unknown", "protocol", PCP), error);
        };
    }

    /** What the answer to a harmless request shows of the address, in a refusal because of it or otherwise. */
    static Result<Optional<InetAddress>> addressShown(PcpReply reply) {
        if (reply.result() == 0) {
            return reply.externalAddress().isPresent()
                    ? Result.ok(reply.externalAddress())
                    : Result.err(new Failure.Unsupported(Message.of("pxp.no-address"), Optional.empty()));
        }
        return Result.err(
                pcp(reply) instanceof Failure.SecondNat second
                        ? second
                        : new Failure.Unsupported(Message.of("pxp.no-address"), Optional.empty()));
    }

    private static Failure privateAddress(Optional<InetAddress> external, Optional<RouterError> error) {
        String text = external.map(Addresses::text).orElse("");
        return new Failure.SecondNat(Message.of("pxp.private-address", "address", text), external, error);
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
