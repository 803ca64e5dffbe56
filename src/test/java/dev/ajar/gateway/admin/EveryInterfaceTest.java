package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.client.InterfaceDetection;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Fault;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.http.AdminHttp;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each make must get right between two requests, and before the first. */
class EveryInterfaceTest extends AdminGatewayFixture {
    private static final Rule CAMERA = new Rule("camera", "tcp", 8080, "192.168.1.9", 80);

    /** All signs are looked for in their order, so that no earlier make takes it for its own. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"KEYED_REST", "COOKIE_CSRF"})
    void a_make_is_recognised_as_itself(Make make) {
        FakeInterface fake = start(make);
        assertThat(detected(fake)).contains(fake.make());
        fake.suffer(Fault.LOGIN_PAGE);
        assertThat(detected(fake)).isEmpty();
        fake.suffer(Fault.REDIRECTS);
        assertThat(detected(fake)).isEmpty();
    }

    private Optional<String> detected(FakeInterface fake) {
        return new InterfaceDetection(new AdminHttp(), MAKES)
                .detect(LOOPBACK, Optional.of(fake.base()), LOOPBACK, deadline())
                .map(found -> found.make().id());
    }

    /** What the profile says is asked before plain HTTP is used: a challenge must not show the secret. */
    @ParameterizedTest
    @EnumSource
    void the_secret_crosses_the_network_where_the_profile_says_so_and_nowhere_else(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        boolean reveals = MAKES.stream()
                .filter(one -> one.id().equals(fake.make()))
                .findFirst()
                .orElseThrow()
                .revealed();
        assertThat(fake.secrets() > 0).isEqualTo(reveals);
    }

    /** How many requests that change rules come while {@code work} is done. */
    private static int changes(FakeInterface fake, Runnable work) {
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            fake.beforeWriting(count::incrementAndGet);
        }
        work.run();
        return count.get();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_there_or_taken_is_asked_for_by_no_request(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.addForeign(new Rule("console", "tcp", 25566, "192.168.1.9", 25566));
        Claim taken = gateway.claim(mapping(gateway, 25566, PortPolicy.EXACT), Optional.empty());
        Claim gone = gateway.claim(mapping(gateway, 25567, PortPolicy.EXACT), Optional.empty());
        int changes = changes(fake, () -> {
            assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
            assertThat(failure(map(gateway, taken))).isInstanceOf(Failure.Conflict.class);
            assertThat(gateway.unmap(gone, new Port(25567), deadline())).isInstanceOf(Result.Ok.class);
        });
        assertThat(changes).isZero();
        assertThat(fake.rules()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "SESSION_RPC",
                "COOKIE_CSRF",
                "OLDEST_FORM_CGI",
                "FORM_CGI",
                "NEWER_FORM_CGI",
                "CHALLENGE_TOKEN",
                "CHALLENGE_COOKIE",
                "HOOK_FORM",
                "CONTEXT_RPC"
            })
    void a_session_lost_in_the_middle_is_begun_anew_once(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(CAMERA);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.beforeWriting(fake::endSession);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(2);
        fake.beforeWriting(fake::endSession);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).containsExactly(CAMERA);

        fake.beforeWriting(fake::endSession);
        fake.beforeWriting(fake::endSession);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Err.class);
        assertThat(fake.rules()).containsExactly(CAMERA);
    }

    /**
     * The same as a kill between the request and its record: the claim was written before, and the next start finds the
     * rule.
     */
    @ParameterizedTest
    @EnumSource
    void a_router_that_is_gone_after_adding_leaves_a_rule_that_is_found_again(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(CAMERA);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.suffer(Fault.GONE_AFTER_ADDING);
        Failure unknown = failure(map(gateway, claim));
        assertThat(unknown.mayHaveHappened()).as("%s", unknown).isTrue();
        fake.suffer(Fault.NONE);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).containsExactly(CAMERA);
    }

    /** A router that tells none is not asked: each question is a login, which its owner sees in the log. */
    @ParameterizedTest
    @EnumSource
    void the_internet_address_is_told_where_the_interface_has_it(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        boolean tells = make == Make.SESSION_RPC || make == Make.DIGEST_SOAP || make == Make.CHALLENGE_TOKEN;
        Result<Optional<InetAddress>> told = gateway.externalAddress(deadline());
        assertThat(told.toOptional()).isEqualTo(tells ? Optional.of(Addresses.parse("203.0.113.7")) : Optional.empty());
        assertThat(fake.requests().isEmpty()).isEqualTo(!tells);
    }
}
