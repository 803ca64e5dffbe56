package dev.ajar.gateway.upnp.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ProfileCatalog;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.Samples;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The router's words about its line are asked for beside the mapping. */
class LineBesideTest {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final ScriptedConnection router = new ScriptedConnection();
    private final ManualTimeline timeline = new ManualTimeline();
    private final Deadline deadline = Deadline.after(timeline, Duration.ofSeconds(10));

    /** A router that answers the request for a mapping only after the question for its address. */
    private WanConnection waiting() {
        return (WanConnection) Proxy.newProxyInstance(
                WanConnection.class.getClassLoader(),
                new Class<?>[] {WanConnection.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "apart", "forRemote" -> self;
                    case "addPortMapping" -> {
                        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
                        yield method.invoke(router, arguments);
                    }
                    case "getExternalIpAddress" -> {
                        asked.countDown();
                        yield new SoapReply.Success<>(Optional.<InetAddress>of(Samples.ip("203.0.113.7")));
                    }
                    default -> method.invoke(router, arguments);
                });
    }

    private UpnpGateway gateway(WanConnection router) {
        return new UpnpGateway(
                new GatewayInfo(
                        new GatewayId(UpnpProtocol.UPNP, Samples.GATEWAY),
                        Samples.ROUTE,
                        "",
                        RouterText.EMPTY,
                        RouterText.EMPTY,
                        Optional.of(URI.create("http://192.168.77.1/d.xml")),
                        Set.of()),
                List.of(router),
                new ProfileCatalog()::standardQuirks,
                timeline,
                new Random(1));
    }

    @Test
    void the_line_is_asked_for_while_the_mapping_is_being_made() {
        router.connected = false;
        UpnpGateway gateway = gateway(waiting());

        Supplier<Gateway.Line> line = gateway.askLine(deadline);
        assertThat(gateway.map(gateway.claim(Samples.tcp(25565), Optional.empty()), GatewayHistory.NONE, deadline))
                .isInstanceOf(Result.Ok.class);

        assertThat(line.get())
                .isEqualTo(new Gateway.Line(Result.ok(Optional.of(Samples.ip("203.0.113.7"))), Optional.of(false)));
    }

    private static final Failure REFUSED = new Failure.Unreachable(Message.verbatim("connection refused"));
    private static final Failure BUSY = new Failure.Malformed(Message.of("upnp.busy", "status", 503), Optional.empty());

    /**
     * A router that answers the question for its address only after it has refused others, as long as they come one by
     * one.
     *
     * @param most how many it refuses
     * @param refused which question it refuses meanwhile; all others are answered
     */
    private WanConnection takingOneAtATime(int most, Failure why, Predicate<String> refused) {
        CountDownLatch turnedAway = new CountDownLatch(most);
        return (WanConnection) Proxy.newProxyInstance(
                WanConnection.class.getClassLoader(),
                new Class<?>[] {WanConnection.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "apart", "forRemote" -> self;
                    case "getExternalIpAddress" -> {
                        asked.countDown();
                        assertThat(turnedAway.await(1, TimeUnit.MINUTES)).isTrue();
                        yield new SoapReply.Success<>(Optional.<InetAddress>of(Samples.ip("203.0.113.7")));
                    }
                    default -> {
                        if (method.getReturnType() == SoapReply.class && refused.test(method.getName())) {
                            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
                            if (turnedAway.getCount() > 0) {
                                turnedAway.countDown();
                                yield new SoapReply.Broken<>(why);
                            }
                        }
                        yield method.invoke(router, arguments);
                    }
                });
    }

    private Result<Grant> mapped(UpnpGateway gateway) {
        return gateway.map(gateway.claim(Samples.tcp(25565), Optional.empty()), GatewayHistory.NONE, deadline);
    }

    /** Each look asks for the entry and then for the list. */
    @Test
    void a_mapping_refused_because_of_the_question_is_made_after_it() {
        UpnpGateway gateway = gateway(takingOneAtATime(4, REFUSED, name -> !name.equals("isConnected")));

        Supplier<Gateway.Line> line = gateway.askLine(deadline);

        assertThat(mapped(gateway)).isInstanceOf(Result.Ok.class);
        assertThat(line.get().address()).isEqualTo(Result.ok(Optional.of(Samples.ip("203.0.113.7"))));
    }

    @Test
    void a_router_too_busy_for_the_mapping_is_asked_again_after_the_question() {
        router.lookFault = 606;
        UpnpGateway gateway = gateway(takingOneAtATime(1, BUSY, name -> name.equals("addPortMapping")));

        gateway.askLine(deadline);

        assertThat(mapped(gateway)).isInstanceOf(Result.Ok.class);
    }

    @Test
    void without_a_question_a_refusal_is_final() {
        assertThat(mapped(gateway(takingOneAtATime(4, REFUSED, name -> {
                    asked.countDown();
                    return true;
                }))))
                .isInstanceOf(Result.Err.class);
    }

    @Test
    void a_look_refused_because_of_the_question_is_repeated_after_it() {
        UpnpGateway gateway = gateway(takingOneAtATime(2, REFUSED, name -> !name.equals("isConnected")));

        gateway.askLine(deadline);

        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), Optional.empty(), deadline))
                .isEqualTo(new Presence.Absent());
    }

    @Test
    void a_router_too_busy_for_the_question_is_asked_again() {
        AtomicBoolean first = new AtomicBoolean(true);
        UpnpGateway gateway = gateway((WanConnection) Proxy.newProxyInstance(
                WanConnection.class.getClassLoader(),
                new Class<?>[] {WanConnection.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "apart", "forRemote" -> self;
                    case "getExternalIpAddress" ->
                        first.getAndSet(false)
                                ? new SoapReply.Broken<>(BUSY)
                                : new SoapReply.Success<>(Optional.<InetAddress>of(Samples.ip("203.0.113.7")));
                    default -> method.invoke(router, arguments);
                }));

        assertThat(gateway.askLine(deadline).get().address())
                .isEqualTo(Result.ok(Optional.of(Samples.ip("203.0.113.7"))));
    }
}
