package dev.ajar.gateway.upnp.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ajar.gateway.upnp.description.LocationRule;
import dev.ajar.testing.Samples;
import dev.ajar.testing.WorkLimit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;

/** Whatever a datagram contains, its location is on its sender or refused. */
@Tag("fuzz")
class SsdpFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void datagram(byte[] bytes) {
        WorkLimit.run(() -> {
            check(bytes, Samples.GATEWAY);
            check(bytes, Samples.NEIGHBOUR);
        });
    }

    private static void check(byte[] bytes, InetAddress sender) {
        new SsdpMessages()
                .readLocations(bytes, new InetSocketAddress(sender, 1900)).stream()
                        .flatMap(location ->
                                LocationRule.check(location, sender, Samples.ROUTE, Samples.ROUTE.gateway())
                                        .toOptional()
                                        .stream())
                        .forEach(url -> {
                            assertThat(url.host()).isEqualTo(sender);
                            assertThat(url.toUri().getHost()).isEqualTo(sender.getHostAddress());
                        });
    }
}
