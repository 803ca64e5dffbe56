package dev.ajar.document;

import static dev.ajar.testing.Samples.NEIGHBOUR;
import static dev.ajar.testing.Samples.tcp;
import static dev.ajar.testing.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelayRulesTest {
    private static final Failure REFUSED = new Failure.ForeignHostRefused(NEIGHBOUR, Optional.empty());

    @Test
    void a_range_has_one_text() {
        assertThat(Port.range(new Port(50000), new Port(50049))).isEqualTo("50000-50049");
        assertThat(Port.range(new Port(25565), new Port(25565))).isEqualTo("25565");
    }

    @Test
    void every_port_has_the_one_command_for_all_in_its_advice() {
        Mapping first = to(NEIGHBOUR, tcp(3074));

        assertThat(Advice.of(REFUSED, first, "3074", Optional.of("3074-3075:192.168.1.30")).stream()
                        .map(Object::toString)
                        .toList())
                .anyMatch(line -> line.contains("ajar relay 3074-3075:192.168.1.30"))
                .noneMatch(line -> line.contains("ajar relay 3074:"));
    }
}
