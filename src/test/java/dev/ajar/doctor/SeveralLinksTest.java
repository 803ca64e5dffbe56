package dev.ajar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.system.LocalRoute;
import dev.ajar.testing.Samples;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two links lead to the internet, by one router or by two. */
class SeveralLinksTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.1, Two links of this machine, sudo ip link set eth0 down",
        "192.168.1.2, This machine has several ways to the internet, --gateway ADDRESS"
    })
    void a_router_address_that_both_have_is_no_choice(String second, String title, String next) {
        LocalRoute cable =
                new LocalRoute("eth0", Samples.ip("192.168.1.20"), 24, Optional.of(Samples.ip("192.168.1.1")));
        LocalRoute wifi = new LocalRoute("wlan0", Samples.ip("192.168.1.21"), 24, Optional.of(Samples.ip(second)));
        Facts silent = new Facts(
                List.of(cable, wifi),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cable),
                false,
                Optional.empty(),
                true,
                RouterTraffic.OPEN,
                new RouterSurvey(List.of(), List.of(), Set.of(), List.of(), List.of(), List.of(), Optional.empty()),
                new GuideCatalog().generic(),
                List.of(),
                Optional.empty());

        Verdict remark = Diagnosis.of(silent).others().getLast();

        assertThat(remark.id()).isEqualTo("several_default_routes");
        assertThat(remark.title().toString()).startsWith(title);
        assertThat(remark.next().toString()).contains(next);
    }
}
