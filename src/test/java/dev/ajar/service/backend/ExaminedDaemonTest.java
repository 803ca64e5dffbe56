package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.service.Examination;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.PortSyntax;
import dev.ajar.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client examines itself neither disturbs the daemon nor what it keeps open, and knows what that is. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExaminedDaemonTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path folder = Path.of("");

    private static Examination doctor(PortService service, Mapping port) {
        return service.doctor(new ServiceRequest.Examine(Optional.of(port), GatewaySelector.AUTO, TIMEOUT));
    }

    @Test
    void a_look_beside_the_daemon_takes_no_lock_and_changes_nothing() throws Exception {
        try (ServiceFixture machine = new ServiceFixture(folder.resolve("machine"));
                TestedDaemon daemon = new TestedDaemon(machine, folder.resolve("d"))) {
            PortService service = daemon.remote();
            assertThat(service.open(new ServiceRequest.Open(
                                    List.of(Samples.tcp(25565)),
                                    GatewaySelector.AUTO,
                                    false,
                                    Set.of(IpVersion.IPV4),
                                    Optional.empty(),
                                    TIMEOUT,
                                    Optional.empty()))
                            .isAnyOpen())
                    .isTrue();
            daemon.pass();
            List<String> table = machine.router().table();
            int locks = daemon.locks.get();

            ServiceRequest.Look look = new ServiceRequest.Look(GatewaySelector.AUTO, true, TIMEOUT);
            assertThat(service.discover(look).gateways()).isNotEmpty();
            assertThat(service.check(new ServiceRequest.Check(
                            PortSyntax.parse(List.of("25565")), GatewaySelector.AUTO, TIMEOUT)))
                    .singleElement()
                    .satisfies(port -> assertThat(port.checks()).isNotEmpty());
            Examination kept = doctor(service, Samples.tcp(25565));
            assertThat(kept.facts().port().orElseThrow().trial().report())
                    .as("a port that the daemon keeps is not tried")
                    .isEmpty();
            assertThat(kept.facts().survey().mappings())
                    .extracting(mapping -> mapping.label())
                    .containsExactly("tcp 25565");
            assertThat(machine.router().table()).isEqualTo(table);
            assertThat(daemon.locks).hasValue(locks);

            Examination tried = doctor(service, Samples.tcp(30555));
            assertThat(tried.facts().port().orElseThrow().trial().report()).isPresent();
            assertThat(machine.router().table())
                    .as("the trial is closed again, and nothing else is")
                    .isEqualTo(table);
            daemon.pass();
            assertThat(machine.router().table()).isEqualTo(table);
        }
    }
}
