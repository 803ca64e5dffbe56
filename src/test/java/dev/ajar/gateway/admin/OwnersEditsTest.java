package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What its owner made of ajar's rule on the router's page, between open and close. */
class OwnersEditsTest extends AdminGatewayFixture {
    private static final Rule CAMERA = new Rule("camera", "tcp", 8080, "192.168.1.9", 80);

    /** How the rule reads after the edit. */
    enum Edit {
        NONE(true),
        OTHER_EXTERNAL_PORT(false),
        OTHER_DEVICE(false),
        OTHER_PROTOCOL(false);

        private final boolean stillOurs;

        Edit(boolean stillOurs) {
            this.stillOurs = stillOurs;
        }

        Rule of(String name, String client) {
            return switch (this) {
                case NONE -> new Rule(name, "tcp", 25565, client, 25565);
                case OTHER_EXTERNAL_PORT -> new Rule(name, "tcp", 2002, client, 25565);
                case OTHER_DEVICE -> new Rule(name, "tcp", 25565, "192.168.1.9", 25565);
                case OTHER_PROTOCOL -> new Rule(name, "udp", 25565, client, 25565);
            };
        }
    }

    static Stream<Arguments> edits() {
        return Stream.of(Make.values()).flatMap(make -> Stream.of(Edit.values()).map(edit -> Arguments.of(make, edit)));
    }

    /** It is removed as ajar made it, and told and left as its owner made it; the rules of others stay in any case. */
    @ParameterizedTest
    @MethodSource("edits")
    void a_rule_is_closed_only_as_ajar_made_it(Make make, Edit edit) {
        FakeInterface fake = start(make);
        fake.addForeign(CAMERA);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        Rule edited = edit.of(claim.entryName(), make.client());
        fake.addForeign(edited);

        Result<Gateway.Removed> closed = gateway.unmap(claim, new Port(25565), deadline());

        if (edit.stillOurs) {
            assertThat(closed).isInstanceOf(Result.Ok.class);
            assertThat(fake.rules()).containsExactly(CAMERA);
        } else {
            Failure told = failure(closed);
            assertThat(told.detail().key()).as("%s", told).isEqualTo("admin.changed-by-owner");
            assertThat(fake.rules()).containsExactlyInAnyOrder(CAMERA, edited);
        }
    }
}
