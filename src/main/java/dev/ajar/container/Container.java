package dev.ajar.container;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running container that has the label {@code ajar.open}, as its engine describes it. The labels are foreign text.
 *
 * @param id unique on its engine
 * @param name unique on its engine among those that run; harmless text
 * @param labels those of ajar's, by their whole names
 * @param created when it was made, in seconds since 1970
 */
public record Container(
        String id, String name, Map<String, String> labels, Network network, List<PublishedPort> ports, long created) {
    public Container {
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
    }

    /** The whole name of a label: {@code ajar.open}; of an annotation of a Service: {@code ajar.dev/open}. */
    String label(String word) {
        return (network instanceof Network.Cluster ? "ajar.dev/" : "ajar.") + word;
    }

    /** The same container, which is reached as another one. */
    public Container reachedAs(Network other, List<PublishedPort> published) {
        return new Container(id, name, labels, other, published, created);
    }

    /** What the container's ports are ports of. */
    public sealed interface Network {
        /**
         * A network inside this host, of which the engine publishes some ports on the host.
         *
         * @param addresses the container's own of IPv4, one for each such network
         */
        record Inner(List<InetAddress> addresses) implements Network {
            public Inner {
                addresses = List.copyOf(addresses);
            }

            /** The container's addresses are not known. */
            public Inner() {
                this(List.of());
            }
        }

        /** This host's own. */
        record Host() implements Network {}

        /** None at all. */
        record None() implements Network {}

        /** The LAN itself, on which the container has an address of its own (macvlan, ipvlan). */
        record Lan(String name) implements Network {}

        /** That of another container. */
        record Shared(String container) implements Network {}

        /** One across the hosts of a cluster, whose ports the cluster publishes. */
        record Ingress() implements Network {}

        /** It is a Service of Kubernetes, whose ports every node publishes. */
        record Cluster() implements Network {}
    }

    /**
     * A port of the container that is reached on this host.
     *
     * @param inside the port by which the container is known to its own network
     * @param here the port of this host
     * @param address of this host on which it is reached; empty for all
     * @param listens the port on which the program in it listens
     */
    public record PublishedPort(
            TransportProtocol protocol, Port inside, Port here, Optional<InetAddress> address, Port listens) {
        /** The program listens on {@code inside}. */
        public PublishedPort(TransportProtocol protocol, Port inside, Port here, Optional<InetAddress> address) {
            this(protocol, inside, here, address, inside);
        }
    }
}
