package dev.ajar.kubernetes;

import dev.ajar.kubernetes.ServiceView.Kind;
import dev.ajar.kubernetes.ServiceView.NodePort;
import dev.ajar.kubernetes.ServiceView.Shown;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Service {@code default/web} with two ports, and others like it. */
final class Views {
    Kind kind = Kind.LOAD_BALANCER;
    Optional<String> loadBalancerClass = Optional.empty();
    final Map<String, String> annotations = new HashMap<>(Map.of("ajar.dev/open", "true"));
    boolean isLocal;
    boolean isHeld = true;
    boolean isDeleting;
    List<String> ingress = List.of();
    Optional<Shown> condition = Optional.empty();
    List<NodePort> ports = List.of(
            port("http", TransportProtocol.TCP, 8080, 30080), port("voice", TransportProtocol.UDP, 9987, 30987));

    static NodePort port(String name, TransportProtocol protocol, int service, int node) {
        return new NodePort(name, protocol, new Port(service), new Port(node), Optional.empty());
    }

    Views with(String annotation, String value) {
        annotations.put(annotation, value);
        return this;
    }

    ServiceView view() {
        return new ServiceView(
                "default",
                "web",
                "uid-1",
                1,
                kind,
                loadBalancerClass,
                annotations,
                isLocal,
                isHeld,
                isDeleting,
                ports,
                ingress,
                condition);
    }
}
