package dev.ajar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.model.GatewaySelector;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.Neighbour;
import dev.ajar.testing.Samples;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two links lead to the internet, by one router or by two. */
class SeveralLinksTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.1, Two links of this machine, disconnect eth0",
        "192.168.1.2, This machine has several ways to the internet, --gateway ADDRESS"
    })
    void a_router_address_that_both_have_is_no_choice(String second, String title, String next) {
        LocalRoute cable =
                new LocalRoute("eth0", Samples.ip("192.168.1.20"), 24, Optional.of(Samples.ip("192.168.1.1")));
        LocalRoute wifi = new LocalRoute("wlan0", Samples.ip("192.168.1.21"), 24, Optional.of(Samples.ip(second)));
        Facts silent = facts(List.of(cable, wifi), false);

        Verdict remark = Diagnosis.of(silent).others().getLast();

        assertThat(remark.id()).isEqualTo("several_default_routes");
        assertThat(remark.title().toString()).startsWith(title);
        assertThat(remark.next().toString()).contains(next);
    }

    private static LocalRoute link(String name) {
        return new LocalRoute(name, Samples.ip("192.168.1.20"), 24, Optional.of(Samples.ip("192.168.1.1")));
    }

    private static Facts facts(List<LocalRoute> links, boolean oneRouter) {
        return new Facts(
                links,
                oneRouter,
                Optional.empty(),
                Optional.empty(),
                Optional.of(links.getFirst()),
                false,
                Optional.empty(),
                true,
                RouterTraffic.OPEN,
                new RouterSurvey(List.of(), List.of(), Set.of(), List.of(), List.of(), List.of(), Optional.empty()),
                new GuideCatalog().generic(),
                List.of(),
                Optional.empty());
    }

    private static Neighbour card(String interfaceName, String card) {
        return new Neighbour(Samples.ip("192.168.1.1"), card, Optional.of(interfaceName));
    }

    @Test
    void one_network_card_behind_the_address_is_one_router() {
        List<LocalRoute> links = List.of(link("eth0"), link("wlan0"));
        Neighbour cable = card("eth0", "02:00:00:00:00:01");

        assertThat(FactCollector.isOneRouter(links, List.of(cable, card("wlan0", "02:00:00:00:00:01"))))
                .isTrue();
        assertThat(FactCollector.isOneRouter(links, List.of(cable, card("wlan0", "02:00:00:00:00:02"))))
                .isFalse();
        assertThat(FactCollector.isOneRouter(links, List.of(cable))).isFalse();
        assertThat(FactCollector.isOneRouter(links, List.of())).isFalse();
        assertThat(Diagnosis.of(facts(links, true)).others())
                .extracting(Verdict::id)
                .doesNotContain("several_default_routes");
    }

    @Test
    void a_named_router_is_the_one_that_is_tried() {
        Facts facts = facts(List.of(link("eth0")), false);
        GatewaySelector named = GatewaySelector.AUTO.to(Samples.ip("192.168.1.2"));

        assertThat(FactCollector.ofHome(facts, named)).isEqualTo(named);
        assertThat(FactCollector.ofHome(facts, GatewaySelector.AUTO))
                .isEqualTo(GatewaySelector.AUTO.to(Samples.ip("192.168.1.1")));
    }
}
