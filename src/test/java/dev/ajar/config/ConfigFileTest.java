package dev.ajar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayRule;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String GOOD = """
            [defaults]
            lease = "3h"
            gateway = "192.168.77.1"
            on_change = ["/usr/local/bin/tell", "me"]

            [[mapping]]
            name = "Minecraft"
            external = 25565

            [[mapping]]
            external = "2456-2457"
            protocol = "udp"
            lease = "1h"
            method = "pcp"
            on_change = ["/bin/true"]

            [[mapping]]
            external = 8554
            internal = 554
            to = "192.168.77.20"
            """;

    private static ConfigFile parse(String text) {
        return ConfigFile.parse(text, Samples.METHODS);
    }

    @Test
    void a_preset_names_the_ports() {
        ConfigFile file = parse("""
                [[mapping]]
                preset = "valheim"
                name = "Valheim"
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.configuration().lines())
                .isNotEmpty()
                .allMatch(line -> line.name().equals("Valheim"))
                .allMatch(line -> line.mapping().protocol() == TransportProtocol.UDP)
                .anyMatch(line -> line.mapping().externalPort().equals(new Port(2456)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "preset = 'valhiem' | did you mean valheim?",
                "preset = 'teamviewer' | needs no port",
                "preset = 'valheim'; external = 25565 | leave external out",
                "preset = 'valheim'; protocol = 'udp' | leave protocol out",
                "preset = 'rdp' | would be open to the whole internet",
            })
    void a_preset_that_cannot_be_is_refused(String keys, String says) {
        String table = "[[mapping]]\n" + keys.replace("; ", "\n").replace('\'', '"');

        assertThat(parse(table).problems())
                .hasSize(1)
                .allMatch(problem -> problem.what().toString().contains(says));
        assertThat(parse("[[mapping]]\npreset = \"rdp\"\nyes_expose = [\"rdp\"]")
                        .problems())
                .isEmpty();
    }

    @Test
    void mistakes_come_in_the_order_of_their_lines() {
        ConfigFile file = parse("[[mapping]]\nexternal = 0\n[[relay]]\nlisten = 0\n[defaults]\nlease = 1\n[colour]\n");

        assertThat(file.problems()).extracting(ConfigProblem::line).isSorted().hasSizeGreaterThan(2);
    }

    @Test
    void a_mapping_takes_the_options_of_the_command_line() {
        ConfigFile file = parse(GOOD);

        assertThat(file.problems()).isEmpty();
        List<KeptConfiguration.SourceLine> lines = file.configuration().lines();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst().name()).isEqualTo("Minecraft");
        assertThat(lines.getFirst().mapping().lease()).isEqualTo(LeaseDuration.ofSeconds(10_800));
        assertThat(lines.getFirst().selection().gateway()).contains(Samples.GATEWAY);
        assertThat(lines.get(2).mapping().protocol()).isEqualTo(TransportProtocol.UDP);
        assertThat(lines.get(2).mapping().externalPort()).isEqualTo(new Port(2457));
        assertThat(lines.get(2).selection().protocols()).isEqualTo(ProtocolChoice.only(PxpProtocols.PCP));
        assertThat(lines.get(3).mapping().target())
                .isEqualTo(new Target.OtherHost(Samples.ip("192.168.77.20"), new Port(554)));
        assertThat(file.settings().of("lease")).contains("3h");
        assertThat(file.settings().lease()).isEqualTo(LeaseDuration.ofSeconds(3 * 3600));
        assertThat(file.settings().selection().gateway()).contains(Samples.GATEWAY);
        assertThat(file.configuration().onChange()).containsExactly("/usr/local/bin/tell", "me");
    }

    @Test
    void a_port_can_be_configured_over_both_ip_versions_and_on_two_gateways() {
        ConfigFile file = parse("""
                        [[mapping]]
                        external = 8554
                        family = "both"
                        [[mapping]]
                        external = 8554
                        from = "203.0.113.0/24"
                        gateway = "192.168.77.2"
                        """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.configuration().lines())
                .extracting(line -> line.selection().ipVersion())
                .containsExactly(IpVersion.IPV4, IpVersion.IPV6, IpVersion.IPV4);
        assertThat(file.configuration().lines().getLast().mapping().remote()).isEqualTo(Subnet.parse("203.0.113.0/24"));
    }

    /** Half of it is a comfortable renewal interval for a daemon, and a restart of the machine is shorter. */
    @Test
    void without_a_lease_a_mapping_gets_two_hours() {
        assertThat(parse("[[mapping]]\nexternal = 25565\n")
                        .configuration()
                        .lines()
                        .getFirst()
                        .mapping()
                        .lease())
                .isEqualTo(LeaseDuration.ofSeconds(7200));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "external = 25565| 5 | lease = 'soon' | lease soon",
                "external = 25565| 5 | colour = 'red' | there is no \"colour\"",
                "external = 70000| 3 | lease = '1h' | ports go from 1 to 65535",
                "external = 25565| 5 | protocol = 'icmp' | the protocol must be tcp, udp or both",
                "external = 25565| 5 | to = 'camera' | not a name",
                "external = 25565| 5 | on_change = 'rm -rf /' | on_change must be a list",
                "external = 25565| 5 | method = 'magic' | method must be auto, upnp, nat-pmp or pcp",
                "external = 25565| 5 | from = 'friends' | write an address or a network",
                "external = 25565| 5 | from = '0.0.0.0/0' | is every address",
                "external = 25565| 5 | family = 'ipv5' | ipv4",
                "internal = 25565| 3 | lease = '1h' | external is missing",
                "external = 25565| 5 | name = '' | 5: name is empty",
                "external = 25565| 5 | to = '0.0.0.0' | 5: to 0.0.0.0 is not the address",
                "external = 25565| 6 | lease = [] [ | TOML"
            })
    void a_mistake_is_reported_with_its_line(String first, int line, String second, String what) {
        ConfigFile file = parse("# mine\n\n[[mapping]]\n" + first + "\n" + second.strip() + "\n");

        assertThat(file.problems()).isNotEmpty();
        ConfigProblem problem = file.problems().getFirst();
        assertThat(problem.in("ajar.toml")).asString().contains(what.strip());
        assertThat(problem.line()).isBetween(line - 2, line);
        assertThat(problem.remedy()).asString().isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "external = 8554 | IPV4 IPV6",
                "preset = 'minecraft' | IPV4 IPV6",
                "external = 8554;method = 'pcp' | IPV4 IPV6",
                "external = 8554;family = 'ipv4' | IPV4",
                "external = 8554;family = 'ipv6' | IPV6",
                "external = 8554;gateway = '192.168.77.2' | IPV4",
                "external = 8554;method = 'nat-pmp' | IPV4",
                "external = 8554;to = '192.168.77.20' | IPV4",
                "external = 8554;from = '2001:db8::/32' | IPV6"
            })
    void a_port_opens_over_both_versions_of_ip_as_by_the_command(String table, String versions) {
        ConfigFile file = parse("[[mapping]]\n" + table.strip().replace(';', '\n') + "\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.configuration().lines())
                .extracting(line -> line.selection().ipVersion().name())
                .containsExactly(versions.split(" "));
        assertThat(file.configuration().portCount()).isEqualTo(1);
    }

    /** Programs on changes are not told of what nothing asks for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "external = 8554 | true false",
                "external = 8554;family = 'both' | true true",
                "external = 8554;family = 'ipv6' | true",
                "external = 8554;from = '2001:db8::/32' | true"
            })
    void ipv6_beside_ipv4_is_asked_for_by_its_name(String table, String asked) {
        KeptConfiguration kept = parse(
                        "[defaults]\non_change = ['/bin/hook']\n[[mapping]]\n" + table.replace(';', '\n') + "\n")
                .configuration();

        assertThat(kept.lines())
                .extracting(line -> String.valueOf(line.asked()))
                .containsExactly(asked.split(" "));
        assertThat(kept.appliedTo(Snapshot.EMPTY, Instant.EPOCH, file -> true).desiredMappings())
                .extracting(desired -> String.valueOf(!kept.listener(desired).isEmpty()))
                .containsExactly(asked.split(" "));
    }

    @Test
    void a_port_that_is_listed_twice_is_reported() {
        ConfigFile file = parse("[[mapping]]\nexternal = 1\n[[mapping]]\nexternal = 1\n");

        assertThat(file.problems())
                .singleElement()
                .extracting(ConfigProblem::line)
                .isEqualTo(3);
    }

    @Test
    void a_value_that_is_not_a_table_is_reported() {
        assertThat(parse("mapping = 3").problems()).isNotEmpty();
        assertThat(parse("defaults = 3").problems()).isNotEmpty();
        assertThat(parse("[other]\nx = 1").problems()).isNotEmpty();
        assertThat(parse("").problems()).isEmpty();
    }

    @Test
    void a_dangerous_port_needs_confirmation_in_the_file_as_well() {
        String port = "[[mapping]]\nexternal = 40000\ninternal = 3389\n";

        assertThat(parse(port).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.in("ajar.toml"))
                        .asString()
                        .contains("Remote Desktop", "yes_expose = [\"rdp\"]"));
        assertThat(parse(port + "yes_expose = [\"rdp\"]\n").problems()).isEmpty();
        assertThat(parse(port + "yes_expose = [\"telnet\"]\n").problems()).hasSize(1);
        assertThat(parse(port + "yes_expose = \"rdp\"\n").problems()).isNotEmpty();
    }

    @Test
    void a_relay_is_read_with_its_mapping() {
        ConfigFile file = parse("""
                        [[relay]]
                        name = "Garden camera"
                        external = 8554
                        to = "192.168.1.20"
                        port = 554
                        allow = ["203.0.113.0/24", "2001:db8::/32"]
                        max_connections = 8
                        per_source = 4
                        rate = "off"
                        idle = "5m"
                        proxy_protocol = "v2"

                        [[relay]]
                        external = "50000-50002"
                        to = "192.168.1.30"
                        protocol = "udp"
                        map = "no"
                        """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.relays()).hasSize(4);
        RelayRule camera = file.relays().getFirst();
        assertThat(camera).hasToString("tcp 8554 → 192.168.1.20:554");
        assertThat(camera.allow()).hasSize(2);
        assertThat(camera.limits().maxConnections()).isEqualTo(8);
        assertThat(camera.limits().perSource()).isEqualTo(4);
        assertThat(camera.limits().rate()).isZero();
        assertThat(camera.limits().idle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(camera.proxy()).contains(RelayRule.ProxyHeader.V2);
        assertThat(file.configuration().lines()).singleElement().satisfies(line -> {
            assertThat(line.name()).isEqualTo("Garden camera");
            assertThat(line.mapping().label()).isEqualTo("tcp 8554");
            assertThat(line.mapping().target()).isEqualTo(new Target.ThisHost(new Port(8554)));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "external = 8554| to is missing",
                "to = '192.168.1.20'| external is missing",
                "external = 8554; to = 'camera'| not a name",
                "external = 8554; to = '192.168.1.20'; allow = 'all'| allow must be a list",
                "external = 8554; to = '192.168.1.20'; allow = ['all']| write an address or a network",
                "external = 8554; to = '192.168.1.20'; map = 'perhaps'| map must be",
                "external = 8554; to = '192.168.1.20'; port = 23| yes_expose = [\"telnet\"]",
                "external = 8554; to = '192.168.1.20'; port = 80| yes_expose = [\"device-page\"]",
                "external = 8554; to = '192.168.1.20'; protocol = 'udp'; proxy_protocol = 'v1'| for TCP",
                "external = 8554; to = '192.168.1.20'; proxy_protocol = 'v3'| proxy_protocol v3: write v1 or v2",
                "external = 8554; to = '192.168.1.20'; rate = 'fast'| rate fast: write a number from 1 to",
                "external = 8554; to = '192.168.1.20'; max_connections = 0| max_connections 0: write a number from 1 to"
            })
    void a_mistake_in_a_relay_is_reported(String lines, String what) {
        ConfigFile file = parse("[[relay]]\n" + lines.replace("; ", "\n") + "\n");

        assertThat(file.problems()).isNotEmpty();
        assertThat(file.problems().getFirst().in("ajar.toml")).asString().contains(what);
    }

    /** Otherwise the last one would win, and the first one's port would lead to the second one's device. */
    @Test
    void two_relays_cannot_listen_on_the_same_port() {
        String relay = "[[relay]]\nexternal = %d\nlisten = 7200\nto = '192.168.1.%d'\nmap = 'no'\n";

        assertThat(parse(relay.formatted(7100, 20) + relay.formatted(7101, 21)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.in("ajar.toml"))
                        .asString()
                        .contains("two relays use the same port: tcp 7101, listening on 7200"));
    }

    @Test
    void a_relay_and_a_mapping_cannot_have_the_same_port() {
        assertThat(parse("[[mapping]]\nexternal = 8554\n[[relay]]\nexternal = 8554\nto = '192.168.1.20'\n")
                        .problems())
                .singleElement()
                .extracting(ConfigProblem::line)
                .isEqualTo(3);
    }
}
