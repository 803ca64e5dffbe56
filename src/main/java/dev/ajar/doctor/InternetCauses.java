package dev.ajar.doctor;

import dev.ajar.mapping.RouterSurvey;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The router opens ports, and nobody outside can get to it. */
final class InternetCauses {
    private InternetCauses() {}

    static List<Verdict> of(Facts facts) {
        List<RouterSurvey.Seen> ways = way(facts.survey().seen());
        Set<InetAddress> addresses =
                ways.stream().flatMap(seen -> seen.address().stream()).collect(Collectors.toSet());
        List<Verdict> all = new ArrayList<>();
        if (addresses.size() > 1) {
            all.add(Verdict.likely(
                    "addresses_disagree",
                    "The router tells one internet address in one protocol and another in the next.",
                    "Restart the router. If they still differ, ask the provider whether you have an address of your own.",
                    told(ways)));
        } else if (addresses.size() == 1) {
            of(addresses.iterator().next(), ways).ifPresent(all::add);
        } else if (ways.stream().anyMatch(InternetCauses::saysNone)) {
            all.add(noAddress(ways));
        } else {
            all.add(Verdict.open(
                    "address_unknown",
                    "The router does not tell its internet address, so whether it is public cannot be seen.",
                    "Compare the address on the router's own page with the one a web page shows you: they must be the same.",
                    told(ways)));
        }
        return all;
    }

    /** Of the machine's own way to the internet; of all where none is. */
    private static List<RouterSurvey.Seen> way(List<RouterSurvey.Seen> seen) {
        List<RouterSurvey.Seen> own =
                seen.stream().filter(one -> one.info().isDefault()).toList();
        return own.isEmpty() ? seen : own;
    }

    private static boolean saysNone(RouterSurvey.Seen seen) {
        return seen.external() instanceof Result.Ok<Optional<InetAddress>>(var address) && address.isEmpty();
    }

    private static Optional<Verdict> of(InetAddress address, List<RouterSurvey.Seen> ways) {
        String text = address.getHostAddress();
        return switch (Reachability.of(Optional.of(address))) {
            case PUBLIC -> Optional.empty();
            case CARRIER_GRADE ->
                Optional.of(
                        text.startsWith("192.0.0.")
                                ? Verdict.certain(
                                        "ds_lite",
                                        "Your line has IPv6 only (DS-Lite): IPv4 is shared at the provider, and nobody can reach you over it.",
                                        "Ask the provider for an IPv4 address of your own (\"dual stack\"), let friends come by IPv6, or rent a small server with a tunnel.",
                                        told(ways))
                                : Verdict.certain(
                                        "carrier_grade_nat",
                                        "The provider puts many customers behind one address (carrier-grade NAT), so nobody can reach yours.",
                                        "Ask the provider for a public IPv4 address of your own; otherwise use IPv6, or a small server with a tunnel.",
                                        told(ways)));
            case PRIVATE -> Optional.of(isSelfGiven(address) ? noAddress(ways) : inFront(address, ways));
            case UNKNOWN -> Optional.of(noAddress(ways));
        };
    }

    /** What a box gives itself when nobody gave it an address. */
    private static boolean isSelfGiven(InetAddress address) {
        int first = address.getAddress()[0] & 0xFF;
        return address.isLinkLocalAddress() || address.isLoopbackAddress() || first >= 224;
    }

    /** Many providers give their customers addresses of 10/8 as well. */
    private static Verdict inFront(InetAddress address, List<RouterSurvey.Seen> ways) {
        String text = address.getHostAddress();
        boolean perhapsTheProvider = (address.getAddress()[0] & 0xFF) == 10;
        return new Verdict(
                "second_router",
                perhapsTheProvider ? Certainty.CANNOT_TELL : Certainty.LIKELY,
                perhapsTheProvider
                        ? "The router's address "
                                + text
                                + " is not on the internet: there is a second router in front of it, or the provider shares one address among customers. From inside both look alike."
                        : "The router's address "
                                + text
                                + " is not on the internet: there is a second router in front of it.",
                "Put the provider's box into bridge mode, or forward the port there too, to "
                        + text
                        + ". If there is no such box, ask the provider for a public address.",
                List.of(told(ways)));
    }

    /** Some routers tell none rather than one that is not public. */
    private static Verdict noAddress(List<RouterSurvey.Seen> ways) {
        return Verdict.open(
                "no_internet_address",
                "The router tells no internet address: its line is down, or another router is in front of it. From inside both look alike.",
                "Look at the router's own page: an address that begins with 10., 172.16., 192.168. or 100.64. means a second router or a shared line; none at all means that the line is down.",
                told(ways));
    }

    private static String[] told(List<RouterSurvey.Seen> ways) {
        return ways.stream()
                .map(seen -> seen.info().title()
                        + " says "
                        + seen.address().map(InetAddress::getHostAddress).orElse("none"))
                .toArray(String[]::new);
    }
}
