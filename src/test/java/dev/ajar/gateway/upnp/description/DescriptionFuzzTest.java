package dev.ajar.gateway.upnp.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ajar.testing.Samples;
import dev.ajar.testing.WorkLimit;
import org.junit.jupiter.api.Tag;

/** Whatever a description contains, its control URLs are on the router. */
@Tag("fuzz")
class DescriptionFuzzTest {
    private static final RouterUrl LOCATION = new RouterUrl(Samples.GATEWAY, 5000, "/folder/rootDesc.xml");

    @FuzzTest(maxDuration = "60s")
    void description(byte[] bytes) {
        WorkLimit.run(() -> DescriptionReader.read(bytes, LOCATION).toOptional().ifPresent(DescriptionFuzzTest::check));
    }

    private static void check(IgdDescription igd) {
        assertThat(igd.services()).isNotEmpty().hasSizeLessThanOrEqualTo(8);
        for (WanService service : igd.services()) {
            assertThat(service.controlUrls())
                    .isNotEmpty()
                    .allSatisfy(url -> assertThat(url.getHost()).isEqualTo(Samples.GATEWAY.getHostAddress()));
        }
    }
}
