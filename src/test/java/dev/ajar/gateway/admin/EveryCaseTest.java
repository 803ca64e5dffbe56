package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Reply;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can come between two requests of an exchange, at each place of it and for each make. */
@Tag("hostile")
class EveryCaseTest extends AdminGatewayFixture {
    private static final Rule CAMERA = new Rule("camera", "tcp", 8080, "192.168.1.9", 80);
    private static final Rule CONSOLE = new Rule("console", "udp", 3074, "192.168.1.8", 3074);

    /** Those that a login leaves something with on the router. */
    private static final Set<Make> WITH_SESSION = EnumSet.of(
            Make.SESSION_RPC,
            Make.COOKIE_CSRF,
            Make.OLDEST_FORM_CGI,
            Make.FORM_CGI,
            Make.NEWER_FORM_CGI,
            Make.CHALLENGE_TOKEN,
            Make.CHALLENGE_COOKIE,
            Make.HOOK_FORM,
            Make.CONTEXT_RPC);

    private record Home(FakeInterface fake, Gateway gateway, Claim claim) {}

    private Home home(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(CAMERA);
        Gateway gateway = gateway(make, fake);
        return new Home(fake, gateway, claim(gateway));
    }

    /** How many requests the opening of a port takes. */
    private int requestsToOpen(Make make) {
        Home home = home(make);
        assertThat(map(home.gateway(), home.claim())).isInstanceOf(Result.Ok.class);
        return home.fake().requests().size();
    }

    /** Does {@code action} right before the request at that place, counted from 0. */
    private static void before(FakeInterface fake, int place, Runnable action) {
        AtomicInteger count = new AtomicInteger();
        fake.beforeAnswering(() -> {
            if (count.getAndIncrement() == place) {
                action.run();
            }
        });
    }

    private Result<Gateway.Removed> unmap(Home home) {
        return home.gateway().unmap(home.claim(), new Port(25565), deadline());
    }

    /**
     * A router restarts, or another administrator logs in: one login more, or a failure after which nothing is left
     * behind.
     */
    @ParameterizedTest
    @EnumSource
    void a_session_that_ends_at_any_place_is_begun_anew_once(Make make) {
        int requests = requestsToOpen(make);
        for (int place = 1; place < requests; place++) {
            Home home = home(make);
            before(home.fake(), place, home.fake()::endSession);
            Result<Grant> made = map(home.gateway(), home.claim());
            boolean unsure = made instanceof Result.Err<Grant>(Failure failure) && failure.mayHaveHappened();
            assertThat(made instanceof Result.Ok || unsure)
                    .as("%s at %d", made, place)
                    .isTrue();
            if (home.fake() instanceof FakeSessionRpc router) {
                router.timePasses();
            }
            if (made instanceof Result.Ok) {
                assertThat(home.fake().rules()).as("at %d", place).hasSize(2);
            }
            assertThat(unmap(home)).as("at %d", place).isInstanceOf(Result.Ok.class);
            assertThat(home.fake().rules()).as("at %d", place).containsExactly(CAMERA);
        }
    }

    /** A session that ends before every write is no fault of the network: said in one line, and not tried for ever. */
    @ParameterizedTest
    @EnumSource
    void a_session_that_never_lasts_is_told(Make make) {
        Home home = home(make);
        for (int i = 0; i < 10; i++) {
            home.fake().beforeWriting(home.fake()::endSession);
        }
        Result<Grant> made = map(home.gateway(), home.claim());
        if (WITH_SESSION.contains(make)) {
            assertThat(failure(made).detail().toString())
                    .contains("the router ended the session: another administrator may be logged in");
            assertThat(home.fake().rules()).containsExactly(CAMERA);
        } else {
            assertThat(made).isInstanceOf(Result.Ok.class);
        }
    }

    /** The place of the request that writes the rule. */
    private int placeOfWriting(Make make) {
        Home home = home(make);
        AtomicInteger place = new AtomicInteger();
        home.fake().beforeWriting(() -> place.set(home.fake().requests().size() - 1));
        assertThat(map(home.gateway(), home.claim())).isInstanceOf(Result.Ok.class);
        return place.get();
    }

    /**
     * Its owner adds a rule on the page meanwhile: it stays, whatever becomes of ours. Where a list is written whole,
     * only what comes after the last look and before the write is lost: no router of that kind can be told what it had.
     */
    @ParameterizedTest
    @EnumSource
    void a_list_that_changes_at_any_place_loses_nothing(Make make) {
        int requests = requestsToOpen(make);
        int blind = make == Make.HEADER_JSON || make == Make.HOOK_FORM ? placeOfWriting(make) : -1;
        for (int place = 0; place < requests; place++) {
            if (place == blind) {
                continue;
            }
            Home home = home(make);
            before(home.fake(), place, () -> home.fake().addForeign(CONSOLE));
            Result<Grant> made = map(home.gateway(), home.claim());
            assertThat(home.fake().rules()).as("at %d", place).contains(CAMERA, CONSOLE);
            assertThat(home.fake().rules()).as("%s at %d", made, place).hasSize(made instanceof Result.Ok ? 3 : 2);
            assertThat(unmap(home)).isInstanceOf(Result.Ok.class);
            assertThat(home.fake().rules()).containsExactlyInAnyOrder(CAMERA, CONSOLE);
        }
    }

    /** More than any answer has, at each place: a failure, of which what was made is found again. */
    @ParameterizedTest
    @EnumSource
    void a_huge_answer_at_any_place_is_cut_off(Make make) {
        int requests = requestsToOpen(make);
        Reply huge = new Reply(200, "{\"result\":\"" + "x".repeat(1 << 20) + "\"}", Map.of());
        for (int place = 0; place < requests; place++) {
            Home home = home(make);
            home.fake().misanswers(place, huge);
            var unused = map(home.gateway(), home.claim());
            if (home.fake() instanceof FakeSessionRpc router) {
                router.timePasses();
            }
            home.fake().misanswers(-1, huge);
            assertThat(unmap(home)).as("at %d", place).isInstanceOf(Result.Ok.class);
            assertThat(home.fake().rules()).as("at %d", place).containsExactly(CAMERA);
        }
    }
}
