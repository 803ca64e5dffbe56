package dev.ajar.kubernetes;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Service, as far as ajar cares. All of it is foreign text.
 *
 * @param uid unique in the cluster, also among those that are gone
 * @param created in seconds since 1970
 * @param loadBalancerClass whose load balancer it asks for; empty for the cluster's usual one
 * @param annotations those that ajar reads or writes, {@link ServiceTerms}
 * @param isLocal whether only nodes that run one of its pods answer ({@code externalTrafficPolicy: Local})
 * @param isHeld whether ajar's finalizer is on it: it stays until ajar takes that off
 * @param isDeleting whether it goes as soon as no finalizer is left on it
 * @param ingress the addresses and names in its status
 * @param condition ajar's own in its status
 */
public record ServiceView(
        String namespace,
        String name,
        String uid,
        long created,
        Kind kind,
        Optional<String> loadBalancerClass,
        Map<String, String> annotations,
        boolean isLocal,
        boolean isHeld,
        boolean isDeleting,
        List<NodePort> ports,
        List<String> ingress,
        Optional<Shown> condition) {
    public ServiceView {
        annotations = Map.copyOf(annotations);
        ports = List.copyOf(ports);
        ingress = List.copyOf(ingress);
    }

    /** As reports name it. */
    public String fullName() {
        return namespace + "/" + name;
    }

    /** The type of a Service. */
    public enum Kind {
        LOAD_BALANCER,
        NODE_PORT,
        /** Those without ports on the nodes. */
        OTHER
    }

    /**
     * A port that every node publishes.
     *
     * @param name empty where it has none
     * @param service the port of the Service
     * @param node the port of the nodes
     * @param pod the port of the pods; empty where it is named
     */
    public record NodePort(String name, TransportProtocol protocol, Port service, Port node, Optional<Port> pod) {}

    /**
     * A condition.
     *
     * @param status True, False or Unknown
     */
    public record Shown(String status, String reason, String message) {}
}
