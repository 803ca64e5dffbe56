package dev.ajar.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of an examination.
 *
 * @param first what is wrong first of all, and what to do
 * @param others what else is odd, the most important first
 */
public record Diagnosis(Verdict first, List<Verdict> others) {
    public Diagnosis {
        others = List.copyOf(others);
    }

    /** From the network outwards to the internet, and then back to the program that is to be reached. Pure. */
    public static Diagnosis of(Facts facts) {
        List<Verdict> all = new ArrayList<>();
        Optional<Verdict> network = NetworkCauses.of(facts);
        network.ifPresent(all::add);
        boolean anyGateway = !facts.survey().seen().isEmpty();
        if (network.isEmpty() && !anyGateway) {
            all.add(SilenceCauses.of(facts));
        }
        if (anyGateway) {
            all.addAll(InternetCauses.of(facts));
        }
        facts.port().ifPresent(port -> all.addAll(PortCauses.of(facts, port)));
        all.addAll(NetworkCauses.remarks(facts));
        if (all.stream().anyMatch(one -> one.id().equals("second_router"))) {
            // What the router says of itself when it is asked for a port settles what its address
            // left open.
            all.removeIf(one -> one.id().equals("no_internet_address"));
        }
        List<Verdict> ordered =
                new ArrayList<>(all.stream().filter(one -> !isRemark(one)).toList());
        if (ordered.isEmpty()) {
            ordered.add(allWell(facts));
        }
        ordered.addAll(all.stream().filter(Diagnosis::isRemark).toList());
        ordered = distinct(ordered);
        return new Diagnosis(ordered.getFirst(), ordered.subList(1, ordered.size()));
    }

    /** Each cause once, by what was seen first. */
    private static List<Verdict> distinct(List<Verdict> all) {
        Map<String, Verdict> causes = new LinkedHashMap<>();
        all.forEach(verdict -> causes.putIfAbsent(verdict.id(), verdict));
        return List.copyOf(causes.values());
    }

    private static final String FROM_OUTSIDE =
            "Let somebody outside try it, or your phone with Wi-Fi off: from home, many routers do not let you reach your own internet address.";

    /** What is worth saying and no reason for a port to be closed. */
    private static boolean isRemark(Verdict verdict) {
        return REMARKS.contains(verdict.id());
    }

    private static final List<String> REMARKS = List.of(
            "several_default_routes",
            "two_gateways",
            "keeps_it_for_ever",
            "firewall_unknown",
            "another_service",
            "not_tried",
            "trial_left_open",
            "made_by_hand",
            "address_unknown");

    private static Verdict allWell(Facts facts) {
        return facts.port()
                .map(
                        port -> PortCauses.isTaken(facts, port)
                                ? Verdict.likely(
                                        "all_well",
                                        "Seen from inside, everything is right with "
                                                + port.wanted().label()
                                                + ".",
                                        FROM_OUTSIDE,
                                        "the router takes the port, and nothing here keeps it out")
                                : Verdict.likely(
                                        "all_well",
                                        "Seen from inside, nothing is wrong with "
                                                + port.wanted().label()
                                                + ".",
                                        FROM_OUTSIDE,
                                        "nothing that can be seen from inside is in the way; what the router does with the port cannot be seen"))
                .orElseGet(() -> Verdict.likely(
                        "all_well",
                        "The router opens ports, and its internet address is public.",
                        "Open yours: ajar open 25565. To have one examined: ajar doctor 25565"));
    }
}
