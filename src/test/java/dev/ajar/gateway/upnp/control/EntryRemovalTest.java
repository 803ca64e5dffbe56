package dev.ajar.gateway.upnp.control;

import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway.Removed;
import dev.ajar.gateway.upnp.UpnpEntry;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryRemovalTest {
    private static final Port PORT = new Port(25565);
    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedConnection router = new ScriptedConnection();

    private Result<Removed> remove(Duration time) {
        Deadline deadline = Deadline.after(timeline, time);
        Claim claim = new Claim(
                tcp(25565),
                new GatewayId(UpnpProtocol.UPNP, Samples.GATEWAY),
                new Endpoint(HERE, PORT),
                new UpnpEntry(URI.create("http://192.168.77.1/d.xml"), "ab12"),
                Instant.EPOCH);
        router.addPortMapping(
                new PortMappingRequest(
                        TransportProtocol.TCP, PORT, claim.internal(), LeaseDuration.ofSeconds(600), "ajar 25565"),
                deadline);
        return new EntryRemoval(router, new UnshownEntries(), claim, PORT, deadline).run();
    }

    private Result<Removed> remove() {
        return remove(Duration.ofSeconds(10));
    }

    /** The router was busy: a refusal that explains nothing is worth the same question again. */
    @ParameterizedTest
    @CsvSource({"501, 2", "-1, 2", "606, 1", "402, 1"})
    void a_refusal_that_explains_nothing_is_asked_again_once(int code, int asked) {
        router.deleteFault = code;
        router.deleteFaults = 1;

        assertThat(remove() instanceof Result.Ok).isEqualTo(asked == 2);
        assertThat(router.deleted).hasSize(asked);
    }

    @Test
    void a_refusal_that_does_not_pass_is_asked_no_third_time() {
        router.deleteFault = 501;

        assertThat(remove()).isInstanceOf(Result.Err.class);
        assertThat(router.deleted).hasSize(2);
    }

    /** Its list is a moment behind: the entry is gone, and needs no second removal. */
    @Test
    void an_entry_that_is_shown_for_a_moment_after_the_yes_is_gone() {
        router.lagsBehind = 1;

        assertThat(remove()).isInstanceOf(Result.Ok.class);
        assertThat(router.deleted).hasSize(1);
        assertThat(timeline.uptime()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void what_goes_at_once_takes_no_second_look() {
        assertThat(remove()).isInstanceOf(Result.Ok.class);
        assertThat(router.deleted).hasSize(1);
        assertThat(router.looks).isEqualTo(1);
        assertThat(timeline.uptime()).isZero();
    }

    @Test
    void without_time_for_it_there_is_no_second_try() {
        router.deleteFault = 501;
        router.deleteFaults = 1;

        assertThat(remove(Duration.ofMillis(900))).isInstanceOf(Result.Err.class);
        assertThat(router.deleted).hasSize(1);
        assertThat(timeline.uptime()).isZero();
    }
}
