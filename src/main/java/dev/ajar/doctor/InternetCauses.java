package dev.ajar.doctor;

import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.InternetSide;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Result;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The router opens ports, but is not reachable from the internet. */
final class InternetCauses {
    private InternetCauses() {}

    static Optional<Verdict> of(Facts facts) {
        List<RouterSurvey.Seen> gateways = ofTheRouter(facts);
        InternetSide side = side(facts);
        Optional<Verdict> verdict = disagree(gateways)
                ? Optional.of(Verdict.likely(
                        Cause.ADDRESSES_DISAGREE,
                        Message.of("doctor.addresses-disagree"),
                        Message.of("doctor.addresses-disagree-next")))
                : of(side);
        return verdict.map(found ->
                found.because(gateways.stream().map(InternetCauses::told).toList()));
    }

    /** A router that contradicts itself: some say so while all is well. */
    static List<Verdict> remarks(Facts facts) {
        boolean isPublic = side(facts).kind() == InternetSide.Kind.PUBLIC;
        boolean saysDown = ofTheRouter(facts).stream()
                .flatMap(seen -> seen.connected().stream())
                .anyMatch(up -> !up);
        return isPublic && saysDown
                ? List.of(Verdict.open(
                        Cause.SAYS_DISCONNECTED,
                        Message.of("internet.says-disconnected"),
                        Message.of("internet.line-down-next")))
                : List.of();
    }

    /** What is between the router that is asked for ports and the internet. */
    static InternetSide side(Facts facts) {
        InternetSide asked = side(ofTheRouter(facts));
        Optional<InternetSide> tried = byTrial(facts);
        if (asked.kind() == InternetSide.Kind.UNKNOWN) {
            return tried.or(() -> ReportedMapping.lineOf(facts.survey().mappings()))
                    .orElse(asked);
        }
        return tried.filter(side -> side.refuses() && side.kind() == asked.kind())
                .orElse(asked);
    }

    private static Optional<InternetSide> byTrial(Facts facts) {
        return facts.port()
                .flatMap(port -> port.trial().report())
                .map(OpenResult::of)
                .map(result -> result.firstFailure().map(InternetSide::of).orElseGet(result::internetSide))
                .filter(side -> side.kind() != InternetSide.Kind.UNKNOWN);
    }

    /** The protocols of one router: behind two of them there are two lines, which have two addresses. */
    private static List<RouterSurvey.Seen> ofTheRouter(Facts facts) {
        List<RouterSurvey.Seen> gateways = onDefaultRoute(facts.survey().seen());
        return gateways.stream()
                .filter(seen -> seen.info()
                        .id()
                        .address()
                        .equals(gateways.getFirst().info().id().address()))
                .toList();
    }

    /** Two addresses, or one by one protocol and none by another: an opening may be told either. */
    private static boolean disagree(List<RouterSurvey.Seen> gateways) {
        int told = addresses(gateways).size();
        boolean toldNone = gateways.stream()
                .filter(seen -> seen.info().route().ipVersion() == IpVersion.IPV4)
                .anyMatch(seen -> seen.external() instanceof Result.Ok<Optional<InetAddress>>(var address)
                        && (address.isEmpty() || address.get().isAnyLocalAddress()));
        return told > 1
                || (told == 1 && toldNone && !addresses(gateways).stream().allMatch(InetAddress::isAnyLocalAddress));
    }

    /** Over IPv6 a gateway tells this machine's own address. */
    private static Set<InetAddress> addresses(List<RouterSurvey.Seen> gateways) {
        return gateways.stream()
                .filter(seen -> seen.info().route().ipVersion() == IpVersion.IPV4)
                .flatMap(seen -> seen.address().stream())
                .collect(Collectors.toSet());
    }

    /** What a gateway says of itself counts more than that another protocol of it says nothing. */
    private static InternetSide side(List<RouterSurvey.Seen> gateways) {
        return InternetSide.mostTelling(
                gateways.stream().map(seen -> InternetSide.of(seen.external())).toList());
    }

    static Optional<Verdict> of(InternetSide side) {
        return switch (side.kind()) {
            case PUBLIC -> Optional.empty();
            case UNKNOWN ->
                Optional.of(Verdict.open(
                        Cause.ADDRESS_UNKNOWN,
                        Message.of("doctor.address-unknown"),
                        Message.of("doctor.address-unknown-next")));
            case SECOND_ROUTER -> verdict(Cause.SECOND_ROUTER, Certainty.LIKELY, side);
            case SECOND_ROUTER_OR_PROVIDER -> verdict(Cause.SECOND_ROUTER, Certainty.CANNOT_TELL, side);
            case CARRIER_GRADE_NAT -> verdict(Cause.CARRIER_GRADE_NAT, Certainty.CERTAIN, side);
            case DS_LITE -> verdict(Cause.DS_LITE, Certainty.CERTAIN, side);
            case LINE_DOWN -> verdict(Cause.LINE_DOWN, Certainty.CERTAIN, side);
            case NO_ADDRESS -> verdict(Cause.NO_INTERNET_ADDRESS, Certainty.CANNOT_TELL, side);
        };
    }

    private static Optional<Verdict> verdict(Cause cause, Certainty certainty, InternetSide side) {
        return side.title()
                .flatMap(title -> side.next().map(step -> new Verdict(cause, certainty, title, step, List.of())));
    }

    /** All gateways, where none is on the default route. */
    private static List<RouterSurvey.Seen> onDefaultRoute(List<RouterSurvey.Seen> seen) {
        List<RouterSurvey.Seen> own =
                seen.stream().filter(one -> one.info().isDefault()).toList();
        return own.isEmpty() ? seen : own;
    }

    private static Message told(RouterSurvey.Seen seen) {
        return InternetSide.of(seen.external())
                .address()
                .map(address -> Message.of(
                        "doctor.address-seen", "router", seen.info().title(), "address", Addresses.text(address)))
                .orElseGet(() -> Message.of(
                        "doctor.address-not-seen", "router", seen.info().title()));
    }
}
