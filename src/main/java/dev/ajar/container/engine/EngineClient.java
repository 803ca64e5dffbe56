package dev.ajar.container.engine;

import dev.ajar.container.Container;
import dev.ajar.container.Container.Network;
import dev.ajar.container.EngineAddress;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.message.Message;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an engine tells of its containers. */
final class EngineClient {
    /** Of those that ask for ports: more than a router has room for. */
    static final int MOST_CONTAINERS = 256;

    private static final String WITH_LABEL = filters("{\"label\":[\"ajar.open\"]}");
    private static final String EVENTS = filters("{\"type\":[\"container\",\"network\",\"service\",\"node\"]}");
    private static final Set<String> ON_THE_LAN = Set.of("macvlan", "ipvlan");

    private final EngineHttp http;
    private final LastAnswers<ContainerJson.Reach> reaches;
    private final LastAnswers<String> drivers;
    private final LastAnswers<SwarmServices.Services> clusters;
    private boolean inCluster;

    /**
     * @param patience for how long the last answer counts where the engine fails to answer a question about one thing
     */
    EngineClient(EngineAddress address, Timeline timeline, Duration patience) {
        this.http = new EngineHttp(address, timeline);
        this.reaches = new LastAnswers<>(timeline, patience);
        this.drivers = new LastAnswers<>(timeline, patience);
        this.clusters = new LastAnswers<>(timeline, patience);
    }

    /** The containers that run and have the label {@code ajar.open}. */
    List<Container> containers() throws IOException {
        try {
            List<JsonObject> all = JsonReader.readList(http.get("/containers/json" + WITH_LABEL));
            List<Container> containers = new ArrayList<>();
            for (JsonObject json : all.subList(0, Math.min(MOST_CONTAINERS, all.size()))) {
                Optional<Container> listed = ContainerJson.listed(json);
                if (listed.isPresent()) {
                    containers.add(reached(listed.get(), json));
                }
            }
            SwarmServices.Services services =
                    clusters.of("/info", () -> new SwarmServices(http).all()).orElse(SwarmServices.Services.NONE);
            reaches.forgetOthers();
            drivers.forgetOthers();
            inCluster = services.exist();
            containers.addAll(services.here());
            return containers;
        } catch (JsonException e) {
            throw new EngineException(Message.of("containers.answer-odd"));
        }
    }

    /** Whether the last list depends on other nodes, whose events this engine does not tell. */
    boolean isInCluster() {
        return inCluster;
    }

    /**
     * Returns if the engine answers.
     *
     * @throws IOException if it does not in that time
     */
    void ping(Duration longest) throws IOException {
        http.ping(longest);
    }

    /** What happens from now on. */
    EventStream events() throws IOException {
        return http.stream("/events" + EVENTS);
    }

    /** Asks how the container is reached where the list does not tell. */
    private Container reached(Container container, JsonObject json) throws IOException {
        if (container.network() instanceof Network.Shared(String other) && isId(other)) {
            return reachedAs(other, container);
        }
        if (container.ports().isEmpty() && !ContainerJson.tellsMode(json) && isId(container.id())) {
            return reachedAs(container.id(), container);
        }
        if (container.network() instanceof Network.Inner && container.ports().isEmpty()) {
            for (Map.Entry<String, String> network :
                    ContainerJson.networks(json).entrySet()) {
                if (isId(network.getValue())
                        && driver(network.getValue())
                                .filter(ON_THE_LAN::contains)
                                .isPresent()) {
                    return container.reachedAs(new Network.Lan(ContainerJson.shown(network.getKey())), List.of());
                }
            }
        }
        return container;
    }

    private Container reachedAs(String other, Container container) throws IOException {
        String path = "/containers/" + other + "/json";
        return reaches.of(path, () -> ContainerJson.reach(JsonReader.read(http.get(path))))
                .map(reach -> reach.of(container))
                .orElse(container);
    }

    private Optional<String> driver(String network) throws IOException {
        String path = "/networks/" + network;
        return drivers.of(
                path,
                () -> JsonReader.read(http.get(path)).optionalText("Driver").orElse(""));
    }

    /** It stands in the path of a request. */
    static boolean isId(String text) {
        return text.matches("[0-9A-Za-z][0-9A-Za-z_.-]{0,127}");
    }

    static String filters(String json) {
        return "?filters=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }
}
