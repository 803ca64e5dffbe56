package dev.ajar.demo;

import dev.ajar.gateway.Grant;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.DiscoverReport;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.Addresses;
import dev.ajar.model.EntryName;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds a router, opens ports, sends bytes through them, lists and closes them, and explains each step in one sentence.
 */
public final class DemoStory {
    private static final Port GAME = new Port(25565);
    /** Enough for a busy machine, and for an emulated processor; each step ends as soon as the router has answered. */
    private static final Duration TIME = Duration.ofSeconds(45);

    private final Function<EmbeddedRouter, PortMapper> actions;
    private final Timeline timeline;
    private final PrintWriter out;
    private final Messages messages;
    private boolean allWell = true;

    /**
     * @param actions ajar itself, on the network of the given router
     * @param messages the sentences in the language of the reader
     */
    public DemoStory(
            Function<EmbeddedRouter, PortMapper> actions, Timeline timeline, PrintWriter out, Messages messages) {
        this.messages = messages;
        this.actions = actions;
        this.timeline = timeline;
        this.out = out;
    }

    /** @return whether every step did what it should */
    public boolean tell() {
        out.println(messages.text("demo.beginning"));
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), timeline);
                GameServer game = new GameServer(router.address())) {
            tell(router, game, actions.apply(router));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
        out.println(messages.text(allWell ? Message.of("demo.end") : Message.of("demo.failed")));
        out.flush();
        return allWell;
    }

    private void tell(EmbeddedRouter router, GameServer game, PortMapper ajar) {
        InternetClient friend = new InternetClient(router.internet());

        step(Message.of("demo.server-runs"));
        result(Message.of("demo.unreachable"), joins(friend).isEmpty());

        step(Message.of("demo.search"));
        DiscoverReport found = ajar.discover(GatewaySelector.AUTO, TIME);
        found.gateways().forEach(info -> detail(Message.of("demo.found", "router", info.title())));
        result(Message.of("demo.answers"), found.gateways().size() == 3);

        step(Message.of("demo.open", "port", GAME, "internal", game.port()));
        OpenReport opened = ajar.open(mappings(game), GatewaySelector.AUTO, Ownership.USER, TIME);
        router.table().forEach(entry -> detail(Message.of("demo.entry", "entry", entry)));
        result(
                opened.gateway()
                        .map(info -> Message.of("demo.opened", "router", info.title()))
                        .orElseGet(() -> Message.of("demo.not-opened")),
                opened.outcomes().size() == 2
                        && opened.outcomes().stream()
                                .allMatch(o -> o.result() instanceof Result.Ok<Grant>(Grant.Granted ignored)));

        step(opened.externalAddress()
                .map(address -> Message.of("demo.try-again", "address", Addresses.text(address)))
                .orElseGet(() -> Message.of("demo.try-again-anywhere")));
        List<String> heard = joins(friend);
        heard.forEach(answer -> detail(Message.of("demo.server-says", "answer", answer)));
        result(Message.of("demo.bytes"), heard.size() == 2);

        step(Message.of("demo.list"));
        ListReport listed = ajar.list(GatewaySelector.AUTO, TIME);
        result(
                Message.of("demo.listed"),
                listed.entries().size() == 2 && listed.entries().stream().allMatch(ListReport.ListedMapping::mine));

        step(Message.of("demo.close", "port", GAME));
        CloseReport closed = ajar.close(closeRequests(), GatewaySelector.AUTO, false, TIME);
        result(
                Message.of("demo.closed"),
                closed.outcomes().stream().allMatch(CloseReport.CloseOutcome.Closed.class::isInstance));

        step(Message.of("demo.try-once-more"));
        result(
                Message.of("demo.shut"),
                joins(friend).isEmpty() && router.table().isEmpty());
    }

    private static List<String> joins(InternetClient friend) {
        return Arrays.stream(TransportProtocol.values())
                .map(protocol -> friend.join(protocol, GAME.number()))
                .flatMap(Optional::stream)
                .filter(answer -> answer.equals("welcome, friend"))
                .toList();
    }

    private static List<Mapping> mappings(GameServer game) {
        return Arrays.stream(TransportProtocol.values())
                .map(protocol -> new Mapping(
                        protocol,
                        GAME,
                        PortPolicy.EXACT,
                        new Target.ThisHost(new Port(game.port())),
                        LeaseDuration.STANDARD,
                        EntryName.standard(protocol, GAME)))
                .toList();
    }

    private static List<CloseReport.CloseRequest> closeRequests() {
        return Arrays.stream(TransportProtocol.values())
                .map(protocol -> new CloseReport.CloseRequest(protocol, GAME, GAME))
                .toList();
    }

    private void step(Message sentence) {
        out.println();
        out.println(messages.text(sentence));
        out.flush();
    }

    private void detail(Message line) {
        out.println("     " + messages.text(line));
    }

    private void result(Message sentence, boolean well) {
        allWell &= well;
        out.println("  "
                + messages.text(
                        well
                                ? Message.of("demo.ok", "result", sentence)
                                : Message.of("demo.wrong", "result", sentence)));
        out.flush();
    }
}
