package dev.ajar.gateway.upnp.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ProfileCatalog;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The router's words about its line are asked for beside the mapping. */
class LineBesideTest {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final ScriptedConnection router = new ScriptedConnection();

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

    @Test
    void the_line_is_asked_for_while_the_mapping_is_being_made() {
        router.connected = false;
        ManualTimeline timeline = new ManualTimeline();
        UpnpGateway gateway = new UpnpGateway(
                new GatewayInfo(
                        new GatewayId(UpnpProtocol.UPNP, Samples.GATEWAY),
                        Samples.ROUTE,
                        "",
                        RouterText.EMPTY,
                        RouterText.EMPTY,
                        Optional.of(URI.create("http://192.168.77.1/d.xml")),
                        Set.of()),
                List.of(waiting()),
                new ProfileCatalog()::standardQuirks,
                timeline,
                new Random(1));
        Deadline deadline = Deadline.after(timeline, Duration.ofSeconds(10));

        Supplier<Gateway.Line> line = gateway.askLine(deadline);
        assertThat(gateway.map(gateway.claim(Samples.tcp(25565), Optional.empty()), GatewayHistory.NONE, deadline))
                .isInstanceOf(Result.Ok.class);

        assertThat(line.get())
                .isEqualTo(new Gateway.Line(Result.ok(Optional.of(Samples.ip("203.0.113.7"))), Optional.of(false)));
    }
}
