package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Reachability;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.util.Optional;

/** Finds the reason for a refusal that gives none. */
final class RefusalReason {
    private RefusalReason() {}

    /** Of an answer that is none: whether the change was made cannot be told, whatever its status. */
    static Failure unclear(Failure failure) {
        return failure instanceof Failure.Unsupported
                ? new Failure.Malformed(failure.detail(), Optional.empty())
                : failure;
    }

    /** miniupnpd answers 501 to everything while its own internet address is not public, and has none to tell. */
    static Failure of(WanConnection wan, Optional<Integer> code, Failure failure, Deadline deadline) {
        boolean mayBe = code.filter(c -> c == UpnpErrors.ACTION_FAILED).isPresent();
        if (!mayBe
                || !(wan.getExternalIpAddress(deadline)
                        instanceof SoapReply.Success<Optional<InetAddress>>(Optional<InetAddress> external))) {
            return failure;
        }
        return switch (Reachability.of(external)) {
            case PUBLIC -> failure;
            case PRIVATE, CARRIER_GRADE, UNKNOWN ->
                new Failure.SecondNat(
                        external.map(address -> Message.of("upnp.private-address", "address", Addresses.text(address)))
                                .orElseGet(() -> Message.of("upnp.no-address")),
                        external,
                        failure.router());
        };
    }
}
