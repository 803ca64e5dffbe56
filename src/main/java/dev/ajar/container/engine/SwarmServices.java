package dev.ajar.container.engine;

import dev.ajar.container.Container;
import dev.ajar.container.Container.Network;
import dev.ajar.container.Container.PublishedPort;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The services of a Swarm that have the label {@code ajar.open} and are this node's to open. Every manager knows all
 * services, and each comes to the same result, so that one node opens a port and no other: for a port of the ingress,
 * which every node reaches, the leader; for one on the hosts of its tasks, the first manager that runs one.
 */
final class SwarmServices {
    private static final int MOST_SERVICES = 64;

    private final EngineHttp http;

    SwarmServices(EngineHttp http) {
        this.http = http;
    }

    /**
     * What the cluster has.
     *
     * @param exist whether any service asks for ports, on whatever node
     * @param here those that are this node's to open
     */
    record Services(boolean exist, List<Container> here) {
        static final Services NONE = new Services(false, List.of());
    }

    /** None where the engine is in no cluster or does not manage it. */
    Services all() throws IOException {
        Optional<JsonObject> swarm = JsonReader.read(http.get("/info")).object("Swarm");
        Optional<String> self = swarm.filter(SwarmServices::manages).flatMap(one -> one.optionalText("NodeID"));
        return self.isEmpty() ? Services.NONE : of(self.get());
    }

    private static boolean manages(JsonObject swarm) {
        return swarm.optionalText("LocalNodeState").equals(Optional.of("active"))
                && swarm.has("ControlAvailable")
                && swarm.flag("ControlAvailable");
    }

    private Services of(String self) throws IOException {
        List<JsonObject> asking =
                JsonReader.readList(http.get("/services" + EngineClient.filters("{\"label\":[\"ajar.open\"]}")));
        if (asking.isEmpty()) {
            return Services.NONE;
        }
        Map<String, Boolean> managers = managers();
        List<Container> here = new ArrayList<>();
        for (JsonObject service : asking.subList(0, Math.min(MOST_SERVICES, asking.size()))) {
            String id = service.text("ID");
            if (EngineClient.isId(id)) {
                here(service, id, self, managers).ifPresent(here::add);
            }
        }
        return new Services(true, here);
    }

    /** The managers of the cluster, and whether each leads it. */
    private Map<String, Boolean> managers() throws IOException {
        Map<String, Boolean> leads = new HashMap<>();
        for (JsonObject node :
                JsonReader.readList(http.get("/nodes" + EngineClient.filters("{\"role\":[\"manager\"]}")))) {
            boolean leader = node.object("ManagerStatus")
                    .filter(status -> status.has("Leader") && status.flag("Leader"))
                    .isPresent();
            leads.put(node.text("ID"), leader);
        }
        return leads;
    }

    private Optional<Container> here(JsonObject service, String id, String self, Map<String, Boolean> managers)
            throws IOException {
        Set<String> running = running(id);
        boolean leads = managers.getOrDefault(self, false);
        Optional<String> first = running.stream().filter(managers::containsKey).findFirst();
        List<PublishedPort> ports = new ArrayList<>();
        boolean published = false;
        for (JsonObject port : ports(service)) {
            boolean onHosts = port.optionalText("PublishMode").equals(Optional.of("host"));
            published = true;
            if (onHosts ? first.equals(Optional.of(self)) : leads) {
                ContainerJson.published(
                                port.optionalText("Protocol").orElse("tcp"),
                                port.optionalNumber("TargetPort"),
                                port.optionalNumber("PublishedPort"),
                                "")
                        .ifPresent(ports::add);
            }
        }
        // One that publishes nothing is told once, by the leader.
        boolean ours = !ports.isEmpty() || (!published && leads);
        if (running.isEmpty() || !ours) {
            return Optional.empty();
        }
        JsonObject spec = service.object("Spec").orElseThrow(() -> new JsonException("no Spec"));
        return Optional.of(new Container(
                id,
                ContainerJson.shown(spec.text("Name")),
                spec.object("Labels").map(ContainerJson::ours).orElse(Map.of()),
                new Network.Inner(),
                ports,
                0));
    }

    private static List<JsonObject> ports(JsonObject service) {
        return service.object("Endpoint")
                .filter(endpoint -> endpoint.has("Ports"))
                .map(endpoint -> endpoint.objects("Ports"))
                .orElse(List.of());
    }

    /** The nodes on which a task of the service runs, in order. */
    private Set<String> running(String service) throws IOException {
        Set<String> nodes = new TreeSet<>();
        String wanted = "{\"service\":[\"" + service + "\"],\"desired-state\":[\"running\"]}";
        for (JsonObject task : JsonReader.readList(http.get("/tasks" + EngineClient.filters(wanted)))) {
            boolean runs = task.object("Status")
                    .flatMap(status -> status.optionalText("State"))
                    .equals(Optional.of("running"));
            task.optionalText("NodeID").filter(node -> runs).ifPresent(nodes::add);
        }
        return nodes;
    }
}
