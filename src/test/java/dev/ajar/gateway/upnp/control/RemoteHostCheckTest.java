package dev.ajar.gateway.upnp.control;

import static dev.ajar.testing.Samples.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemoteHostCheckTest {
    private static final PortMappingRequest REQUEST = new PortMappingRequest(
            TransportProtocol.TCP,
            new Port(8554),
            new Endpoint(HERE, new Port(8554)),
            LeaseDuration.ofSeconds(600),
            "ajar 8554 tcp abcd");

    private final ScriptedConnection router = new ScriptedConnection();

    private Result<UpnpOpening.AddOutcome> judge(String remoteHost) {
        Deadline deadline = Deadline.after(new ManualTimeline(), Duration.ofSeconds(10));
        router.addPortMapping(REQUEST, deadline);
        return new RemoteHostCheck(router.forRemote(remoteHost), deadline)
                .judge(new UpnpOpening.AddOutcome.Opened(
                        REQUEST, Optional.of(ScriptedConnection.entry(REQUEST)), Set.of(), true));
    }

    private static boolean isSeen(Result<UpnpOpening.AddOutcome> result) {
        return ((UpnpOpening.AddOutcome.Opened) result.toOptional().orElseThrow()).asAsked();
    }

    @Test
    void what_is_listed_for_that_host_is_believed() {
        assertThat(isSeen(judge("203.0.113.7"))).isTrue();
        assertThat(router.deleted).isEmpty();
    }

    /** Some keep the others out all the same, others do not. */
    @Test
    void what_is_listed_for_everybody_proves_nothing() {
        router.ignoresRemoteHosts = true;

        assertThat(isSeen(judge("203.0.113.7"))).isFalse();
        assertThat(router.table).isNotEmpty();
    }

    @Test
    void what_another_program_has_opened_to_everybody_is_in_the_way() {
        router.ignoresRemoteHosts = true;
        Deadline deadline = Deadline.after(new ManualTimeline(), Duration.ofSeconds(10));
        UpnpOpening.AddOutcome there = new UpnpOpening.AddOutcome.AlreadyThere(ScriptedConnection.entry(REQUEST));

        assertThat(new RemoteHostCheck(router.forRemote("203.0.113.7"), deadline).judge(there))
                .isInstanceOfSatisfying(
                        Result.Err.class, error -> assertThat(error.failure()).isInstanceOf(Failure.Conflict.class));
    }

    /** Said to be not there, it would be open to everybody and forgotten. */
    @Test
    void what_is_kept_as_everybodys_is_found_all_the_same() {
        router.keepsAsEverybodys = true;
        Deadline deadline = Deadline.after(new ManualTimeline(), Duration.ofSeconds(10));
        router.addPortMapping(REQUEST, deadline);

        assertThat(new PortMappingTable(router.forRemote("203.0.113.7"))
                        .look(TransportProtocol.TCP, new Port(8554), deadline))
                .isInstanceOf(Presence.Present.class);
    }

    @Test
    void without_a_list_nobody_has_seen_it() {
        router.listBroken = true;

        assertThat(isSeen(judge("203.0.113.7"))).isFalse();
    }

    @Test
    void for_everybody_there_is_nothing_to_check() {
        router.listBroken = true;

        assertThat(isSeen(judge(""))).isTrue();
    }
}
