package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.fake.FakeApplied;
import dev.ajar.gateway.admin.fake.FakeInterface.Fault;
import dev.ajar.gateway.admin.fake.FakeInterface.Reply;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.gateway.admin.fake.FakePositional;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What rows of REST interfaces mean on the real software. Rows of other sides and families are in each list of the
 * fakes.
 */
class RestDialectsTest extends AdminGatewayFixture {
    @SuppressWarnings("NullAway.Init")
    private FakeApplied fake;

    @SuppressWarnings("NullAway.Init")
    private Gateway gateway;

    private void starts() {
        fake = (FakeApplied) start(Make.APPLIED_REST);
        gateway = gateway(Make.APPLIED_REST, fake);
    }

    @ParameterizedTest
    @CsvSource({"https, 443", "HTTPS, 443", "nat-stun-port, 3478", "any, 40000"})
    void a_port_may_have_a_name(String name, int port) {
        starts();
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        fake.namesPort("camera", name);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(port), deadline()))
                .isInstanceOf(Presence.Present.class);
        assertThat(failure(map(gateway, gateway.claim(mapping(gateway, port, PortPolicy.EXACT), Optional.empty()))))
                .isInstanceOf(Failure.Conflict.class);
    }

    /** What its owner's own names stand for is not in the list. */
    @Test
    void a_port_with_a_name_of_the_owner_may_be_any() {
        starts();
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        fake.namesPort("camera", "MyPorts");
        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Unknown.class);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
    }

    /** Its rows are so long that a hundred of them would be more than an answer may have. */
    @Test
    void a_long_list_is_read_in_pages() {
        starts();
        for (int i = 0; i < 146; i++) {
            fake.addForeign(new Rule("r" + i, "udp", 20_000 + i, "192.168.1.9", 80));
        }
        assertThat(gateway.list(deadline()).toOptional().orElseThrow().entries())
                .hasSize(146);
        // A hundred and fifty rows, and one more page tells nothing.
        assertThat(fake.requests()).hasSize(3);
        assertThat(gateway.look(TransportProtocol.UDP, new Port(20_145), deadline()))
                .isInstanceOf(Presence.Present.class);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
    }

    @Test
    void a_list_that_changes_between_its_pages_is_unknown() {
        starts();
        for (int i = 0; i < 60; i++) {
            fake.addForeign(new Rule("r" + i, "udp", 20_000 + i, "192.168.1.9", 80));
        }
        fake.betweenPages(() -> fake.addForeign(new Rule("new", "tcp", 25565, "192.168.1.9", 80)));
        assertThat(gateway.list(deadline())).isInstanceOf(Result.Err.class);
        assertThat(gateway.list(deadline())).isInstanceOf(Result.Ok.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"rows\":[]}",
                "{\"total\":-1,\"rows\":[]}",
                "{\"total\":1,\"rows\":[]}",
                "{\"total\":99999999999999999999,\"rows\":[]}",
                "{\"total\":0}",
                "{\"total\":0,\"rows\":{}}"
            })
    void a_page_with_less_than_it_tells_is_unknown(String page) {
        starts();
        fake.misanswers(0, new Reply(200, page, Map.of()));
        assertThat(gateway.list(deadline())).isInstanceOf(Result.Err.class);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void a_user_who_may_only_read_is_told_what_the_router_says() {
        starts();
        fake.misanswers(
                1,
                new Reply(
                        500,
                        "{\"errorMessage\":\"User ajar denied for write access (user-config-readonly set)\","
                                + "\"errorTitle\":\"General access\"}",
                        Map.of()));
        assertThat(failure(map(gateway, claim(gateway))).detail().toString())
                .contains("denied for write access (user-config-readonly set)");
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void what_was_saved_and_not_put_into_effect_is_told_so() {
        starts();
        fake.suffer(Fault.APPLY_FAILS);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString())
                .isEqualTo("the router saved the change and did not put it into effect");
    }

    @Test
    void what_its_owner_saved_and_did_not_apply_yet_is_not_put_into_effect() {
        FakePositional saving = (FakePositional) start(Make.POSITIONAL_REST);
        Gateway one = gateway(Make.POSITIONAL_REST, saving);
        Claim claim = claim(one);
        assertThat(map(one, claim)).isInstanceOf(Result.Ok.class);
        saving.saves(new Rule("half done", "tcp", 8080, "192.168.1.9", 80));
        Claim other = one.claim(mapping(one, 25566, PortPolicy.EXACT), Optional.empty());
        assertThat(failure(map(one, other)).detail().toString()).contains("unsaved changes");
        assertThat(saving.rules()).hasSize(1);
        // A port that is to be closed does not wait for that.
        assertThat(one.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(saving.rules()).extracting(Rule::name).containsExactly("half done");
    }

    @ParameterizedTest
    @CsvSource({"any", "all", "TCP", "TCP/UDP"})
    void a_protocol_in_other_words_is_a_conflict(String protocol) {
        starts();
        fake.addForeign(new Rule("camera", protocol, 25565, "192.168.1.9", 80));
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Conflict.class);
    }
}
