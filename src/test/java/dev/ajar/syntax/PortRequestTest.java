package dev.ajar.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortRequestTest {
    private static final LeaseDuration LEASE = LeaseDuration.ofSeconds(90);

    @Test
    void a_mapping_leads_to_this_machine_under_the_standard_name() throws InvalidInputException {
        List<Mapping> mappings =
                PortRequest.toMappings(PortSyntax.parse(List.of("8443:443/both")), MappingTerms.of(LEASE));

        assertThat(mappings).extracting(Mapping::typed).containsExactly("8443:443", "8443:443/udp");
        assertThat(mappings).extracting(Mapping::description).containsExactly("ajar 8443 tcp", "ajar 8443 udp");
        assertThat(mappings).allSatisfy(mapping -> {
            assertThat(mapping.lease()).isEqualTo(LEASE);
            assertThat(mapping.portPolicy()).isEqualTo(PortPolicy.EXACT);
        });
    }

    @Test
    void a_mapping_takes_every_option() throws InvalidInputException {
        Optional<Subnet> remote = Subnet.parse("203.0.113.0/24");
        Mapping mapping = PortSyntax.parse(List.of("554"))
                .getFirst()
                .toMapping(new MappingTerms(
                        LEASE,
                        PortPolicy.ANY_FREE,
                        Optional.of(Samples.ip("192.168.1.20")),
                        Optional.of("Camera"),
                        remote));

        assertThat(mapping.target())
                .isEqualTo(new Target.OtherHost(Samples.ip("192.168.1.20"), mapping.externalPort()));
        assertThat(mapping.portPolicy()).isEqualTo(PortPolicy.ANY_FREE);
        assertThat(mapping.description()).isEqualTo("Camera");
        assertThat(mapping.remote()).isEqualTo(remote);
    }
}
