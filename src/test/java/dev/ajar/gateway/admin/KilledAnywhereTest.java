package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.UpnpConsent;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.model.Claim;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ajar is killed after each request of an exchange: what it wrote down first leads the next start to all of it. */
@Tag("hostile")
class KilledAnywhereTest extends AdminGatewayFixture {
    private static final Rule CAMERA = new Rule("camera", "tcp", 8080, "192.168.1.9", 80);

    private int requestsOf(FakeInterface fake, Runnable exchange) {
        int before = fake.requests().size();
        exchange.run();
        return fake.requests().size() - before;
    }

    private Result<Gateway.Removed> unmap(Make make, FakeInterface fake, Claim claim) {
        return gateway(make, fake).unmap(claim, new Port(25565), deadline());
    }

    /** The next start, and where the router has something to undo first, the one after that. */
    private void closes(Make make, FakeInterface fake, Claim claim, int place) {
        boolean removed = unmap(make, fake, claim) instanceof Result.Ok;
        fake.timePasses();
        if (removed) {
            assertThat(fake.rules()).as("closed, killed after %d", place).containsExactly(CAMERA);
        }
        assertThat(unmap(make, fake, claim)).as("killed after %d", place).isInstanceOf(Result.Ok.class);
        fake.restart();
        assertThat(fake.rules()).as("killed after %d", place).containsExactly(CAMERA);
    }

    /** Opens and closes once, beside a rule of the owner. */
    private int requestsOfOpening(Make make, FakeInterface fake, Claim claim) {
        fake.addForeign(CAMERA);
        fake.restart();
        Gateway gateway = gateway(make, fake);
        int requests = requestsOf(fake, () -> map(gateway, claim));
        assertThat(unmap(make, fake, claim)).isInstanceOf(Result.Ok.class);
        return requests;
    }

    private void isKilledWhileOpening(Make make, FakeInterface fake, Claim claim, int place) {
        fake.killsClientAfter(place);
        var unused = map(gateway(make, fake), claim);
        fake.answersAgain();
    }

    @ParameterizedTest
    @EnumSource
    void while_it_opens_and_is_told_to_close(Make make) {
        FakeInterface fake = start(make);
        Claim claim = claim(gateway(make, fake));
        int opening = requestsOfOpening(make, fake, claim);
        for (int place = 1; place <= opening; place++) {
            isKilledWhileOpening(make, fake, claim, place);
            closes(make, fake, claim, place);
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_it_closes(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(CAMERA);
        fake.restart();
        Claim claim = claim(gateway(make, fake));
        assertThat(map(gateway(make, fake), claim)).isInstanceOf(Result.Ok.class);
        int closing = requestsOf(fake, () -> unmap(make, fake, claim));
        for (int place = 1; place <= closing; place++) {
            assertThat(map(gateway(make, fake), claim)).isInstanceOf(Result.Ok.class);
            fake.killsClientAfter(place);
            var unused = unmap(make, fake, claim);
            fake.answersAgain();
            closes(make, fake, claim, place);
        }
    }

    /** Opened by the next start is what stays, and not what is still to be saved, applied or confirmed. */
    @ParameterizedTest
    @EnumSource
    void while_it_opens_and_is_told_to_open(Make make) {
        FakeInterface fake = start(make);
        Claim claim = claim(gateway(make, fake));
        int opening = requestsOfOpening(make, fake, claim);
        for (int place = 1; place <= opening; place++) {
            isKilledWhileOpening(make, fake, claim, place);
            boolean made = map(gateway(make, fake), claim) instanceof Result.Ok;
            fake.timePasses();
            fake.restart();
            if (made) {
                assertThat(fake.rules()).as("opened, killed after %d", place).hasSize(2);
            }
            assertThat(map(gateway(make, fake), claim))
                    .as("killed after %d", place)
                    .isInstanceOf(Result.Ok.class);
            assertThat(fake.rules()).as("killed after %d", place).hasSize(2);
            closes(make, fake, claim, place);
        }
    }

    /** Whatever came of it, `ajar router upnp off` leads back to how the owner had it. */
    @ParameterizedTest
    @EnumSource(names = {"SESSION_RPC", "BASIC_REST", "CHALLENGE_TOKEN", "FORM_CGI", "NEWER_FORM_CGI", "HOOK_FORM"})
    void while_it_switches_upnp(Make make) {
        FakeInterface fake = start(make);
        fake.hasUpnp(false);
        var unusedGateway = gateway(make, fake);
        Enrolment router = enrolments().all().toOptional().orElseThrow().getFirst();
        UpnpConsent upnp = administration(enrolments()).upnp();
        int on = requestsOf(fake, () -> assertThat(upnp.on(router, deadline())).isEqualTo(Result.ok(true)));
        int off =
                requestsOf(fake, () -> assertThat(upnp.undo(router, deadline())).isEqualTo(Result.ok(true)));
        for (int place = 1; place <= on; place++) {
            fake.killsClientAfter(place);
            var unused = upnp.on(router, deadline());
            fake.answersAgain();
            undone(fake, upnp, router, place);
        }
        for (int place = 1; place <= off; place++) {
            assertThat(upnp.on(router, deadline())).as("at %d", place).isEqualTo(Result.ok(true));
            fake.killsClientAfter(place);
            var unused = upnp.undo(router, deadline());
            fake.answersAgain();
            undone(fake, upnp, router, place);
        }
    }

    private void undone(FakeInterface fake, UpnpConsent upnp, Enrolment router, int place) {
        boolean on = fake.upnp().equals(Optional.of(true));
        if (on) {
            assertThat(upnp.changed(router).toOptional().flatMap(change -> change))
                    .as("recorded, killed after %d", place)
                    .isPresent();
        }
        var unused = upnp.undo(router, deadline());
        fake.timePasses();
        assertThat(upnp.undo(router, deadline())).as("killed after %d", place).isInstanceOf(Result.Ok.class);
        fake.timePasses();
        assertThat(fake.upnp()).as("killed after %d", place).contains(false);
        assertThat(upnp.changed(router)).as("killed after %d", place).isEqualTo(Result.ok(Optional.empty()));
    }
}
