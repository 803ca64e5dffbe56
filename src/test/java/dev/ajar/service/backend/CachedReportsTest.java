package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.TimedReport;
import dev.ajar.service.WatchRow;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code list} and {@code status} while the keeper's thread waits for a router that does not answer. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CachedReportsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ServiceRequest.Look LOOK = new ServiceRequest.Look(GatewaySelector.AUTO, false, TIMEOUT);
    private static final ServiceRequest.Look CHECK = new ServiceRequest.Look(GatewaySelector.AUTO, true, TIMEOUT);

    @TempDir
    private Path folder = Path.of("");

    private static OpenResult opened(PortService service) {
        return service.open(new ServiceRequest.Open(
                List.of(Samples.tcp(25565)),
                GatewaySelector.AUTO,
                false,
                Set.of(IpVersion.IPV4),
                Optional.empty(),
                TIMEOUT,
                Optional.empty()));
    }

    @Test
    void a_busy_keeper_keeps_no_reader_waiting() throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        try (ServiceFixture machine = new ServiceFixture(folder.resolve("machine"));
                TestedDaemon daemon = new TestedDaemon(machine, folder.resolve("d"))) {
            PortService service = daemon.remote();
            assertThat(opened(service).isAnyOpen()).isTrue();
            daemon.pass();
            TimedReport<StatusReport> before = service.status(CHECK);
            assertThat(before.freshness().stale()).isFalse();

            CompletableFuture<String> busy = daemon.submit(store -> {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "";
            });
            TimedReport<ListReport> list = service.list(LOOK);
            assertThat(list.freshness().stale()).isTrue();
            assertThat(list.report().blind()).get().isInstanceOf(Failure.TimedOut.class);
            assertThat(list.report().unlisted())
                    .extracting(ReportedMapping::label)
                    .containsExactly("tcp 25565");
            assertThat(list.freshness().checked("tcp 25565", false)).isPresent();
            TimedReport<StatusReport> status = service.status(LOOK);
            assertThat(status.freshness().stale()).isTrue();
            assertThat(status.freshness().at()).isPresent();
            assertThat(status.report().externalAddress())
                    .isEqualTo(before.report().externalAddress());
            assertThat(status.report().mappings()).hasSize(1);

            answered.countDown();
            busy.join();
            assertThat(service.list(CHECK).freshness().stale()).isFalse();
        }
    }

    @Test
    void a_second_client_hears_of_a_change() throws Exception {
        try (ServiceFixture machine = new ServiceFixture(folder.resolve("machine"));
                TestedDaemon daemon = new TestedDaemon(machine, folder.resolve("d"))) {
            PortService service = daemon.remote();
            daemon.pass();
            int[] heard = {0};
            service.listen(report -> {
                heard[0]++;
                if (report.rows().isEmpty()) {
                    assertThat(opened(service).isAnyOpen()).isTrue();
                    daemon.pass();
                    return true;
                }
                assertThat(report.rows()).singleElement().satisfies(row -> {
                    assertThat(row.mapping()).isEqualTo("tcp 25565");
                    assertThat(row.state()).isEqualTo(WatchRow.State.OPEN);
                });
                return false;
            });
            assertThat(heard[0]).isEqualTo(2);
        }
    }
}
