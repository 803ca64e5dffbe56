package dev.ajar.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Messages;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said about a device's port that only some may reach. */
class ExposureToSomeTest {
    private static Exposure of(String... allow) {
        return Exposure.ofDevices(
                new ServiceCatalog(),
                List.of(new Exposure.DevicePort(TransportProtocol.TCP, new Port(80))),
                Set.of(),
                List.of(allow).stream()
                        .map(text -> Subnet.parse(text).orElseThrow())
                        .toList());
    }

    private static String objection(Exposure exposure) {
        Failure failure = exposure.objection().orElseThrow();
        return failure.toString() + Messages.ENGLISH.text(exposure.warnings().getFirst());
    }

    @Test
    void with_a_list_of_addresses_it_is_not_the_whole_internet() {
        assertThat(objection(of("203.0.113.0/24", "198.51.100.7/32")))
                .contains("203.0.113.0/24, 198.51.100.7")
                .doesNotContain("whole internet")
                .doesNotContain("--allow");
    }

    @Test
    void without_one_or_with_all_addresses_it_is() {
        assertThat(objection(of())).contains("whole internet");
        assertThat(objection(of("203.0.113.0/24", "0.0.0.0/0"))).contains("whole internet");
    }
}
