package dev.ajar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Messages;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemTimeline;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The home of a scenario for the doctor: its router, its machine and the commands run there. */
public final class DoctorHome implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final FaultyStateStore store = new FaultyStateStore();
    private DoctorScenario scenario;
    private EmbeddedRouter router;
    private FakeHostProbe machine;

    /** Everything up to the moment at which the user asks the doctor. */
    public DoctorHome(DoctorScenario scenario) throws IOException {
        this.scenario = scenario;
        router = EmbeddedRouter.start(scenario.script(), new SystemTimeline());
        machine = scenario.machine(router.lan().routes());
        machine.routes = scenario.routes(true, router.lan().routes());
        for (AdvicePlay.Step step : scenario.before()) {
            CliHarness.Outcome outcome = run(step.words());
            String told = step.ajar() + ": " + outcome;
            assertThat(outcome.exitCode()).as(told).isEqualTo(step.exit());
            assertThat(told).contains(step.said());
        }
        scenario.pinhole()
                .ifPresent(
                        port -> store.recordPinhole(port, new SystemTimeline().instant(), scenario.isPinholeGranted()));
        change(scenario.becomes());
        machine.routes = scenario.routes(false, router.lan().routes());
        if (scenario.forgets()) {
            router.forgetEverything();
        }
        store.fault = scenario.stateFile();
    }

    public EmbeddedRouter router() {
        return router;
    }

    public CliHarness.Outcome run(String... words) {
        return run(Messages.ENGLISH, words);
    }

    public CliHarness.Outcome run(Messages language, String... words) {
        return run(language, 0, words);
    }

    /** What a user sees at a terminal of that width. */
    public String shown(Messages language, int columns, String... words) {
        return new CliHarness(router, store, machine, lan())
                .speaking(language)
                .wide(columns)
                .shown(words);
    }

    /** @param columns of the user's terminal; zero for a file */
    public CliHarness.Outcome run(Messages language, int columns, String... words) {
        return new CliHarness(router, store, machine, lan())
                .speaking(language)
                .wide(columns)
                .run(words);
    }

    /** What the user changes by following advice. A router that is changed starts anew and has its table still. */
    public void follow(AdvicePlay play) throws IOException {
        scenario = scenario.changed(play.machine(), JSON.createObjectNode());
        change(play.router());
        if (play.forgets()) {
            router.forgetEverything();
        }
        machine = scenario.machine(router.lan().routes());
        store.fault = scenario.stateFile();
    }

    private void change(JsonNode members) throws IOException {
        ObjectNode change = JSON.createObjectNode();
        members.properties().forEach(entry -> change.set(entry.getKey(), entry.getValue()));
        if (!change.isEmpty()) {
            if (!change.has("entries")) {
                ArrayNode entries = change.putArray("entries");
                router.table().forEach(entries::add);
            }
            router.close();
        }
        scenario = scenario.changed(JSON.createObjectNode(), change);
        if (!change.isEmpty()) {
            router = EmbeddedRouter.start(scenario.script(), new SystemTimeline());
        }
    }

    /** Whether an opening would lead to the address that the scenario gives this machine: only to one of loopback. */
    public boolean isPlayable() {
        return machine.routes.stream()
                .allMatch(route -> route.gateway().isEmpty()
                        || route.localAddress().isLoopbackAddress()
                        || machine.routes.getFirst().localAddress().isLoopbackAddress());
    }

    /** As the commands see it: the machine's networks, as far as they can be played on loopback. */
    private NetworkView lan() {
        List<LocalRoute> own = machine.routes;
        LocalRoute usual = router.lan().routes().getFirst();
        boolean playable = own.stream().allMatch(route -> route.localAddress().isLoopbackAddress());
        List<LocalRoute> routes = Stream.concat(
                        own.stream().filter(route -> route.gateway().isPresent()),
                        playable
                                        || own.stream()
                                                .noneMatch(
                                                        route -> route.gateway().isPresent())
                                ? Stream.empty()
                                : Stream.of(usual))
                .filter(route -> route.localAddress().isLoopbackAddress())
                .filter(route -> !machine.isVirtual(route.interfaceName()))
                .toList();
        LocalRoute way = own.stream()
                .filter(route -> route.localAddress().isLoopbackAddress())
                .findFirst()
                .orElse(usual);
        return new NetworkView() {
            @Override
            public List<LocalRoute> routes() {
                return routes;
            }

            @Override
            public Optional<LocalRoute> towards(InetAddress destination) {
                return destination.isLoopbackAddress() && !own.isEmpty() ? Optional.of(way) : Optional.empty();
            }
        };
    }

    @Override
    public void close() {
        router.close();
    }
}
