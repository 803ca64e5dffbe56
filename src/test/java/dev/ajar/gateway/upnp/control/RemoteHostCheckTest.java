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

    private Result<AddOutcome> judge(String remoteHost) {
        Deadline deadline = Deadline.after(new ManualTimeline(), Duration.ofSeconds(10));
        router.addPortMapping(REQUEST, deadline);
        return new RemoteHostCheck(router.forRemote(remoteHost), deadline)
                .judge(new AddOutcome.Opened(
                        REQUEST, Optional.of(ScriptedConnection.entry(REQUEST)), Set.of(), true, Optional.empty()));
    }

    private static boolean isAsAsked(Result<AddOutcome> result) {
        return ((AddOutcome.Opened) result.toOptional().orElseThrow()).asAsked();
    }

    @Test
    void an_entry_listed_for_the_host_proves_it() {
        assertThat(isAsAsked(judge("203.0.113.7"))).isTrue();
        assertThat(router.deleted).isEmpty();
    }

    /** Some of these routers do block other hosts, some do not. */
    @Test
    void an_entry_listed_for_all_hosts_proves_nothing() {
        router.ignoresRemoteHosts = true;

        assertThat(isAsAsked(judge("203.0.113.7"))).isFalse();
        assertThat(router.table).isNotEmpty();
    }

    @Test
    void an_entry_of_another_program_for_all_hosts_is_a_conflict() {
        router.ignoresRemoteHosts = true;
        Deadline deadline = Deadline.after(new ManualTimeline(), Duration.ofSeconds(10));
        AddOutcome there = new AddOutcome.AlreadyThere(ScriptedConnection.entry(REQUEST));

        assertThat(new RemoteHostCheck(router.forRemote("203.0.113.7"), deadline).judge(there))
                .isInstanceOfSatisfying(
                        Result.Err.class, error -> assertThat(error.failure()).isInstanceOf(Failure.Conflict.class));
    }

    /** If it counted as absent, it would stay open to all hosts and be forgotten. */
    @Test
    void an_entry_kept_for_all_hosts_is_found() {
        router.keepsForAll = true;
        Deadline deadline = Deadline.after(new ManualTimeline(), Duration.ofSeconds(10));
        router.addPortMapping(REQUEST, deadline);

        assertThat(new PortMappingTable(router.forRemote("203.0.113.7"))
                        .look(TransportProtocol.TCP, new Port(8554), deadline))
                .isInstanceOf(Presence.Present.class);
    }

    @Test
    void without_a_list_nothing_is_proved() {
        router.listBroken = true;

        assertThat(isAsAsked(judge("203.0.113.7"))).isFalse();
    }

    @Test
    void a_mapping_for_all_hosts_is_not_checked() {
        router.listBroken = true;

        assertThat(isAsAsked(judge(""))).isTrue();
    }
}
