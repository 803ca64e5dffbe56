package dev.ajar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.container.ContainerPlan;
import dev.ajar.container.ContainerSettings;
import dev.ajar.container.HostView;
import dev.ajar.container.WantedPort;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceContainersTest {
    private final Views web = new Views();

    private ContainerPlan plan(ServiceView... services) {
        return ContainerPlan.of(
                Map.of(Owner.Container.KUBERNETES, ServiceContainers.of(List.of(services))),
                ContainerSettings.USUAL,
                Snapshot.EMPTY,
                new ServiceCatalog(),
                new HostView(Set.of(), device -> Optional.empty(), List.of(), Set.of()));
    }

    private static List<String> ports(ContainerPlan plan) {
        return plan.wanted().stream()
                .map(WantedPort::mapping)
                .map(mapping -> mapping.label() + " " + mapping.target().port())
                .sorted()
                .toList();
    }

    private String refused() {
        ContainerPlan plan = plan(web.view());
        assertThat(plan.wanted()).isEmpty();
        assertThat(plan.refusals()).hasSize(1);
        return plan.refusals().getFirst().sentence().toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true             | tcp 8080 30080, udp 9987 30987",
                "http             | tcp 8080 30080",
                "voice            | udp 9987 30987",
                "80:http          | tcp 80 30080",
                "http, 80:http    | tcp 80 30080, tcp 8080 30080",
                "8080             | tcp 8080 30080",
                "9987/udp         | udp 9987 30987",
                "81:8080          | tcp 81 30080",
                "30080            | tcp 30080 30080"
            })
    void ports_are_named_by_name_or_number(String open, String expected) {
        assertThat(String.join(", ", ports(plan(web.with("ajar.dev/open", open).view()))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", " FALSE "})
    void a_service_that_says_no_asks_for_nothing(String open) {
        assertThat(ServiceContainers.of(List.of(web.with("ajar.dev/open", open).view())))
                .isEmpty();
    }

    @Test
    void one_without_the_finalizer_or_about_to_go_gets_no_port() {
        web.isHeld = false;
        assertThat(ServiceContainers.of(List.of(web.view()))).isEmpty();
        web.isHeld = true;
        web.isDeleting = true;
        assertThat(ServiceContainers.of(List.of(web.view()))).isEmpty();
    }

    @Test
    void sentences_name_the_service_and_its_annotations() {
        web.with("ajar.dev/lease", "soon").with("ajar.dev/ports", "tcp/1").with("ajar.dev/opne", "x");
        ContainerPlan plan = plan(web.view());
        assertThat(plan.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.sentence().toString())
                        .startsWith("Service default/web: no port is opened: ajar.dev/lease: "));
        assertThat(plan.remarks())
                .anyMatch(remark -> remark.toString().contains("there is no label ajar.dev/opne")
                        && remark.toString().contains("ajar.dev/yes-expose"))
                .noneMatch(remark -> remark.toString().contains("no label ajar.dev/ports"));
    }

    @Test
    void a_port_that_the_nodes_do_not_have_is_refused() {
        web.with("ajar.dev/open", "81");
        assertThat(refused()).contains("tcp 81", "has no such port on the nodes");
        web.with("ajar.dev/open", "true");
        web.ports = List.of();
        assertThat(refused()).contains("has no ports on the nodes");
    }

    @Test
    void the_port_of_the_pods_counts_for_dangers() {
        web.ports = List.of(new ServiceView.NodePort(
                "db", TransportProtocol.TCP, new Port(8443), new Port(30443), Optional.of(new Port(3389))));
        assertThat(refused()).contains("ajar.dev/yes-expose=rdp");
        web.with("ajar.dev/yes-expose", "rdp");
        assertThat(ports(plan(web.view()))).containsExactly("tcp 8443 30443");
    }

    @Test
    void ports_lead_to_the_node_that_was_named() {
        ContainerPlan plan = ContainerPlan.of(
                Map.of(Owner.Container.KUBERNETES, ServiceContainers.of(List.of(web.view()))),
                ContainerSettings.USUAL.to(Optional.of(Samples.NEIGHBOUR)),
                Snapshot.EMPTY,
                new ServiceCatalog(),
                new HostView(Set.of(), device -> Optional.empty(), List.of(), Set.of()));
        assertThat(plan.wanted())
                .hasSize(2)
                .allMatch(port -> port.mapping().target().toString().contains("192.168.77.11"));
    }
}
