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
    /** The smallest lists of home routers hold so many entries. */
    private static final int SMALL_LIST = 16;

    private RefusalReason() {}

    /** Of an answer that is none: whether the change was made cannot be told, whatever its status. */
    static Failure unclear(Failure failure) {
        return failure instanceof Failure.Unsupported
                ? new Failure.Malformed(failure.detail(), Optional.empty())
                : failure;
    }

    /**
     * A refusal that does not say why, or a yes without effect, where the list may be full: many routers say so by 402,
     * by 718, or not at all.
     *
     * @param countEntries whether the list may be the reason, and may be asked for
     */
    static Failure of(
            WanConnection wan, Optional<Integer> code, Failure failure, boolean countEntries, Deadline deadline) {
        Failure why = of(wan, code, failure, deadline);
        boolean anything = code.filter(UpnpErrors::isUnexplained).isPresent();
        boolean mayBeFull = why.equals(failure) && !anything && countEntries && isOpenToDoubt(failure);
        return mayBeFull
                        && wan.getGenericPortMappingEntry(SMALL_LIST - 1, deadline)
                                instanceof SoapReply.Success<EntryReading>
                ? perhapsFull(failure)
                : why;
    }

    /** Whether the router's table shows who has the port; otherwise it only says no. */
    static boolean isSeenTaken(Failure failure) {
        return failure instanceof Failure.Conflict && failure.router().isEmpty();
    }

    /** Whether the router gave no reason, or one that others give as well when their list is full. */
    private static boolean isOpenToDoubt(Failure failure) {
        String key = failure.detail().key();
        return key.equals("upnp.unexplained") || key.equals("upnp.port-taken") || key.equals("upnp.not-listed");
    }

    private static Failure perhapsFull(Failure failure) {
        Message detail = Message.of("upnp.perhaps-full", "why", failure.detail(), "entries", SMALL_LIST);
        if (failure instanceof Failure.Conflict(var ignored, var holder, var offered, var router)) {
            return new Failure.Conflict(detail, holder, offered, router);
        }
        return failure instanceof Failure.Malformed
                ? new Failure.Malformed(detail, failure.router())
                : new Failure.NoResources(detail, failure.router());
    }

    /** miniupnpd answers 501 to everything while its own internet address is not public, and has none to tell. */
    private static Failure of(WanConnection wan, Optional<Integer> code, Failure failure, Deadline deadline) {
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
