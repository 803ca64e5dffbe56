package dev.ajar.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.testing.ManualTimeline;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private static Cluster connect(Config config) throws IOException {
        return Cluster.connect(config, Optional.empty(), "ajar-1", new ManualTimeline());
    }

    /** The client's own default is a name that it would look up, again and again. */
    @Test
    void without_an_account_or_a_kubeconfig_there_is_no_cluster() {
        assertThatThrownBy(() -> connect(Config.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kubeconfig");
    }

    @Test
    void one_that_is_named_is_taken() {
        Config named = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:1/")
                .build();

        assertThatCode(() -> connect(named).close()).doesNotThrowAnyException();
    }
}
