package dev.ajar.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.system.SystemTimeline;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedStateTest {
    private final Logger requests = Logger.getLogger(MockWebServer.class.getName());
    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final KubernetesClient client;

    SharedStateTest() {
        requests.setLevel(Level.OFF);
        server.init();
        client = server.createClient(new JdkHttpClientFactory());
    }

    @AfterEach
    void close() {
        client.close();
        server.destroy();
    }

    private SharedState of(String identity) {
        return new Cluster(client, "ajar", identity, new SystemTimeline()).state();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void the_next_leader_gets_what_the_last_one_wrote_and_that_one_writes_no_more() throws IOException {
        SharedState first = of("first");
        assertThat(first.take(false)).isEmpty();
        first.write(bytes("one"));
        first.write(bytes("two"));

        SharedState second = of("second");
        assertThat(second.take(true)).hasValue(bytes("two"));
        assertThatThrownBy(() -> first.write(bytes("late"))).isInstanceOf(IOException.class);
        second.write(bytes("three"));
        assertThat(of("third").take(false)).hasValue(bytes("three"));
    }

    @Test
    void a_process_that_wrote_last_goes_on_with_its_own_file_if_it_has_one() throws IOException {
        SharedState first = of("first");
        first.take(false);
        first.write(bytes("one"));
        assertThat(of("first").take(true)).isEmpty();
        assertThat(of("first").take(false)).hasValue(bytes("one"));
    }
}
