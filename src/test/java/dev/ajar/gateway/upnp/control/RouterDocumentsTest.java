package dev.ajar.gateway.upnp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.gateway.upnp.description.IgdDescription;
import dev.ajar.gateway.upnp.description.LocationRule;
import dev.ajar.gateway.upnp.description.RouterUrl;
import dev.ajar.gateway.upnp.search.SsdpMessages;
import dev.ajar.gateway.upnp.search.UpnpGatewayFactory;
import dev.ajar.gateway.upnp.soap.SoapClient;
import dev.ajar.gateway.upnp.soap.SoapReader;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.http.HttpAnswer;
import dev.ajar.http.RouterHttp;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.RawServer;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documents of {@code test-fixtures/routers}, served byte for byte and read as the program reads them. */
@Execution(ExecutionMode.CONCURRENT)
class RouterDocumentsTest {
    private static final Path FOLDER = Path.of("test-fixtures/routers");
    private static final JsonMapper JSON = new JsonMapper();
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final RouterHttp http = new RouterHttp("Linux/1 UPnP/1.1 ajar/1");

    private static List<Path> devices() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void there_are_enough_documents() {
        assertThat(devices()).hasSizeGreaterThanOrEqualTo(25);
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> documents() {
        return devices().stream().flatMap(this::of);
    }

    private Stream<DynamicTest> of(Path device) {
        JsonNode expected = JSON.readTree(bytes(device.resolve("expected.json")));
        List<DynamicTest> tests = new ArrayList<>();
        String name = device.getFileName() + "/";
        JsonNode description = expected.path("description");
        RouterUrl location =
                RouterUrl.parse(expected.path("location").asString()).orElseThrow();
        String file = description.path("file").asString();
        tests.add(dynamicTest(name + file, () -> checkDescription(device.resolve(file), location, description)));
        for (JsonNode search : expected.path("searches")) {
            Path datagram = device.resolve(search.path("file").asString());
            tests.add(dynamicTest(name + datagram.getFileName(), () -> checkSearch(datagram, location, search)));
        }
        for (JsonNode reply : expected.path("replies")) {
            Path message = device.resolve(reply.path("file").asString());
            tests.add(dynamicTest(name + message.getFileName(), () -> checkReply(message, reply)));
        }
        return tests.stream();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawServer serving(Path file) throws IOException {
        byte[] bytes = bytes(file);
        boolean whole = file.toString().endsWith(".http");
        String head = whole ? "" : "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n";
        return new RawServer((out, socket) -> {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
        });
    }

    private static Deadline soon() {
        return Deadline.after(new SystemTimeline(), Duration.ofSeconds(5));
    }

    private void checkDescription(Path file, RouterUrl location, JsonNode expected) throws IOException {
        try (RawServer server = serving(file)) {
            Result<IgdDescription> result = http.get(server.uri("/"), LOOPBACK, soon())
                    .flatMap(answer -> UpnpGatewayFactory.read(answer, location));
            assertThat(verdict(result)).isEqualTo(expected.path("verdict").asString());
            result.toOptional().ifPresent(igd -> checkGateway(igd, expected));
        }
    }

    private static String verdict(Result<IgdDescription> result) {
        return switch (result) {
            case Result.Ok<IgdDescription> ignored -> "gateway";
            case Result.Err<IgdDescription>(Failure failure) ->
                failure instanceof Failure.Unsupported
                        ? "no_service"
                        : failure.detail().toString().startsWith("it is not a gateway")
                                ? "not_a_gateway"
                                : "unreadable";
        };
    }

    private static void checkGateway(IgdDescription igd, JsonNode expected) {
        assertThat(igd.version()).isEqualTo(expected.path("version").asString(igd.version()));
        assertThat(igd.manufacturer().display())
                .isEqualTo(expected.path("manufacturer")
                        .asString(igd.manufacturer().display()));
        assertThat(igd.model().display())
                .isEqualTo(expected.path("model").asString(igd.model().display()));
        List<String> wanted = new ArrayList<>();
        expected.path("services")
                .forEach(service -> wanted.add(service.path("type").asString()
                        + " at "
                        + service.path("control").asString()));
        assertThat(igd.services())
                .extracting(service ->
                        service.type() + " at " + service.controlUrls().getFirst())
                .isEqualTo(wanted);
        assertThat(igd.services())
                .allSatisfy(service -> assertThat(service.controlUrls())
                        .allSatisfy(url -> assertThat(url.getHost())
                                .isEqualTo(igd.services()
                                        .getFirst()
                                        .controlUrls()
                                        .getFirst()
                                        .getHost())));
    }

    private static void checkSearch(Path file, RouterUrl device, JsonNode expected) {
        InetAddress sender = Samples.ip(expected.path("sender").asString());
        LocalRoute route = new LocalRoute("eth0", device.host(), 24, Optional.of(device.host()));
        Optional<String> location = new SsdpMessages()
                .readLocations(bytes(file), new InetSocketAddress(sender, 1900)).stream()
                        .flatMap(text -> LocationRule.check(text, sender, route, route.gateway()).toOptional().stream())
                        .map(url -> url.toUri().toString())
                        .findFirst();
        JsonNode wanted = expected.path("location");
        assertThat(location).isEqualTo(wanted.isNull() ? Optional.empty() : Optional.of(wanted.asString()));
    }

    private void checkReply(Path file, JsonNode expected) throws IOException {
        String action = expected.path("action").asString();
        try (RawServer server = serving(file)) {
            HttpAnswer answer = http.post(
                            server.uri("/ctl"), SoapClient.headers("urn:x", action), "<x/>", LOOPBACK, soon())
                    .toOptional()
                    .orElseThrow();
            checkReply(SoapReader.read(answer, action), expected);
        }
    }

    private static void checkReply(SoapReply<XmlNode> reply, JsonNode expected) {
        switch (reply) {
            case SoapReply.Success<XmlNode>(XmlNode response) -> {
                assertThat(expected.has("value")).as("%s", reply).isTrue();
                JsonNode values = expected.path("value");
                values.properties()
                        .forEach(e -> assertThat(response.textOf(e.getKey()))
                                .as(e.getKey())
                                .isEqualTo(e.getValue().asString()));
                if (values.isEmpty()) {
                    assertThat(response.children())
                            .allMatch(child -> child.text().isEmpty());
                }
            }
            case SoapReply.Fault<XmlNode>(int code, var text) ->
                assertThat(expected.path("fault").asInt(-1)).as("%s", text).isEqualTo(code);
            case SoapReply.Broken<XmlNode>(Failure failure) -> {
                assertThat(expected.has("broken")).as("%s", failure).isTrue();
                assertThat(failure.detail().toString())
                        .contains(expected.path("broken").asString());
            }
        }
    }
}
