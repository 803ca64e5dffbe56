package dev.ajar.doctor;

import dev.ajar.message.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the doctor says.
 *
 * @param first the most important cause, and what to do
 * @param others what else was found, the most important first
 */
public record Diagnosis(Verdict first, List<Verdict> others) {
    private static final Set<Cause> BEHIND_ANOTHER =
            Set.of(Cause.SECOND_ROUTER, Cause.CARRIER_GRADE_NAT, Cause.DS_LITE, Cause.LINE_DOWN);

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
            all.add(NetworkCauses.shutOverIpv6(facts).orElseGet(() -> SilenceCauses.of(facts)));
        }
        if (anyGateway) {
            SilenceCauses.otherRouter(facts).ifPresent(all::add);
            InternetCauses.of(facts).ifPresent(all::add);
        }
        if (anyGateway && network.isEmpty()) {
            // Where this machine has no way out at all, that is why answers have none.
            NetworkCauses.ofAnswers(facts).ifPresent(all::add);
        }
        facts.port()
                .ifPresentOrElse(
                        port -> all.addAll(PortCauses.of(facts, port)),
                        () -> PortCauses.barred(facts).ifPresent(all::add));
        all.addAll(NetworkCauses.remarks(facts));
        all.addAll(InternetCauses.remarks(facts));
        if (all.stream().anyMatch(one -> BEHIND_ANOTHER.contains(one.cause()))) {
            // What the router says when it is asked for a port settles what its address left open.
            all.removeIf(one -> one.cause() == Cause.NO_INTERNET_ADDRESS || one.cause() == Cause.ADDRESS_UNKNOWN);
        }
        List<Verdict> remarks =
                all.stream().filter(one -> one.cause().isRemark()).toList();
        all.removeAll(remarks);
        if (all.isEmpty()) {
            all.add(allWell(facts));
        }
        all.addAll(remarks);
        List<Verdict> distinct = distinct(all);
        return new Diagnosis(distinct.getFirst(), distinct.subList(1, distinct.size()));
    }

    /** Each cause once, by what was seen first. */
    private static List<Verdict> distinct(List<Verdict> all) {
        Map<Cause, Verdict> causes = new LinkedHashMap<>();
        all.forEach(verdict -> causes.putIfAbsent(verdict.cause(), verdict));
        return List.copyOf(causes.values());
    }

    private static Verdict allWell(Facts facts) {
        if (facts.port().isEmpty() && facts.isIpv6Alone()) {
            // No list of it shows an address, or what it opens.
            return Verdict.likely(
                    Cause.ALL_WELL, Message.of("doctor.firewall-well"), Message.of("doctor.router-well-next"));
        }
        if (facts.port().isEmpty()) {
            return Verdict.likely(
                    Cause.ALL_WELL, Message.of("doctor.router-well"), Message.of("doctor.router-well-next"));
        }
        Facts.OfPort port = facts.port().get();
        String label = port.wanted().label();
        boolean untried = facts.isIpv6Alone() && port.trial().report().isEmpty();
        return PortCauses.isTaken(facts, port)
                ? Verdict.likely(
                        Cause.ALL_WELL,
                        Message.of("doctor.port-well", "port", label),
                        next(facts, port),
                        Message.of(untried ? "doctor.port-opened-seen" : "doctor.port-well-seen"))
                : Verdict.likely(
                        Cause.ALL_WELL,
                        Message.of("doctor.port-not-wrong", "port", label),
                        next(facts, port),
                        Message.of("doctor.port-not-wrong-seen"));
    }

    /** What was opened for the trial is closed again: a friend can try only what stays open. */
    private static Message next(Facts facts, Facts.OfPort port) {
        if (facts.isRecorded(port.wanted())) {
            return Message.of("doctor.port-open-next");
        }
        boolean open = facts.manualRule(port.wanted()).isPresent()
                || (facts.isIpv6Alone() && facts.isOpenOverIpv6(port.wanted()))
                || facts.entries(port.wanted()).stream().anyMatch(port::isHere);
        if (open) {
            return Message.of("doctor.port-well-next");
        }
        return port.trial().dangerous()
                ? Message.of("doctor.port-dangerous-next")
                : Message.of("doctor.port-free-next", "typed", port.typed());
    }
}
