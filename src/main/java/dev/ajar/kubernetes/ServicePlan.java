package dev.ajar.kubernetes;

import dev.ajar.container.ContainerPlan.Refusal;
import dev.ajar.container.ContainerReport;
import dev.ajar.container.ContainerReport.PortStatus;
import dev.ajar.container.ContainerReport.Row;
import dev.ajar.kubernetes.ServiceAction.Event;
import dev.ajar.kubernetes.ServiceAction.Ingress;
import dev.ajar.kubernetes.ServiceAction.Metadata;
import dev.ajar.kubernetes.ServiceAction.Status;
import dev.ajar.kubernetes.ServiceView.Kind;
import dev.ajar.kubernetes.ServiceView.Shown;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.state.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what to write to one Service. What another program wrote to it stays. */
public final class ServicePlan {
    private static final int LONGEST_MESSAGE = 900;
    private static final String ONLY_SOME_NODES =
            "externalTrafficPolicy is Local, so only nodes that run one of its pods answer";

    private final ServiceView service;
    private final ContainerReport report;
    private final boolean isHeard;
    private final List<Row> rows;
    private final Optional<String> before;

    private ServicePlan(ServiceView service, ContainerReport report) {
        Owner.Container owner = new Owner.Container(Owner.Container.KUBERNETES, service.fullName());
        this.service = service;
        this.report = report;
        this.isHeard = report.heard().contains(owner);
        this.rows =
                report.rows().stream().filter(row -> row.owner().equals(owner)).toList();
        this.before = Optional.ofNullable(service.annotations().get(ServiceTerms.ADDRESS));
    }

    /**
     * What to do now, in order.
     *
     * @param isOverdue whether the Service has waited long enough for a router that does not answer
     */
    public static List<ServiceAction> of(ServiceView service, ContainerReport report, boolean isOverdue) {
        ServicePlan plan = new ServicePlan(service, report);
        if (!ServiceContainers.asks(service)) {
            return service.isHeld() ? plan.release(isOverdue) : List.of();
        }
        // First the finalizer: without it the Service could go while the router still has its ports.
        return service.isHeld() ? plan.show() : List.of(new Metadata(true, Map.of(), Set.of()));
    }

    private List<ServiceAction> show() {
        if (!isHeard) {
            return List.of();
        }
        List<ServiceAction> actions = new ArrayList<>();
        Shown shown = condition();
        Optional<String> address = address();
        Optional<Ingress> ingress = ingress(address);
        Map<String, String> put = new HashMap<>();
        Set<String> removed = new HashSet<>();
        note(ServiceTerms.PORTS, places(), put, removed);
        note(ServiceTerms.ADDRESS, address, put, removed);
        if (isTargetOurs()) {
            note(ServiceTerms.DNS_TARGET, address, put, removed);
        }
        if (!put.isEmpty() || !removed.isEmpty()) {
            actions.add(new Metadata(true, put, removed));
        }
        boolean news = !service.condition().equals(Optional.of(shown));
        if (ingress.isPresent() || news) {
            actions.add(new Status(ingress, Optional.of(shown)));
        }
        if (news && !shown.status().equals("Unknown")) {
            actions.add(new Event(shown.status().equals("False"), shown.reason(), shown.message()));
        }
        return actions;
    }

    private void note(String annotation, Optional<String> value, Map<String, String> put, Set<String> removed) {
        Optional<String> there = Optional.ofNullable(service.annotations().get(annotation));
        if (!there.equals(value)) {
            value.ifPresentOrElse(text -> put.put(annotation, text), () -> removed.add(annotation));
        }
    }

    /** Those it has, and those it had and a router may still have. */
    private Optional<String> places() {
        Set<String> leaving =
                report.leaving().stream().map(ContainerReport.Place::toString).collect(Collectors.toSet());
        Set<String> all = new TreeSet<>();
        noted().stream().filter(leaving::contains).forEach(all::add);
        rows.forEach(row -> all.add(row.place().toString()));
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(",", all));
    }

    private Set<String> noted() {
        return Arrays.stream(service.annotations()
                        .getOrDefault(ServiceTerms.PORTS, "")
                        .split(","))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The one that ajar wrote stays until it is known to be wrong: a restart changes nothing. */
    private Optional<String> address() {
        Optional<String> told = rows.stream()
                .flatMap(row -> row.standing() instanceof PortStatus.Open open
                        ? open.address().stream()
                        : Optional.<java.net.InetAddress>empty().stream())
                .map(Addresses::text)
                .findFirst();
        boolean mayStand = rows.stream().anyMatch(row -> !(row.standing() instanceof PortStatus.Failed));
        return told.or(() -> mayStand ? before : Optional.empty());
    }

    private boolean isTargetOurs() {
        String there = service.annotations().get(ServiceTerms.DNS_TARGET);
        return there == null || Optional.of(there).equals(before);
    }

    /** Only where no other load balancer has written, or is to write. */
    private Optional<Ingress> ingress(Optional<String> address) {
        List<String> wanted = address.stream().toList();
        boolean ours = service.ingress().isEmpty()
                || service.ingress().equals(before.stream().toList());
        boolean may = service.kind() == Kind.LOAD_BALANCER
                && service.loadBalancerClass().map(ServiceTerms.CLASS::equals).orElse(true);
        return may && ours && !service.ingress().equals(wanted) ? Optional.of(new Ingress(address)) : Optional.empty();
    }

    private Shown condition() {
        List<Refusal> refusals = report.refusals().stream()
                .filter(refusal -> refusal.owner().name().equals(service.fullName())
                        && refusal.owner().engine().equals(Owner.Container.KUBERNETES))
                .toList();
        if (!refusals.isEmpty()) {
            boolean taken = refusals.stream().anyMatch(Refusal::taken);
            return shown(
                    "False",
                    taken ? "PortTaken" : "Refused",
                    refusals.stream().map(one -> one.sentence().toString()).toList());
        }
        List<String> failed = rows.stream()
                .flatMap(row -> row.standing() instanceof PortStatus.Failed(Message why)
                        ? Optional.of(row.mapping().label() + ": " + why).stream()
                        : Optional.<String>empty().stream())
                .toList();
        if (!failed.isEmpty()) {
            return shown("False", "NotOpen", failed);
        }
        boolean open = !rows.isEmpty() && rows.stream().allMatch(row -> row.standing() instanceof PortStatus.Open);
        List<String> ports = Stream.concat(
                        rows.stream()
                                .map(row -> row.mapping().label() + " → "
                                        + row.mapping().target().port())
                                .sorted(),
                        service.isLocal() ? Stream.of(ONLY_SOME_NODES) : Stream.<String>empty())
                .toList();
        return open ? shown("True", "Open", ports) : shown("Unknown", "Waiting", List.of("the router is being asked"));
    }

    private static Shown shown(String status, String reason, List<String> sentences) {
        String all = String.join("; ", sentences);
        return new Shown(status, reason, all.substring(0, Math.min(LONGEST_MESSAGE, all.length())));
    }

    /** Takes away what ajar wrote, the finalizer last, once the router has none of its ports. */
    private List<ServiceAction> release(boolean isOverdue) {
        Set<String> leaving =
                report.leaving().stream().map(ContainerReport.Place::toString).collect(Collectors.toSet());
        boolean pending = isHeard || !rows.isEmpty() || noted().stream().anyMatch(leaving::contains);
        if (pending && !isOverdue) {
            return List.of();
        }
        List<ServiceAction> actions = new ArrayList<>();
        Set<String> removed = new HashSet<>();
        note(ServiceTerms.PORTS, Optional.empty(), Map.of(), removed);
        note(ServiceTerms.ADDRESS, Optional.empty(), Map.of(), removed);
        if (isTargetOurs()) {
            note(ServiceTerms.DNS_TARGET, Optional.empty(), Map.of(), removed);
        }
        Optional<Ingress> ingress = ingress(Optional.empty());
        if (ingress.isPresent() || service.condition().isPresent()) {
            actions.add(new Status(ingress, Optional.empty()));
        }
        if (pending) {
            actions.add(new Event(
                    true,
                    "NotRemoved",
                    "the router has not confirmed the removal of " + String.join(", ", new TreeSet<>(noted()))
                            + "; ajar goes on asking it"));
        }
        actions.add(new Metadata(false, Map.of(), removed));
        return actions;
    }
}
