package dev.ajar.kubernetes.client;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the state file in a Secret, for the next leader, which may run on another node. In a Secret, as the nonces
 * of PCP are in it. Only the leader writes; one that another leader has followed is refused by the server.
 */
public final class SharedState {
    private static final String KEY = "state.json";
    private static final String HOLDER = "ajar.dev/holder";

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final String identity;
    private Optional<String> version = Optional.empty();

    SharedState(KubernetesClient client, String namespace, String name, String identity) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.identity = identity;
    }

    /**
     * Becomes the one that writes.
     *
     * @param hasOwn whether this process has a state file, as after a restart of its container
     * @return what another process has left; empty if this process wrote last and has its own
     * @throws IOException if the server does not answer, or refuses
     */
    public synchronized Optional<byte[]> take(boolean hasOwn) throws IOException {
        try {
            @Nullable
            Secret there =
                    client.secrets().inNamespace(namespace).withName(name).get();
            if (there == null) {
                Secret made = client.secrets()
                        .inNamespace(namespace)
                        .resource(secret(Map.of(), Optional.empty()))
                        .create();
                version = version(made);
                return Optional.empty();
            }
            boolean ours =
                    identity.equals(Optional.ofNullable(there.getMetadata().getAnnotations())
                            .map(all -> all.get(HOLDER))
                            .orElse(""));
            Map<String, String> data = Optional.ofNullable(there.getData()).orElse(Map.of());
            write(data, version(there));
            return ours && hasOwn
                    ? Optional.empty()
                    : Optional.ofNullable(data.get(KEY)).map(Base64.getDecoder()::decode);
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** @throws IOException if the server does not answer, or another process leads */
    public synchronized void write(byte[] state) throws IOException {
        try {
            write(Map.of(KEY, Base64.getEncoder().encodeToString(state)), version);
        } catch (KubernetesClientException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void write(Map<String, String> data, Optional<String> before) {
        version = version(client.secrets()
                .inNamespace(namespace)
                .resource(secret(data, before))
                .update());
    }

    private static Optional<String> version(Secret secret) {
        return Optional.ofNullable(secret.getMetadata()).map(ObjectMeta::getResourceVersion);
    }

    private Secret secret(Map<String, String> data, Optional<String> before) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withResourceVersion(before.orElse(null))
                .withAnnotations(Map.of(HOLDER, identity))
                .endMetadata()
                .withType("Opaque")
                .withData(data)
                .build();
    }
}
