package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.Cli;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.Terminal;
import dev.ajar.control.ControlHandler;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.ControlServer;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.service.PortService;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.service.client.PortServices;
import dev.ajar.service.client.RemotePorts;
import dev.ajar.system.LocalClock;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.NoDaemon;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This version's client asks a daemon of an older version, whose answers are recorded. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OlderDaemonTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ServiceRequest.Look CHECK = new ServiceRequest.Look(GatewaySelector.AUTO, true, TIMEOUT);
    private static final ServiceRequest.Look LOOK = new ServiceRequest.Look(GatewaySelector.AUTO, false, TIMEOUT);

    @TempDir
    private Path folder = Path.of("");

    private Path place() {
        return folder.resolve("control.sock");
    }

    /** Answers each request as the daemon of that version answered the one most like it. */
    private record Recorded(List<GoldenService.Exchange> exchanges) implements ControlHandler {
        private Optional<GoldenService.Exchange> answer(Predicate<JsonObject> request) {
            return exchanges.stream()
                    .filter(one -> request.test(parsed(one.request())))
                    .findFirst();
        }

        private static JsonObject parsed(String json) {
            return JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public ControlRequest.Response run(ControlRequest request) {
            return new ControlRequest.Response(0, "ran " + request.arguments(), "");
        }

        @Override
        public String watch() {
            return exchanges.stream()
                    .filter(one -> one.request().contains("\"watch\""))
                    .toList()
                    .getLast()
                    .answer();
        }

        @Override
        public void follow(Predicate<String> documents) {
            boolean unused = documents.test(watch());
        }

        @Override
        public Set<String> requests() {
            return exchanges.stream()
                    .map(one -> parsed(one.request()).text("request"))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public String answer(String name, JsonObject request) {
            return answer(recorded -> recorded.text("request").equals(name)
                            && recorded.has("mappings")
                            && Objects.equals(
                                    recorded.toMap().get("mappings"),
                                    request.toMap().get("mappings")))
                    .or(() -> answer(recorded -> recorded.text("request").equals(name)
                            && recorded.has("check") == (request.has("check") && request.flag("check"))))
                    .or(() -> answer(recorded -> recorded.text("request").equals(name)))
                    .orElseThrow()
                    .answer();
        }
    }

    private PortServices services() {
        return new PortServices() {
            @Override
            public Result<PortService> here(Progress progress) {
                return Result.err(new Failure.Busy(Message.verbatim("this process must not work itself")));
            }

            @Override
            public Optional<DaemonLink> daemon() {
                return DaemonLink.connect(place());
            }

            @Override
            public PortService at(DaemonLink daemon) {
                return new RemotePorts(daemon, Samples.PROTOCOLS, List::of, () -> here(Progress.silent()), false);
            }
        };
    }

    private record Outcome(int exitCode, String out, String err) {}

    private Outcome run(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal =
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, true, Messages.ENGLISH);
        int exitCode = new Cli(new CliContext(
                        terminal,
                        services(),
                        shown -> false,
                        LocalClock.in(ZoneOffset.UTC),
                        name -> Optional.empty(),
                        new FakeHostProbe(List.of()),
                        new NoDaemon(),
                        Samples.PROTOCOLS))
                .run(line.split(" "));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = "v3")
    void every_recorded_answer_is_read(String version) throws IOException {
        try (ControlServer server = ControlServer.start(place(), new Recorded(GoldenService.read(version)))) {
            assertThat(server).isNotNull();
            PortService service = services().at(services().daemon().orElseThrow());
            assertThat(service.keeper()).get().hasToString("the ajar daemon, process 42");

            OpenResult opened = open(service, IpVersion.IPV4, 25565, 25566);
            assertThat(opened.isAnyOpen()).isTrue();
            assertThat(open(service, IpVersion.IPV6, 30555).failure())
                    .get()
                    .extracting(Failure::detail)
                    .isEqualTo(Message.of("mapping.no-ipv6"));
            assertThat(service.record(new ServiceRequest.ByHand(List.of(Samples.tcp(9999)), Samples.ip("127.0.0.1")))
                            .toOptional()
                            .orElseThrow())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.label()).isEqualTo("tcp 9999"));
            for (ServiceRequest.Look look : List.of(CHECK, LOOK)) {
                assertThat(service.list(look).report().failure()).isEmpty();
                assertThat(service.status(look).report().mappings()).hasSize(2);
            }
            assertThat(service.list(CHECK).report().entries()).hasSize(2);
            assertThat(service.renew(new RenewalRequest(Optional.empty(), false, Optional.empty()))
                            .toOptional()
                            .orElseThrow()
                            .open())
                    .isEqualTo(2);
            assertThat(service.watch().toOptional().orElseThrow().rows()).hasSize(2);
            assertThat(service.closable().toOptional().orElseThrow()).isNotEmpty();
            CloseReport closed = service.close(new ServiceRequest.Close(
                    List.of(new CloseReport.CloseRequest(TransportProtocol.TCP, new Port(25565), new Port(25565))),
                    GatewaySelector.AUTO,
                    false,
                    TIMEOUT));
            assertThat(closed.failure()).isEmpty();
            assertThat(closed.outcomes()).hasSize(2);
        }
    }

    private static OpenResult open(PortService service, IpVersion version, int... ports) {
        return service.open(new ServiceRequest.Open(
                java.util.Arrays.stream(ports).mapToObj(Samples::tcp).toList(),
                GatewaySelector.AUTO,
                false,
                Set.of(version),
                Optional.empty(),
                TIMEOUT,
                Optional.empty()));
    }

    @Test
    void a_daemon_that_lacks_a_request_runs_the_command_and_the_client_says_that_it_is_older() throws IOException {
        Recorded older = new Recorded(GoldenService.read("v3").stream()
                .map(one ->
                        new GoldenService.Exchange(one.request(), one.answer().replace("[\"close\",", "[")))
                .toList());
        try (ControlServer server = ControlServer.start(place(), older)) {
            assertThat(server).isNotNull();
            Outcome closed = run("close 25565");
            assertThat(closed.exitCode()).isZero();
            assertThat(closed.out()).isEqualTo("ran [close, 25565]");
            assertThat(closed.err()).contains("The daemon is older than this ajar; restart it");
            assertThat(run("status").err()).doesNotContain("older");
        }
    }

    /** It knows no request but command lines, and ends every other conversation without an answer. */
    @Test
    void reading_and_closing_work_with_a_daemon_of_version_2() throws IOException {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(place()));
            Thread.ofPlatform().daemon().start(() -> {
                while (server.isOpen()) {
                    try (SocketChannel client = server.accept()) {
                        answerAsVersion2(client, ran);
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            for (String line : List.of("close 25565", "list", "status --json", "renew")) {
                assertThat(run(line)).satisfies(done -> {
                    assertThat(done.exitCode()).as(line).isZero();
                    assertThat(done.out()).isEqualTo("done by version 2\n");
                    assertThat(done.err()).contains("The daemon is older than this ajar; restart it");
                });
            }
            assertThat(run("watch --once").out()).contains("tcp 25565");
            assertThat(ran).contains("close 25565", "list", "status --json", "renew", "watch --once --json");
        }
    }

    private static void answerAsVersion2(SocketChannel client, List<String> ran) throws IOException {
        StringBuilder line = new StringBuilder();
        java.io.InputStream in = Channels.newInputStream(client);
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        JsonObject request = JsonReader.read(line.toString().getBytes(StandardCharsets.UTF_8));
        if (!request.has("arguments") || request.number("ajar") != 2) {
            return;
        }
        String command = String.join(" ", request.texts("arguments"));
        ran.add(command);
        String out = command.startsWith("watch")
                ? "{\\\"kept_by\\\":\\\"ajar daemon 1\\\",\\\"mappings\\\":[{\\\"mapping\\\":\\\"tcp 25565\\\",\\\"goes_to\\\":\\\"\\\","
                        + "\\\"method\\\":\\\"\\\",\\\"state\\\":\\\"open\\\",\\\"seconds_left\\\":null,\\\"last\\\":\\\"\\\"}]}"
                : "done by version 2\\n";
        String answer = "+\n{\"ajar\":2,\"exit_code\":0,\"out\":\"" + out + "\",\"err\":\"\"}\n";
        ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }
}
