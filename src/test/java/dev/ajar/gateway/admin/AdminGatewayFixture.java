package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.InterfaceCatalog;
import dev.ajar.catalog.RouterInterface;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.admin.enrolment.AdminFinder;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.Enrolments;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.gateway.admin.enrolment.RouterChanges;
import dev.ajar.gateway.admin.enrolment.RouterTurns;
import dev.ajar.gateway.admin.enrolment.Secrets;
import dev.ajar.gateway.admin.fake.FakeApplied;
import dev.ajar.gateway.admin.fake.FakeChallengeCookie;
import dev.ajar.gateway.admin.fake.FakeChallengeToken;
import dev.ajar.gateway.admin.fake.FakeContextRpc;
import dev.ajar.gateway.admin.fake.FakeDigestSoap;
import dev.ajar.gateway.admin.fake.FakeFormCgi;
import dev.ajar.gateway.admin.fake.FakeHeaderJson;
import dev.ajar.gateway.admin.fake.FakeHookForm;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeKeyed;
import dev.ajar.gateway.admin.fake.FakePositional;
import dev.ajar.gateway.admin.fake.FakeRest;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.file.FileLineStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** One router of each make, by its fake, and a gateway that logs in to it. */
abstract class AdminGatewayFixture {
    static final String CARD = "02:00:00:00:00:01";

    /** Read once: there are as many gateways as tests. */
    static final List<RouterInterface> MAKES = new InterfaceCatalog().all();

    static final InetAddress LOOPBACK = Addresses.ipv4("127.0.0.1").orElseThrow();

    /** The makes. */
    enum Make {
        SESSION_RPC("root"),
        BASIC_REST("admin"),
        APPLIED_REST("key"),
        KEYED_REST(""),
        COOKIE_CSRF("owner"),
        POSITIONAL_REST("admin"),
        OLDEST_FORM_CGI("admin"),
        FORM_CGI("admin"),
        NEWER_FORM_CGI("admin"),
        DIGEST_SOAP("ajar"),
        CHALLENGE_TOKEN(""),
        HEADER_JSON("admin"),
        CHALLENGE_COOKIE("admin"),
        HOOK_FORM("admin"),
        CONTEXT_RPC("admin");

        private final String user;

        Make(String user) {
            this.user = user;
        }

        String user() {
            return user;
        }

        /** Where a rule leads: one make serves the computer alone that asks. */
        String client() {
            return this == DIGEST_SOAP ? "127.0.0.1" : "192.168.1.20";
        }

        /** The requests of one attempt with a wrong password. */
        int attempt() {
            return this == DIGEST_SOAP || this == CHALLENGE_TOKEN || this == CHALLENGE_COOKIE ? 2 : 1;
        }

        FakeInterface start() {
            return switch (this) {
                case SESSION_RPC -> new FakeSessionRpc();
                case BASIC_REST -> new FakeRest();
                case APPLIED_REST -> new FakeApplied();
                case KEYED_REST -> new FakeKeyed();
                case COOKIE_CSRF -> new FakeKeyed(true);
                case POSITIONAL_REST -> new FakePositional();
                case OLDEST_FORM_CGI -> new FakeFormCgi(FakeFormCgi.Dialect.OLDEST);
                case FORM_CGI -> new FakeFormCgi(false);
                case NEWER_FORM_CGI -> new FakeFormCgi(true);
                case DIGEST_SOAP -> new FakeDigestSoap();
                case CHALLENGE_TOKEN -> new FakeChallengeToken();
                case HEADER_JSON -> new FakeHeaderJson();
                case CHALLENGE_COOKIE -> new FakeChallengeCookie();
                case HOOK_FORM -> new FakeHookForm();
                case CONTEXT_RPC -> new FakeContextRpc();
            };
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    final ImpatientTimeline timeline = new ImpatientTimeline();
    final List<AutoCloseable> open = new ArrayList<>();
    String password = FakeInterface.PASSWORD;
    String card = CARD;
    Approval approval = Approval.NONE;

    /** Real time, except that nothing waits. */
    static final class ImpatientTimeline implements Timeline {
        private final Timeline system = new SystemTimeline();
        private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

        /** Beside the real time. */
        void passes(Duration time) {
            passed.updateAndGet(before -> before.plus(time));
        }

        @Override
        public Instant instant() {
            return system.instant();
        }

        @Override
        public Duration uptime() {
            return system.uptime().plus(passed.get());
        }

        @Override
        public void pause(Duration time) {}
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    FakeInterface start(Make make) {
        FakeInterface fake = make.start();
        open.add(fake);
        return fake;
    }

    Deadline deadline() {
        return Deadline.after(timeline, Duration.ofSeconds(10));
    }

    Enrolments enrolments() {
        return new Enrolments(new FileLineStore(home, "routers.jsonl"), new RouterTurns(Optional.of(home)));
    }

    Gateway gateway(Make make, FakeInterface fake) {
        Enrolments enrolments = enrolments();
        assertThat(enrolments.save(new Enrolment(
                        fake.make(), fake.base(), CARD, Optional.empty(), make.user, Enrolment.SecretPlace.FILE)))
                .isEmpty();
        return enrolled(enrolments);
    }

    RouterAdministration administration(Enrolments enrolments) {
        return new RouterAdministration(
                new HomeNetwork(),
                address -> Optional.of(card),
                MAKES,
                enrolments,
                new OneSecret(),
                new RouterChanges(new FileLineStore(home, "router-changes.jsonl")),
                timeline);
    }

    /** The router that is enrolled. */
    Gateway enrolled(Enrolments enrolments) {
        AdminFinder finder = new AdminFinder(
                enrolments,
                new OneSecret(),
                id -> MAKES.stream().filter(one -> one.id().equals(id)).findFirst(),
                new HomeNetwork(),
                address -> Optional.of(card),
                approval,
                timeline,
                new Random(1));
        // The way to the router itself is on the link, as the kernel tells it.
        LocalRoute route = new LocalRoute("lo", LOOPBACK, 8, Optional.empty());
        SearchScope scope = new SearchScope(
                route, Optional.of(LOOPBACK), Optional.empty(), ProtocolChoice.only(AdminProtocol.ROUTER), true);
        return finder.find(scope, deadline()).gateways().getFirst();
    }

    /** A network whose default gateway is on loopback. */
    static final class HomeNetwork implements NetworkView {
        @Override
        public List<LocalRoute> routes() {
            return List.of(new LocalRoute("lo", LOOPBACK, 8, Optional.of(LOOPBACK)));
        }

        @Override
        public Optional<LocalRoute> towards(InetAddress destination) {
            return routes().stream().findFirst();
        }
    }

    /** The password of this test. */
    final class OneSecret implements Secrets {
        @Override
        public Result<Secret> read(Enrolment enrolment) {
            return Result.ok(new Secret(password.toCharArray()));
        }

        @Override
        public Result<Enrolment.SecretPlace> keep(String router, Secret secret) {
            return Result.ok(Enrolment.SecretPlace.FILE);
        }

        @Override
        public Optional<Failure> forget(Enrolment enrolment) {
            return Optional.empty();
        }
    }

    static Mapping mapping(Gateway gateway, int port, PortPolicy policy) {
        Port number = new Port(port);
        boolean others = gateway.info().capabilities().contains(Capability.OTHER_HOSTS);
        return new Mapping(
                TransportProtocol.TCP,
                number,
                policy,
                others
                        ? new Target.OtherHost(Addresses.ipv4("192.168.1.20").orElseThrow(), number)
                        : new Target.ThisHost(number),
                LeaseDuration.PERMANENT,
                EntryName.standard(TransportProtocol.TCP, number));
    }

    Claim claim(Gateway gateway) {
        return gateway.claim(mapping(gateway, 25565, PortPolicy.EXACT), Optional.empty());
    }

    Result<Grant> map(Gateway gateway, Claim claim) {
        return gateway.map(claim, GatewayHistory.NONE, deadline());
    }

    static Failure failure(Result<?> result) {
        return result instanceof Result.Err<?>(Failure failure) ? failure : fail(result);
    }

    static Failure fail(Result<?> result) {
        throw new AssertionError("no failure: " + result);
    }
}
