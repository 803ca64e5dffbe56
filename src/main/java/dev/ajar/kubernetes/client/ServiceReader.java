package dev.ajar.kubernetes.client;

import dev.ajar.kubernetes.ServiceTerms;
import dev.ajar.kubernetes.ServiceView;
import dev.ajar.kubernetes.ServiceView.Kind;
import dev.ajar.kubernetes.ServiceView.NodePort;
import dev.ajar.kubernetes.ServiceView.Shown;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a Service. What is missing or odd in it counts as not there. */
final class ServiceReader {
    private ServiceReader() {}

    static ServiceView view(Service service) {
        ObjectMeta metadata = service.getMetadata();
        Optional<ServiceSpec> spec = Optional.ofNullable(service.getSpec());
        Optional<ServiceStatus> status = Optional.ofNullable(service.getStatus());
        return new ServiceView(
                text(metadata.getNamespace()),
                text(metadata.getName()),
                text(metadata.getUid()),
                seconds(metadata.getCreationTimestamp()),
                kind(spec.map(ServiceSpec::getType).orElse("")),
                spec.map(ServiceSpec::getLoadBalancerClass),
                annotations(metadata),
                spec.map(ServiceSpec::getExternalTrafficPolicy)
                        .filter("Local"::equals)
                        .isPresent(),
                isHeld(metadata),
                metadata.getDeletionTimestamp() != null,
                spec.stream()
                        .flatMap(some -> each(some.getPorts()))
                        .flatMap(port -> port(port).stream())
                        .toList(),
                status.map(ServiceStatus::getLoadBalancer).stream()
                        .flatMap(some -> each(some.getIngress()))
                        .map(ServiceReader::place)
                        .toList(),
                status.stream()
                        .flatMap(some -> each(some.getConditions()))
                        .filter(ServiceReader::isOurs)
                        .findFirst()
                        .map(one -> new Shown(text(one.getStatus()), text(one.getReason()), text(one.getMessage()))));
    }

    static boolean isHeld(ObjectMeta metadata) {
        return each(metadata.getFinalizers()).anyMatch(ServiceTerms.FINALIZER::equals);
    }

    static boolean isOurs(Condition condition) {
        return ServiceTerms.CONDITION.equals(condition.getType());
    }

    private static Map<String, String> annotations(ObjectMeta metadata) {
        Map<String, String> ours = new HashMap<>();
        Map<String, String> all = metadata.getAnnotations();
        if (all != null) {
            all.forEach((name, value) -> {
                if (value != null && (name.startsWith(ServiceTerms.PREFIX) || name.equals(ServiceTerms.DNS_TARGET))) {
                    ours.put(name, value);
                }
            });
        }
        return ours;
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "LoadBalancer" -> Kind.LOAD_BALANCER;
            case "NodePort" -> Kind.NODE_PORT;
            default -> Kind.OTHER;
        };
    }

    private static Optional<NodePort> port(ServicePort port) {
        Optional<TransportProtocol> protocol = protocol(port.getProtocol());
        Optional<Port> service = number(port.getPort());
        Optional<Port> node = number(port.getNodePort());
        IntOrString target = port.getTargetPort();
        return protocol.isPresent() && service.isPresent() && node.isPresent()
                ? Optional.of(new NodePort(
                        text(port.getName()),
                        protocol.get(),
                        service.get(),
                        node.get(),
                        target == null ? Optional.empty() : number(target.getIntVal())))
                : Optional.empty();
    }

    /** TCP where none is said, as in Kubernetes. SCTP is not forwarded by home routers. */
    private static Optional<TransportProtocol> protocol(@Nullable String name) {
        return switch (name == null ? "TCP" : name) {
            case "TCP" -> Optional.of(TransportProtocol.TCP);
            case "UDP" -> Optional.of(TransportProtocol.UDP);
            default -> Optional.empty();
        };
    }

    private static Optional<Port> number(@Nullable Integer number) {
        return number != null && Port.isValid(number) ? Optional.of(new Port(number)) : Optional.empty();
    }

    private static String place(LoadBalancerIngress ingress) {
        return ingress.getIp() == null ? text(ingress.getHostname()) : ingress.getIp();
    }

    private static long seconds(@Nullable String moment) {
        try {
            return moment == null ? 0 : Instant.parse(moment).getEpochSecond();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static <T> Stream<T> each(@Nullable Collection<T> some) {
        return some == null
                ? Stream.empty()
                : List.copyOf(some.stream().filter(Objects::nonNull).toList()).stream();
    }
}
