package dev.ajar.doctor;

import dev.ajar.mapping.RouterSurvey;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;
import dev.ajar.model.Subnet;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The router opens ports, but is not reachable from the internet. */
final class InternetCauses {
    private InternetCauses() {}

    static Optional<Verdict> of(Facts facts) {
        List<RouterSurvey.Seen> gateways = onDefaultRoute(facts.survey().seen());
        return verdict(gateways)
                .map(verdict -> verdict.because(
                        gateways.stream().map(InternetCauses::told).toList()));
    }

    private static Optional<Verdict> verdict(List<RouterSurvey.Seen> gateways) {
        Set<InetAddress> addresses =
                gateways.stream().flatMap(seen -> seen.address().stream()).collect(Collectors.toSet());
        if (addresses.size() > 1) {
            return Optional.of(Verdict.likely(
                    Cause.ADDRESSES_DISAGREE,
                    Message.of("doctor.addresses-disagree"),
                    Message.of("doctor.addresses-disagree-next")));
        }
        if (addresses.size() == 1) {
            return of(addresses.iterator().next());
        }
        return Optional.of(
                gateways.stream().anyMatch(InternetCauses::hasNone)
                        ? noAddress()
                        : Verdict.open(
                                Cause.ADDRESS_UNKNOWN,
                                Message.of("doctor.address-unknown"),
                                Message.of("doctor.address-unknown-next")));
    }

    /** All gateways, where none is on the default route. */
    private static List<RouterSurvey.Seen> onDefaultRoute(List<RouterSurvey.Seen> seen) {
        List<RouterSurvey.Seen> own =
                seen.stream().filter(one -> one.info().isDefault()).toList();
        return own.isEmpty() ? seen : own;
    }

    private static boolean hasNone(RouterSurvey.Seen seen) {
        return seen.external() instanceof Result.Ok<Optional<InetAddress>>(var address) && address.isEmpty();
    }

    private static Optional<Verdict> of(InetAddress address) {
        return switch (Reachability.of(Optional.of(address))) {
            case PUBLIC -> Optional.empty();
            case CARRIER_GRADE ->
                Optional.of(
                        isWithin("192.0.0.0/24", address)
                                ? Verdict.certain(
                                        Cause.DS_LITE, Message.of("doctor.ds-lite"), Message.of("doctor.ds-lite-next"))
                                : Verdict.certain(
                                        Cause.CARRIER_GRADE_NAT,
                                        Message.of("doctor.carrier-grade-nat"),
                                        Message.of("doctor.carrier-grade-nat-next")));
            case PRIVATE -> Optional.of(isUnassigned(address) ? noAddress() : secondRouter(address));
            case UNKNOWN -> Optional.of(noAddress());
        };
    }

    /** What a device uses when its network assigns it no address. */
    private static boolean isUnassigned(InetAddress address) {
        int first = address.getAddress()[0] & 0xFF;
        return address.isLinkLocalAddress() || address.isLoopbackAddress() || first >= 224;
    }

    private static boolean isWithin(String network, InetAddress address) {
        return Subnet.parse(network).filter(known -> known.contains(address)).isPresent();
    }

    /** Many providers give their customers addresses of 10/8 as well. */
    private static Verdict secondRouter(InetAddress address) {
        String text = Addresses.text(address);
        Message next = Message.of("doctor.second-router-next", "address", text);
        return isWithin("10.0.0.0/8", address)
                ? Verdict.open(
                        Cause.SECOND_ROUTER, Message.of("doctor.second-router-or-provider", "address", text), next)
                : Verdict.likely(Cause.SECOND_ROUTER, Message.of("doctor.second-router", "address", text), next);
    }

    /** Some routers tell no address rather than a private one. */
    private static Verdict noAddress() {
        return Verdict.open(
                Cause.NO_INTERNET_ADDRESS,
                Message.of("doctor.no-internet-address"),
                Message.of("doctor.no-internet-address-next"));
    }

    private static Message told(RouterSurvey.Seen seen) {
        return seen.address()
                .map(address -> Message.of(
                        "doctor.address-seen", "router", seen.info().title(), "address", Addresses.text(address)))
                .orElseGet(() -> Message.of(
                        "doctor.address-not-seen", "router", seen.info().title()));
    }
}
