package dev.ajar.kubernetes;

import dev.ajar.container.Container;
import dev.ajar.container.Container.PublishedPort;
import dev.ajar.kubernetes.ServiceView.NodePort;
import dev.ajar.model.RouterText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Services as containers, which every node publishes: their annotations are the labels. */
public final class ServiceContainers {
    private ServiceContainers() {}

    /** Whether the Service asks for ports. One that is being deleted does not any more. */
    static boolean asks(ServiceView service) {
        String open = service.annotations().get(ServiceTerms.OPEN);
        return open != null && !open.strip().equalsIgnoreCase("false") && !service.isDeleting();
    }

    /** Those of the Services that may have ports: with the finalizer on them, so that none goes without a word. */
    public static List<Container> of(List<ServiceView> services) {
        return services.stream()
                .filter(service -> service.isHeld() && asks(service))
                .map(ServiceContainers::container)
                .toList();
    }

    private static Container container(ServiceView service) {
        Map<String, String> labels = new HashMap<>();
        service.annotations().forEach((name, value) -> {
            if (name.startsWith(ServiceTerms.PREFIX) && !ServiceTerms.isWritten(name)) {
                labels.put(name, name.equals(ServiceTerms.OPEN) ? numbers(value, service.ports()) : value);
            }
        });
        return new Container(
                service.uid(),
                new RouterText(service.fullName()).display(),
                labels,
                new Container.Network.Cluster(),
                service.ports().stream().map(ServiceContainers::published).toList(),
                service.created());
    }

    private static PublishedPort published(NodePort port) {
        return new PublishedPort(
                port.protocol(),
                port.service(),
                port.node(),
                Optional.empty(),
                port.pod().orElse(port.service()));
    }

    /** With numbers in place of the names of the Service's ports: {@code 8080:web} becomes {@code 8080:80/tcp}. */
    private static String numbers(String text, List<NodePort> ports) {
        return Arrays.stream(text.split(",", -1))
                .map(word -> number(word.strip(), ports))
                .collect(Collectors.joining(","));
    }

    private static String number(String word, List<NodePort> ports) {
        int colon = word.indexOf(':');
        String name = word.substring(colon + 1);
        return ports.stream()
                .filter(port -> port.name().equals(name) && name.chars().anyMatch(Character::isLetter))
                .findFirst()
                .map(port -> (colon < 0 ? port.service() + ":" : word.substring(0, colon + 1))
                        + port.service()
                        + "/"
                        + port.protocol().label())
                .orElse(word);
    }
}
