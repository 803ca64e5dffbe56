package dev.ajar.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import dev.ajar.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a daemon tells of a failure is the failure that its client shows. */
class FailureJsonTest {
    private static final Message DETAIL = Message.of("daemon.ending");
    private static final Optional<RouterError> ROUTER =
            Optional.of(new RouterError(PxpProtocols.PCP, 8, new RouterText("NO_RESOURCES"), Duration.ofSeconds(30)));
    private static final Failure CONFLICT = new Failure.Conflict(
            DETAIL,
            Optional.of(new Endpoint(Samples.ip("192.168.1.9"), new Port(80))),
            Optional.of(new Port(8081)),
            ROUTER);

    private static Stream<Failure> samples() {
        return Stream.of(
                new Failure.NoGateway(DETAIL),
                new Failure.NoGateway(
                        DETAIL, List.of(Message.of("advice.again"), Message.verbatim("Ask the provider."))),
                new Failure.NoIpv6(DETAIL),
                new Failure.NoFirewall(DETAIL),
                new Failure.Unreachable(DETAIL),
                new Failure.TimedOut(DETAIL),
                new Failure.KeptIn(DETAIL),
                new Failure.AddressMismatch(DETAIL, ROUTER),
                new Failure.Refused(DETAIL, ROUTER),
                new Failure.Refused(DETAIL, Optional.empty()),
                new Failure.ForeignHostRefused(Samples.ip("192.168.1.30"), ROUTER),
                CONFLICT,
                new Failure.Conflict(DETAIL, Optional.empty(), Optional.empty()),
                new Failure.LeftOpen(CONFLICT, List.of(new Port(80), new Port(443))),
                new Failure.LeftOpen(new Failure.NotAsked(new Failure.TimedOut(DETAIL)), List.of(new Port(80))),
                new Failure.NotAsked(CONFLICT),
                new Failure.FormerAddress(
                        CONFLICT, DETAIL, Samples.ip("192.168.1.32"), List.of(Message.of("mapping.former-by-hand"))),
                new Failure.NotAsked(new Failure.ForeignHostRefused(Samples.ip("192.168.1.31"), Optional.empty())),
                new Failure.NotAsked(new Failure.SecondNat(DETAIL, Optional.of(Samples.ip("10.0.0.2")), ROUTER)),
                new Failure.SecondNat(DETAIL, Optional.of(Samples.ip("100.64.0.1")), Optional.empty()),
                new Failure.SecondNat(DETAIL, ROUTER),
                new Failure.LineDown(DETAIL, true, ROUTER),
                new Failure.LineDown(DETAIL, false, Optional.empty()),
                new Failure.NoResources(DETAIL, ROUTER),
                new Failure.Unsupported(DETAIL, ROUTER),
                new Failure.Malformed(DETAIL, ROUTER),
                new Failure.Unsafe(DETAIL, Message.of("advice.again")),
                new Failure.LocalPort(DETAIL, Message.verbatim("Stop the other program.")),
                new Failure.Usage(Message.verbatim("not a port: x")),
                new Failure.Busy(DETAIL),
                new Failure.BadConfiguration(DETAIL),
                new Failure.BadState(DETAIL));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_failure_is_read_as_it_was_written(Failure failure) {
        byte[] document = JsonWriter.write(FailureJson.write(failure)).getBytes(StandardCharsets.UTF_8);
        assertThat(FailureJson.read(JsonReader.read(document), Samples.PROTOCOLS))
                .isEqualTo(failure)
                .satisfies(read -> assertThat(Advice.of(read)).isEqualTo(Advice.of(failure)));
    }

    @Test
    void there_is_a_sample_of_every_failure() {
        assertThat(samples().map(Failure::getClass).distinct())
                .map(Class::getName)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Failure.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
    }
}
