package dev.ajar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.container.ContainerPlan.Refusal;
import dev.ajar.container.ContainerReport;
import dev.ajar.container.ContainerReport.Place;
import dev.ajar.container.ContainerReport.PortStatus;
import dev.ajar.container.ContainerReport.Row;
import dev.ajar.kubernetes.ServiceAction.Event;
import dev.ajar.kubernetes.ServiceAction.Ingress;
import dev.ajar.kubernetes.ServiceAction.Metadata;
import dev.ajar.kubernetes.ServiceAction.Status;
import dev.ajar.kubernetes.ServiceView.Shown;
import dev.ajar.message.Message;
import dev.ajar.state.Owner;
import dev.ajar.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServicePlanTest {
    private static final Owner.Container WEB = new Owner.Container("kubernetes", "default/web");
    private static final String OUTSIDE = "203.0.113.7";
    private static final PortStatus OPEN = new PortStatus.Open(Optional.of(Samples.ip(OUTSIDE)));
    private static final Shown SHOWN = new Shown("True", "Open", "tcp 80 → 80");

    private final Views web = new Views();

    private static ContainerReport report(PortStatus... standings) {
        List<Row> rows = List.of(standings).stream()
                .map(one -> new Row(WEB, Samples.tcp(80), one))
                .toList();
        return new ContainerReport(Set.of(WEB), rows, List.of(), Set.of());
    }

    private static ContainerReport gone(Place... leaving) {
        return new ContainerReport(Set.of(), List.of(), List.of(), Set.of(leaving));
    }

    private List<ServiceAction> actions(ContainerReport report) {
        return ServicePlan.of(web.view(), report, false);
    }

    private void opened() {
        web.with("ajar.dev/ports", "tcp/80")
                .with("ajar.dev/address", OUTSIDE)
                .with("external-dns.alpha.kubernetes.io/target", OUTSIDE);
        web.ingress = List.of(OUTSIDE);
        web.condition = Optional.of(SHOWN);
    }

    private void released() {
        web.annotations.remove("ajar.dev/open");
    }

    @Test
    void first_comes_the_finalizer() {
        web.isHeld = false;
        assertThat(actions(new ContainerReport(Set.of(), List.of(), List.of(), Set.of())))
                .containsExactly(new Metadata(true, Map.of(), Set.of()));
    }

    @Test
    void nothing_is_written_before_the_mappings_follow_it() {
        assertThat(actions(gone())).isEmpty();
    }

    @Test
    void an_open_port_is_shown_with_its_address() {
        assertThat(actions(report(OPEN)))
                .containsExactly(
                        new Metadata(
                                true,
                                Map.of(
                                        "ajar.dev/ports", "tcp/80",
                                        "ajar.dev/address", OUTSIDE,
                                        "external-dns.alpha.kubernetes.io/target", OUTSIDE),
                                Set.of()),
                        new Status(Optional.of(new Ingress(Optional.of(OUTSIDE))), Optional.of(SHOWN)),
                        new Event(false, "Open", SHOWN.message()));
    }

    @Test
    void a_service_that_only_some_nodes_answer_says_so() {
        web.isLocal = true;
        assertThat(actions(report(OPEN)))
                .filteredOn(Event.class::isInstance)
                .singleElement()
                .asString()
                .contains("tcp 80 → 80; externalTrafficPolicy is Local");
    }

    @Test
    void what_is_written_is_not_written_again() {
        opened();
        assertThat(actions(report(OPEN))).isEmpty();
    }

    @Test
    void a_restart_changes_no_address() {
        opened();
        assertThat(actions(report(new PortStatus.Waiting())))
                .containsExactly(new Status(
                        Optional.empty(), Optional.of(new Shown("Unknown", "Waiting", "the router is being asked"))));
    }

    @Test
    void a_port_that_is_not_open_any_more_takes_the_address_away() {
        opened();
        assertThat(actions(report(new PortStatus.Failed(Message.verbatim("no")))))
                .containsExactly(
                        new Metadata(
                                true, Map.of(), Set.of("ajar.dev/address", "external-dns.alpha.kubernetes.io/target")),
                        new Status(
                                Optional.of(new Ingress(Optional.empty())),
                                Optional.of(new Shown("False", "NotOpen", "tcp 80: no"))),
                        new Event(true, "NotOpen", "tcp 80: no"));
    }

    @Test
    void a_refusal_says_who_has_the_port() {
        Refusal taken = new Refusal(WEB, true, Message.verbatim("Service default/other has asked for it first"));
        Refusal others = new Refusal(
                new Owner.Container("unix:///run/docker.sock", "default/web"), false, Message.verbatim("not this"));
        ContainerReport report = new ContainerReport(Set.of(WEB), List.of(), List.of(others, taken), Set.of());
        assertThat(actions(report))
                .containsExactly(
                        new Status(
                                Optional.empty(),
                                Optional.of(new Shown(
                                        "False", "PortTaken", "Service default/other has asked for it first"))),
                        new Event(true, "PortTaken", "Service default/other has asked for it first"));
    }

    @Test
    void another_load_balancers_address_and_dns_name_stay() {
        web.ingress = List.of("192.168.77.200");
        web.with("external-dns.alpha.kubernetes.io/target", "example.org");
        assertThat(actions(report(OPEN)))
                .first()
                .isEqualTo(
                        new Metadata(true, Map.of("ajar.dev/ports", "tcp/80", "ajar.dev/address", OUTSIDE), Set.of()));
        assertThat(actions(report(OPEN))).contains(new Status(Optional.empty(), Optional.of(SHOWN)));
    }

    @Test
    void a_service_of_another_class_of_load_balancer_gets_no_address_in_its_status() {
        web.loadBalancerClass = Optional.of("example.org/other");
        assertThat(actions(report(OPEN))).contains(new Status(Optional.empty(), Optional.of(SHOWN)));
        web.loadBalancerClass = Optional.of("ajar.dev/router");
        assertThat(actions(report(OPEN)))
                .contains(new Status(Optional.of(new Ingress(Optional.of(OUTSIDE))), Optional.of(SHOWN)));
    }

    @Test
    void a_port_that_is_still_to_be_removed_stays_noted() {
        opened();
        web.with("ajar.dev/ports", "tcp/80,tcp/81,tcp/82");
        ContainerReport report = new ContainerReport(
                Set.of(WEB),
                List.of(new Row(WEB, Samples.tcp(80), OPEN)),
                List.of(),
                Set.of(Place.of(Samples.tcp(81)), Place.of(Samples.tcp(9))));
        assertThat(actions(report))
                .containsExactly(new Metadata(true, Map.of("ajar.dev/ports", "tcp/80,tcp/81"), Set.of()));
    }

    @Test
    void the_finalizer_goes_once_the_router_has_nothing_left() {
        opened();
        released();
        assertThat(actions(report(OPEN))).as("not followed yet").isEmpty();
        assertThat(actions(gone(Place.of(Samples.tcp(80))))).as("being removed").isEmpty();
        assertThat(actions(gone(Place.of(Samples.tcp(81)))))
                .containsExactly(
                        new Status(Optional.of(new Ingress(Optional.empty())), Optional.empty()),
                        new Metadata(
                                false,
                                Map.of(),
                                Set.of(
                                        "ajar.dev/ports",
                                        "ajar.dev/address",
                                        "external-dns.alpha.kubernetes.io/target")));
    }

    @Test
    void a_deletion_does_not_wait_for_a_silent_router_for_ever() {
        opened();
        web.isDeleting = true;
        ContainerReport silent = gone(Place.of(Samples.tcp(80)));
        assertThat(ServicePlan.of(web.view(), silent, false)).isEmpty();
        assertThat(ServicePlan.of(web.view(), silent, true))
                .anyMatch(action ->
                        action instanceof Event event && event.message().contains("tcp/80"))
                .last()
                .matches(action -> action instanceof Metadata metadata && !metadata.held());
    }

    @Test
    void a_service_that_never_asked_is_left_alone() {
        released();
        web.isHeld = false;
        web.with("external-dns.alpha.kubernetes.io/target", "example.org");
        assertThat(actions(gone())).isEmpty();
    }
}
