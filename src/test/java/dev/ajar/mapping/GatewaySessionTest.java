package dev.ajar.mapping;

import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Grant;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.testing.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims are saved before a gateway is asked, and leases afterwards. */
class GatewaySessionTest {
    private final OneGateway gateway = new OneGateway();
    private final MemoryStateStore store = new MemoryStateStore();

    private GatewaySession asking(StateStore disk) {
        return new GatewaySession(disk, Progress.silent(), gateway, gateway.deadline, Snapshot.EMPTY);
    }

    private GatewaySession.Answer ask(int... ports) {
        return asking(store)
                .ask(Arrays.stream(ports).mapToObj(port -> tcp(port)).toList());
    }

    /** With what was written at the first time. */
    private void askAgain(int port) {
        Snapshot before = store.load().toOptional().orElseThrow();
        new GatewaySession(store, Progress.silent(), gateway, gateway.deadline, before).ask(List.of(tcp(port)));
    }

    private List<MappingRecord> written() {
        return store.load().toOptional().orElseThrow().mappingRecords();
    }

    private static Result<Grant> conflict(Result<Grant> ignored) {
        return Result.err(new Failure.Conflict(Message.verbatim("it is taken"), Optional.empty(), Optional.empty()));
    }

    @Test
    void a_claim_is_saved_before_the_gateway_is_asked_and_its_lease_afterwards() {
        List<List<MappingRecord>> seen = new ArrayList<>();
        gateway.granted = grant -> {
            seen.add(written());
            return grant;
        };

        GatewaySession.Answer answer = ask(25565, 8443);

        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst()).hasSize(2).allMatch(record -> record.lease().isEmpty());
        assertThat(written()).hasSize(2).allMatch(record -> record.lease().isPresent());
        assertThat(answer.snapshot().mappingRecords()).isEqualTo(written());
        assertThat(answer.anyGranted()).isTrue();
    }

    @Test
    void without_a_writable_state_file_the_gateway_is_not_asked() {
        Failure full = new Failure.BadState(Message.verbatim("the disk is full"));
        StateStore broken = new StateStore() {
            @Override
            public Result<Snapshot> load() {
                return store.load();
            }

            @Override
            public Result<Written> save(Snapshot snapshot) {
                return Result.err(full);
            }

            @Override
            public Result<Lock> lock() {
                return store.lock();
            }
        };

        GatewaySession.Answer answer = asking(broken).ask(List.of(tcp(25565)));

        assertThat(answer.unwritten()).contains(full);
        assertThat(answer.outcomes()).isEmpty();
        assertThat(answer.snapshot()).isEqualTo(Snapshot.EMPTY);
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void a_refusal_leaves_no_record() {
        gateway.granted = OneGateway::refusing;

        assertThat(ask(25565).mayWorkElsewhere()).isTrue();

        assertThat(written()).isEmpty();
    }

    /** The mapping may be there, so ajar close must be able to find it. */
    @Test
    void silence_leaves_the_claim_in_the_state_file() {
        gateway.granted = OneGateway::silent;

        assertThat(ask(25565).isSilence()).isTrue();

        assertThat(written()).singleElement().matches(record -> record.lease().isEmpty());
    }

    /** Many routers do not tell who has a port: the user was sent to look for another device. */
    @Test
    void a_port_that_ajar_itself_has_opened_to_another_one_is_said_to_be_its_own() {
        ask(25565);
        gateway.granted = GatewaySessionTest::conflict;
        Mapping other = tcp(25565).to(new Target.ThisHost(new Port(25566)));
        Snapshot before = store.load().toOptional().orElseThrow();

        GatewaySession.Answer answer =
                new GatewaySession(store, Progress.silent(), gateway, gateway.deadline, before).ask(List.of(other));

        assertThat(answer.outcomes().getFirst().result().toString())
                .contains("external port 25565 leads to", ":25565 already: ajar opened it", "ajar close 25565");
    }

    /** A refusal of the second request says nothing about what became of the first. */
    @Test
    void a_refusal_keeps_the_claim_of_an_earlier_request_that_was_not_answered() {
        gateway.granted = OneGateway::silent;
        ask(25565);
        gateway.granted = OneGateway::refusing;

        askAgain(25565);

        assertThat(written()).singleElement().matches(record -> record.lease().isEmpty());
    }

    @Test
    void a_port_that_another_client_has_is_not_open_by_an_earlier_request_either() {
        gateway.granted = OneGateway::silent;
        ask(25565);
        gateway.granted = ignored -> Result.err(new Failure.Conflict(
                Message.verbatim("it is taken"),
                Optional.of(new Endpoint(Samples.NEIGHBOUR, new Port(25565))),
                Optional.empty()));

        askAgain(25565);

        assertThat(written()).isEmpty();
    }

    @Test
    void a_conflict_does_not_lead_to_another_protocol() {
        gateway.granted = GatewaySessionTest::conflict;

        GatewaySession.Answer answer = ask(25565);

        assertThat(answer.mayWorkElsewhere()).isFalse();
        assertThat(answer.isSilence()).isFalse();
        assertThat(answer.anyGranted()).isFalse();
    }

    /** upnpc has opened it, and a PCP server would hand it over: the end of ours would close theirs. */
    @ParameterizedTest
    @CsvSource({"192.168.77.10, libminiupnpc, 0", "192.168.77.10, ajar 25565 tcp x9z1, 0", "192.168.77.11, Camera, 1"})
    void pcp_takes_no_mapping_over_that_the_upnp_list_shows_to_be_anothers(String client, String name, int asked) {
        OneGateway pcp = new OneGateway(PxpProtocols.PCP);
        OneGateway upnp = new OneGateway();
        upnp.presence = new Presence.Present(OneGateway.entry(Samples.ip(client), name));

        GatewaySession.Answer answer = new GatewaySession(store, Progress.silent(), pcp, pcp.deadline, Snapshot.EMPTY)
                .lookingFirst(() -> Optional.of(upnp))
                .ask(List.of(tcp(25565)));

        assertThat(pcp.changes).hasSize(asked);
        assertThat(written()).hasSize(asked);
        assertThat(answer.outcomes().getFirst().result().toOptional().orElseThrow())
                .isInstanceOf(asked == 0 ? Grant.AlreadyThere.class : Grant.Granted.class);
    }

    /** What cannot be read may be another program's: asking would take it over. */
    @ParameterizedTest
    @CsvSource({"DESKTOP-1, 25565, 0", "DESKTOP-1, 80, 1", "192.168.77.10, 0, 0", "'', 0, 0", "192.168.77.11, 0, 1"})
    void pcp_takes_no_mapping_over_of_which_not_all_can_be_read(String client, int internal, int asked) {
        OneGateway pcp = new OneGateway(PxpProtocols.PCP);
        OneGateway upnp = new OneGateway();
        upnp.presence = internal > 0
                ? new Presence.Present(new ObservedMapping(
                        TransportProtocol.TCP,
                        new Port(25565),
                        new RouterText(client),
                        new Port(internal),
                        RouterText.EMPTY,
                        new RouterText("game"),
                        true,
                        Optional.empty()))
                : new Presence.Unknown(
                        Message.verbatim("unreadable"),
                        false,
                        List.of(new PartialEntry(
                                Optional.of(TransportProtocol.TCP),
                                Optional.of(new Port(25565)),
                                new RouterText(client),
                                Optional.empty(),
                                RouterText.EMPTY,
                                new RouterText("game"))));

        GatewaySession.Answer answer = new GatewaySession(store, Progress.silent(), pcp, pcp.deadline, Snapshot.EMPTY)
                .lookingFirst(() -> Optional.of(upnp))
                .ask(List.of(tcp(25565)));

        assertThat(pcp.changes).hasSize(asked);
        assertThat(answer.anyGranted()).isEqualTo(asked == 1);
        assertThat(written()).hasSize(asked);
    }

    /** A reset, or a machine that is busy: that is not as if nothing were there. */
    @Test
    void a_look_that_failed_before_pcp_asks_is_repeated() {
        OneGateway pcp = new OneGateway(PxpProtocols.PCP);
        OneGateway upnp = new OneGateway();
        upnp.firstSeen.add(new Presence.Unknown(Message.verbatim("reset"), false));
        upnp.presence = new Presence.Present(OneGateway.entry(Samples.HERE, "libminiupnpc"));

        GatewaySession.Answer answer = new GatewaySession(store, Progress.silent(), pcp, pcp.deadline, Snapshot.EMPTY)
                .lookingFirst(() -> Optional.of(upnp))
                .ask(List.of(tcp(25565)));

        assertThat(pcp.changes).isEmpty();
        assertThat(answer.outcomes().getFirst().result().toOptional()).containsInstanceOf(Grant.AlreadyThere.class);
    }

    @Test
    void what_the_state_file_names_is_renewed_by_pcp_without_a_look() {
        OneGateway pcp = new OneGateway(PxpProtocols.PCP);

        GatewaySession.Answer answer = new GatewaySession(
                        store, Progress.silent(), pcp, pcp.deadline, Snapshot.EMPTY.with(pcp.opened()))
                .lookingFirst(() -> {
                    throw new AssertionError("looked");
                })
                .ask(List.of(tcp(25565)));

        assertThat(answer.anyGranted()).isTrue();
    }
}
