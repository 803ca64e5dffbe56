package dev.ajar.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped list of well-known ports, and which of them may be opened. */
class ServicesTest {
    @Test
    void the_file_keeps_to_its_schema_and_names_each_port_once() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("profiles/services.schema.json")));
        String text = Files.readString(Path.of("profiles/services.json"));
        assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();

        Set<String> seen = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (WellKnownService service : new ServiceCatalog().all()) {
            assertThat(ids.add(service.id())).as(service.id()).isTrue();
            for (Port port : service.ports()) {
                for (TransportProtocol protocol : service.protocols()) {
                    assertThat(seen.add(protocol + " " + port))
                            .as("%s %s", protocol, port)
                            .isTrue();
                }
            }
        }
    }

    private static Mapping mapping(TransportProtocol protocol, int external, int internal) {
        return new Mapping(
                protocol,
                new Port(external),
                PortPolicy.EXACT,
                new Target.ThisHost(new Port(internal)),
                LeaseDuration.PERMANENT,
                "x");
    }

    /** The list of {@code docs/presets.md}: each of these needs confirmation. */
    @ParameterizedTest
    @CsvSource({
        "TCP, 23, telnet",
        "TCP, 135, smb",
        "TCP, 139, smb",
        "TCP, 445, smb",
        "TCP, 2049, nfs",
        "TCP, 111, nfs",
        "UDP, 161, snmp",
        "TCP, 389, ldap",
        "UDP, 389, ldap",
        "TCP, 512, rsh",
        "TCP, 514, rsh",
        "TCP, 1433, mssql",
        "TCP, 1521, oracle",
        "TCP, 3306, mysql",
        "TCP, 5432, postgres",
        "TCP, 6379, redis",
        "TCP, 9200, elasticsearch",
        "UDP, 11211, memcached",
        "TCP, 27017, mongodb",
        "TCP, 1883, mqtt",
        "UDP, 1900, ssdp",
        "TCP, 2375, docker",
        "TCP, 2376, docker",
        "TCP, 5000, nas",
        "TCP, 5001, nas",
        "UDP, 5353, mdns",
        "TCP, 5555, adb",
        "TCP, 5985, winrm",
        "TCP, 6443, kubernetes",
        "TCP, 10250, kubernetes",
        "TCP, 7547, tr069",
        "TCP, 8006, proxmox",
        "TCP, 8291, winbox",
        "TCP, 9000, portainer",
        "TCP, 9100, printer",
        "TCP, 10000, webmin",
        "TCP, 25575, rcon",
        "UDP, 53, dns",
        "UDP, 123, ntp",
        "UDP, 19, chargen",
        "TCP, 3389, rdp",
        "TCP, 5900, vnc",
    })
    void a_dangerous_service_needs_confirmation(TransportProtocol protocol, int port, String id) {
        // Another external port does not protect it.
        for (int external : new int[] {port, 40_000}) {
            List<Mapping> wanted = List.of(mapping(protocol, external, port));
            Optional<Failure> objection = new Exposure(new ServiceCatalog(), wanted, Set.of()).objection();

            assertThat(objection)
                    .containsInstanceOf(Failure.Unsafe.class)
                    .hasValueSatisfying(
                            why -> assertThat(((Failure.Unsafe) why).remedy().toString())
                                    .endsWith("--yes-expose " + id));
            assertThat(new Exposure(new ServiceCatalog(), wanted, Set.of(id)).objection())
                    .isEmpty();
            assertThat(new Exposure(new ServiceCatalog(), wanted, Set.of(id)).warnings())
                    .hasSize(1);
            assertThat(new Exposure(new ServiceCatalog(), wanted, Set.of("another")).objection())
                    .isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP, 25565", "UDP, 51820", "TCP, 443", "UDP, 23", "TCP, 53", "UDP, 7777"})
    void a_service_made_for_the_internet_needs_no_confirmation(TransportProtocol protocol, int port) {
        Exposure exposure = new Exposure(new ServiceCatalog(), List.of(mapping(protocol, port, port)), Set.of());

        assertThat(exposure.objection()).isEmpty();
        assertThat(exposure.warnings()).isEmpty();
    }

    /** The external port does not decide which service it is. */
    @Test
    void a_game_on_a_dangerous_external_port_is_not_dangerous() {
        assertThat(new Exposure(new ServiceCatalog(), List.of(mapping(TransportProtocol.TCP, 3389, 25565)), Set.of())
                        .objection())
                .isEmpty();
    }

    @Test
    void some_services_open_with_a_warning() {
        Exposure exposure =
                new Exposure(new ServiceCatalog(), List.of(mapping(TransportProtocol.TCP, 8554, 554)), Set.of());

        assertThat(exposure.objection()).isEmpty();
        assertThat(exposure.warnings()).hasSize(1).first().asString().contains("camera");
    }
}
