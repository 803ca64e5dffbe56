package dev.ajar.demo;

import dev.ajar.gateway.Grant;
import dev.ajar.mapping.CloseReport;
import dev.ajar.mapping.DiscoverReport;
import dev.ajar.mapping.ListReport;
import dev.ajar.mapping.OpenReport;
import dev.ajar.mapping.Ownership;
import dev.ajar.mapping.PortMapper;
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

/** Find, open, send real bytes through the opened port, list, close; each step told in one plain sentence. */
public final class DemoStory {
    private static final Port GAME = new Port(25565);
    private static final Duration TIME = Duration.ofSeconds(4);

    private final Function<EmbeddedRouter, PortMapper> actions;
    private final Timeline timeline;
    private final PrintWriter out;
    private boolean allWell = true;

    /** @param actions ajar itself, on the network of the given router */
    public DemoStory(Function<EmbeddedRouter, PortMapper> actions, Timeline timeline, PrintWriter out) {
        this.actions = actions;
        this.timeline = timeline;
        this.out = out;
    }

    /** @return whether every step did what it should */
    public boolean tell() {
        out.println(
                "A home router hides all your devices behind one internet address. Here is a small real one, built in.");
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), timeline);
                GameServer game = new GameServer(router.address())) {
            tell(router, game, actions.apply(router));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
        out.println(
                allWell
                        ? "That is port forwarding. On your own router it is one line: ajar open 25565"
                        : "Something did not work as it should; please report what is printed above.");
        out.flush();
        return allWell;
    }

    private void tell(EmbeddedRouter router, GameServer game, PortMapper ajar) {
        InternetClient friend = new InternetClient(router.internet());

        step("A game server runs on this machine, and a friend on the internet tries to join it.");
        result(
                "the friend reaches nobody: the router drops what nobody asked for",
                joins(friend).isEmpty());

        step("ajar asks the network which routers are there, in three languages: PCP, NAT-PMP and UPnP.");
        DiscoverReport found = ajar.discover(GatewaySelector.AUTO, Duration.ofSeconds(2));
        found.gateways().forEach(info -> out.println("     found " + info.title()));
        result("the router answers to each", found.gateways().size() == 3);

        step("ajar open "
                + GAME
                + ":"
                + game.port()
                + "/both asks it to forward port "
                + GAME
                + " to this machine, for an hour.");
        OpenReport opened = ajar.open(desiredMappings(game), GatewaySelector.AUTO, Ownership.ANYBODY, TIME);
        router.table().forEach(line -> out.println("     in the router's table: " + line));
        result(
                "the router agrees, by "
                        + opened.gateway().map(info -> info.title()).orElse("nothing"),
                opened.outcomes().size() == 2
                        && opened.outcomes().stream()
                                .allMatch(o -> o.result() instanceof Result.Ok<Grant>(Grant.Granted ignored)));

        step("The friend tries again, over TCP and UDP, at the router's internet address "
                + opened.externalAddress().map(a -> a.getHostAddress()).orElse("(unknown)")
                + ".");
        List<String> heard = joins(friend);
        heard.forEach(answer -> out.println("     the server says: " + answer));
        result("real bytes go in through the opened port and back out", heard.size() == 2);

        step("ajar list shows what is open, so that nothing stays open unnoticed.");
        ListReport listed = ajar.list(GatewaySelector.AUTO, TIME);
        result(
                "both ports are there, marked as ajar's",
                listed.entries().size() == 2 && listed.entries().stream().allMatch(ListReport.ListedMapping::mine));

        step("ajar close " + GAME + "/both takes the forwarding away again.");
        CloseReport closed = ajar.close(wanted(), GatewaySelector.AUTO, false, TIME);
        result("closed", closed.outcomes().stream().allMatch(CloseReport.CloseOutcome.Closed.class::isInstance));

        step("The friend tries once more.");
        result(
                "the door is shut, and the router's table is empty",
                joins(friend).isEmpty() && router.table().isEmpty());
    }

    private static List<String> joins(InternetClient friend) {
        return Arrays.stream(TransportProtocol.values())
                .map(protocol -> friend.join(protocol, GAME.number()))
                .flatMap(Optional::stream)
                .filter(answer -> answer.equals("welcome, friend"))
                .toList();
    }

    private static List<Mapping> desiredMappings(GameServer game) {
        return Arrays.stream(TransportProtocol.values())
                .map(protocol -> new Mapping(
                        protocol,
                        GAME,
                        PortPolicy.EXACT,
                        new Target.ThisHost(new Port(game.port())),
                        LeaseDuration.ofSeconds(3600),
                        EntryName.standard(protocol, GAME)))
                .toList();
    }

    private static List<CloseReport.CloseRequest> wanted() {
        return Arrays.stream(TransportProtocol.values())
                .map(protocol -> new CloseReport.CloseRequest(protocol, GAME, GAME))
                .toList();
    }

    private void step(String sentence) {
        out.println();
        out.println(sentence);
        out.flush();
    }

    private void result(String sentence, boolean well) {
        allWell &= well;
        out.println((well ? "  ok " : "  NOT SO: ") + sentence);
        out.flush();
    }
}
