package dev.ajar.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.MemorySocket;
import dev.ajar.testing.WorkLimit;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** Any bytes become an answer of bounded size or a failure. */
@Tag("fuzz")
class HttpFuzzTest {
    private static final URI SOMEWHERE = URI.create("http://127.0.0.1:5000/rootDesc.xml");

    @FuzzTest(maxDuration = "60s")
    void answer(byte[] bytes) {
        RouterHttp http = new RouterHttp(
                "fuzz",
                (target, source, patience) -> new MemorySocket(new HeadStream(new ByteArrayInputStream(bytes))));
        Deadline deadline = Deadline.after(new ManualTimeline(), Duration.ofSeconds(5));
        WorkLimit.run(() -> http.get(SOMEWHERE, InetAddress.getLoopbackAddress(), deadline)
                .toOptional()
                .ifPresent(answer -> {
                    assertThat(answer.status()).isBetween(100, 599);
                    assertThat(answer.body().length).isLessThanOrEqualTo(RouterHttp.MOST_BYTES);
                }));
    }
}
