package dev.ajar.model;

import dev.ajar.message.Message;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why the internet reaches a gateway, or does not, by the address the gateway has on the internet side. The one place
 * for the words that say so, so that every command says the same.
 *
 * @param address the gateway's address on the internet side; empty where it told none
 * @param refuses whether the gateway opens no port for that reason
 */
public record InternetSide(Kind kind, Optional<InetAddress> address, boolean refuses) {
    private static final Subnet DS_LITE_NETWORK = Subnet.parse("192.0.0.0/24").orElseThrow();

    /** Many providers give their customers addresses of this network as well. */
    private static final Subnet SHARED_BY_SOME = Subnet.parse("10.0.0.0/8").orElseThrow();

    private static final int FIRST_MULTICAST = 224;

    /** What is between the gateway and the internet. */
    public enum Kind {
        /** Nothing that translates. */
        PUBLIC,
        SECOND_ROUTER,
        /** A second router, or the provider's translation; the address does not tell which. */
        SECOND_ROUTER_OR_PROVIDER,
        /** 100.64.0.0/10 (RFC 6598). */
        CARRIER_GRADE_NAT,
        /** 192.0.0.0/24 (RFC 6333). */
        DS_LITE,
        /** The gateway says that its line is down. */
        LINE_DOWN,
        /** The gateway has no usable address: its line is down, or it hides a private one. */
        NO_ADDRESS,
        /** The gateway was not asked, or does not tell. */
        UNKNOWN
    }

    /** By the address alone. Empty means that nothing is known. */
    public static InternetSide of(Optional<InetAddress> address) {
        return new InternetSide(address.map(InternetSide::kind).orElse(Kind.UNKNOWN), address, false);
    }

    /** By what the gateway answered when it was asked for its address. */
    public static InternetSide of(Result<Optional<InetAddress>> answer) {
        return switch (answer) {
            case Result.Ok<Optional<InetAddress>>(Optional<InetAddress> address) ->
                address.isPresent() ? of(address) : without(Kind.NO_ADDRESS);
            case Result.Err<Optional<InetAddress>>(Failure failure) -> of(failure);
        };
    }

    /** By the reason why a gateway opens no port, or tells no address. */
    public static InternetSide of(Failure failure) {
        if (failure instanceof Failure.SecondNat second) {
            return second.address()
                    .map(shown -> new InternetSide(
                            kind(shown), second.address(), second.router().isPresent()))
                    .orElseGet(() -> without(Kind.NO_ADDRESS));
        }
        if (failure instanceof Failure.LineDown down) {
            return without(down.certain() ? Kind.LINE_DOWN : Kind.NO_ADDRESS);
        }
        return failure instanceof Failure.LeftOpen left ? of(left.cause()) : without(Kind.UNKNOWN);
    }

    /** What counts of all that one gateway says in several ways, the best way first: its address before any word. */
    public static InternetSide mostTelling(List<InternetSide> sides) {
        return sides.stream().min(Comparator.comparingInt(InternetSide::rank)).orElseGet(() -> without(Kind.UNKNOWN));
    }

    private int rank() {
        return switch (kind) {
            case PUBLIC, SECOND_ROUTER, SECOND_ROUTER_OR_PROVIDER, CARRIER_GRADE_NAT, DS_LITE -> 0;
            case LINE_DOWN -> 1;
            case NO_ADDRESS -> 2;
            case UNKNOWN -> 3;
        };
    }

    /** Whether an address tells it, so that no other word of the gateway does. */
    public boolean isByAddress() {
        return rank() == 0;
    }

    private static InternetSide without(Kind kind) {
        return new InternetSide(kind, Optional.empty(), false);
    }

    private static Kind kind(InetAddress address) {
        return switch (Reachability.of(Optional.of(address))) {
            case PUBLIC -> Kind.PUBLIC;
            case CARRIER_GRADE -> DS_LITE_NETWORK.contains(address) ? Kind.DS_LITE : Kind.CARRIER_GRADE_NAT;
            case PRIVATE -> isUnassigned(address) ? Kind.NO_ADDRESS : privateKind(address);
            case UNKNOWN -> Kind.NO_ADDRESS;
        };
    }

    private static Kind privateKind(InetAddress address) {
        return SHARED_BY_SOME.contains(address) ? Kind.SECOND_ROUTER_OR_PROVIDER : Kind.SECOND_ROUTER;
    }

    /** What a device uses when its network assigns it no address. */
    private static boolean isUnassigned(InetAddress address) {
        int first = address.getAddress()[0] & 0xFF;
        return address.isLinkLocalAddress() || address.isLoopbackAddress() || first >= FIRST_MULTICAST;
    }

    /** Whether the provider translates, so that nothing at home can help. */
    public boolean isProviders() {
        return switch (kind) {
            case CARRIER_GRADE_NAT, DS_LITE -> true;
            case PUBLIC, SECOND_ROUTER, SECOND_ROUTER_OR_PROVIDER, LINE_DOWN, NO_ADDRESS, UNKNOWN -> false;
        };
    }

    /** What is in the way, as a sentence; empty where nothing is, or nothing is known. */
    public Optional<Message> title() {
        return switch (kind) {
            case PUBLIC, UNKNOWN -> Optional.empty();
            case SECOND_ROUTER -> Optional.of(Message.of("internet.second-router", "address", text()));
            case SECOND_ROUTER_OR_PROVIDER ->
                Optional.of(Message.of("internet.second-router-or-provider", "address", text()));
            case CARRIER_GRADE_NAT -> Optional.of(Message.of("internet.carrier-grade-nat", "address", text()));
            case DS_LITE -> Optional.of(Message.of("internet.ds-lite"));
            case LINE_DOWN -> Optional.of(Message.of("internet.line-down"));
            case NO_ADDRESS -> Optional.of(Message.of("internet.no-address"));
        };
    }

    /** What to do about it. */
    public Optional<Message> next() {
        return switch (kind) {
            case PUBLIC, UNKNOWN -> Optional.empty();
            case SECOND_ROUTER, SECOND_ROUTER_OR_PROVIDER ->
                Optional.of(
                        refuses
                                ? Message.of("internet.second-router-refuses")
                                : Message.of("internet.second-router-next", "address", text()));
            case CARRIER_GRADE_NAT -> Optional.of(Message.of("internet.carrier-grade-nat-next"));
            case DS_LITE -> Optional.of(Message.of("internet.ds-lite-next"));
            case LINE_DOWN -> Optional.of(Message.of("internet.line-down-next"));
            case NO_ADDRESS -> Optional.of(Message.of("internet.no-address-next"));
        };
    }

    private String text() {
        return address.map(Addresses::text).orElse("");
    }
}
