package dev.ajar.kubernetes.client;

import dev.ajar.system.Timeline;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Optional;

/** The cluster that this process speaks to. */
public final class Cluster implements AutoCloseable {
    private static final String NAME = "ajar";
    private static final String STATE = "ajar-state";

    private final KubernetesClient client;
    private final String namespace;
    private final String identity;
    private final Timeline timeline;

    /**
     * @param client closed with this object
     * @param namespace of this process: of its Lease and its Secret
     * @param identity of this process: the name of its pod
     */
    public Cluster(KubernetesClient client, String namespace, String identity, Timeline timeline) {
        this.client = client;
        this.namespace = namespace;
        this.identity = identity;
        this.timeline = timeline;
    }

    /**
     * The one that this pod runs in, or the one of the user's {@code kubeconfig}; no request is sent yet.
     *
     * @param namespace of this process; empty for the one it runs in, or the user's
     * @throws IOException if there is none
     */
    public static Cluster connect(Optional<String> namespace, String identity, Timeline timeline) throws IOException {
        return connect(Config.autoConfigure(null), namespace, identity, timeline);
    }

    /** @param config as it was found; where there was none, it names a host that only a pod's network knows */
    static Cluster connect(Config config, Optional<String> namespace, String identity, Timeline timeline)
            throws IOException {
        if (config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)) {
            throw new IOException("neither a pod's account nor a kubeconfig was found");
        }
        try {
            KubernetesClient client =
                    new KubernetesClientBuilder().withConfig(config).build();
            String own = namespace
                    .or(() -> Optional.ofNullable(client.getNamespace()))
                    .orElse("default");
            return new Cluster(client, own, identity, timeline);
        } catch (KubernetesClientException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Stands for election; see {@link Leadership}. */
    public Leadership stand(Leadership.Pace pace, Leadership.Listener listener) {
        Leadership leadership = new Leadership(client, namespace, NAME, identity, pace, timeline, listener);
        leadership.begin();
        return leadership;
    }

    public SharedState state() {
        return new SharedState(client, namespace, STATE, identity);
    }

    /** Watches Services from now on. */
    public ServiceWatch watch(Optional<String> namespaceOfServices, ServiceWatch.Listener listener) {
        ServiceWatch watch = new ServiceWatch(client, namespaceOfServices, timeline, identity, listener);
        watch.start();
        return watch;
    }

    @Override
    public void close() {
        client.close();
    }
}
