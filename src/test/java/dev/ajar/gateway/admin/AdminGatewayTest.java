package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.InterfaceCatalog;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.admin.enrolment.AdminFinder;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.Enrolments;
import dev.ajar.gateway.admin.enrolment.Secrets;
import dev.ajar.gateway.admin.fake.FakeApplied;
import dev.ajar.gateway.admin.fake.FakeChallengeToken;
import dev.ajar.gateway.admin.fake.FakeDigestSoap;
import dev.ajar.gateway.admin.fake.FakeFormCgi;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Fault;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
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
import dev.ajar.model.Presence;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.FileLineStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every router's own interface must get right, on the fake of each make. */
class AdminGatewayTest {
    private static final String CARD = "02:00:00:00:00:01";
    private static final InetAddress LOOPBACK = Addresses.ipv4("127.0.0.1").orElseThrow();

    /** The makes. */
    enum Make {
        SESSION_RPC("root"),
        BASIC_REST("admin"),
        APPLIED_REST("key"),
        KEYED_REST(""),
        POSITIONAL_REST("admin"),
        OLDEST_FORM_CGI("admin"),
        FORM_CGI("admin"),
        NEWER_FORM_CGI("admin"),
        DIGEST_SOAP("ajar"),
        CHALLENGE_TOKEN("");

        private final String user;

        Make(String user) {
            this.user = user;
        }

        /** Where a rule leads: one make serves the computer alone that asks. */
        private String client() {
            return this == DIGEST_SOAP ? "127.0.0.1" : "192.168.1.20";
        }

        /** The requests of one attempt with a wrong password. */
        private int attempt() {
            return this == DIGEST_SOAP || this == CHALLENGE_TOKEN ? 2 : 1;
        }

        FakeInterface start() {
            return switch (this) {
                case SESSION_RPC -> new FakeSessionRpc();
                case BASIC_REST -> new FakeRest();
                case APPLIED_REST -> new FakeApplied();
                case KEYED_REST -> new FakeKeyed();
                case POSITIONAL_REST -> new FakePositional();
                case OLDEST_FORM_CGI -> new FakeFormCgi(FakeFormCgi.Dialect.OLDEST);
                case FORM_CGI -> new FakeFormCgi(false);
                case NEWER_FORM_CGI -> new FakeFormCgi(true);
                case DIGEST_SOAP -> new FakeDigestSoap();
                case CHALLENGE_TOKEN -> new FakeChallengeToken();
            };
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private final Timeline timeline = new ImpatientTimeline();
    private final List<AutoCloseable> open = new ArrayList<>();
    private String password = FakeInterface.PASSWORD;
    private String card = CARD;

    /** Real time, except that nothing waits. */
    private static final class ImpatientTimeline implements Timeline {
        private final Timeline system = new SystemTimeline();

        @Override
        public Instant instant() {
            return system.instant();
        }

        @Override
        public Duration uptime() {
            return system.uptime();
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

    private FakeInterface start(Make make) {
        FakeInterface fake = make.start();
        open.add(fake);
        return fake;
    }

    private Deadline deadline() {
        return Deadline.after(timeline, Duration.ofSeconds(10));
    }

    private Gateway gateway(Make make, FakeInterface fake) {
        Enrolments enrolments = new Enrolments(new FileLineStore(home, "routers.jsonl"));
        assertThat(enrolments.save(new Enrolment(
                        fake.make(), fake.base(), CARD, Optional.empty(), make.user, Enrolment.SecretPlace.FILE)))
                .isEmpty();
        AdminFinder finder = new AdminFinder(
                enrolments,
                new OneSecret(),
                id -> new InterfaceCatalog().find(id),
                address -> Optional.of(card),
                timeline,
                new Random(1));
        LocalRoute route = new LocalRoute("lo", LOOPBACK, 8, Optional.of(LOOPBACK));
        SearchScope scope = new SearchScope(
                route, Optional.of(LOOPBACK), Optional.empty(), ProtocolChoice.only(AdminProtocol.ROUTER), true);
        return finder.find(scope, deadline()).gateways().getFirst();
    }

    /** The password of this test. */
    private final class OneSecret implements Secrets {
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

    private static Mapping mapping(Gateway gateway, int port, PortPolicy policy) {
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

    private Claim claim(Gateway gateway) {
        return gateway.claim(mapping(gateway, 25565, PortPolicy.EXACT), Optional.empty());
    }

    private Result<Grant> map(Gateway gateway, Claim claim) {
        return gateway.map(claim, GatewayHistory.NONE, deadline());
    }

    private static Failure failure(Result<?> result) {
        return result instanceof Result.Err<?>(Failure failure) ? failure : fail(result);
    }

    private static Failure fail(Result<?> result) {
        throw new AssertionError("no failure: " + result);
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_is_made_seen_and_removed(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        List<Rule> before = fake.rules();
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);

        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules())
                .contains(new Rule(claim.entryName(), "tcp", 25565, make.client(), 25565))
                .containsAll(before);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Present.class);
        assertThat(gateway.list(deadline()))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(((MappingTable) ok.value()).entries())
                                .hasSize(make == Make.BASIC_REST ? 3 : 2));

        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEqualTo(before);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Absent.class);
        assertThat(fake.misunderstood()).isEmpty();
        assertThat(fake.openSessions()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_that_is_there_is_not_written_again(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void another_users_rule_on_the_port_is_a_conflict_and_stays(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(new Rule("camera", "tcp", 25565, "192.168.1.9", 80));
        List<Rule> before = fake.rules();
        Gateway gateway = gateway(make, fake);
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Conflict.class);
        assertThat(fake.rules()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void any_free_port_is_the_next_one(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(new Rule("camera", "tcp", 25565, "192.168.1.9", 80));
        Gateway gateway = gateway(make, fake);
        Claim claim = gateway.claim(mapping(gateway, 25565, PortPolicy.ANY_FREE), Optional.empty());
        assertThat(map(gateway, claim))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(((Grant.Granted) ok.value()).lease().externalPort())
                                .isEqualTo(new Port(25566)));
    }

    @ParameterizedTest
    @EnumSource
    void a_yes_that_made_nothing_is_a_failure(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.IGNORES_WRITES);
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        assertThat(fake.rules()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_yes_that_removed_nothing_is_a_failure(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.suffer(Fault.IGNORES_WRITES);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Err.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_list_cut_off_is_unknown_and_nothing_is_written(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        List<Rule> before = fake.rules();
        fake.suffer(Fault.CUTS_LIST);
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(8080), deadline()))
                .isInstanceOf(Presence.Unknown.class);
        assertThat(fake.rules()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_password_is_tried_once(Make make) {
        FakeInterface fake = start(make);
        password = "wrong";
        Gateway gateway = gateway(make, fake);
        Failure failure = failure(map(gateway, claim(gateway)));
        assertThat(failure).isInstanceOf(Failure.Refused.class);
        assertThat(failure.detail().toString()).isEqualTo("the router did not accept the password");
        assertThat(fake.requests()).hasSize(make.attempt());
    }

    @ParameterizedTest
    @EnumSource
    void a_login_page_or_a_redirect_is_not_an_answer(Make make) {
        FakeInterface fake = start(make);
        for (Fault fault : List.of(Fault.LOGIN_PAGE, Fault.REDIRECTS)) {
            fake.suffer(fault);
            Gateway gateway = gateway(make, fake);
            assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        }
        assertThat(fake.rules()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "SESSION_RPC",
                "BASIC_REST",
                "APPLIED_REST",
                "KEYED_REST",
                "POSITIONAL_REST",
                "DIGEST_SOAP",
                "CHALLENGE_TOKEN"
            })
    void a_missing_right_is_named(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.NO_RIGHT);
        Gateway gateway = gateway(make, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("it needs the right");
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION_RPC", "APPLIED_REST", "POSITIONAL_REST"})
    void a_change_that_cannot_be_applied_leaves_nothing_behind(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.APPLY_FAILS);
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        fake.suffer(Fault.NONE);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Absent.class);
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_sent_to_another_network_card(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        card = "02:00:00:00:00:02";
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Refused.class);
        assertThat(fake.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OLDEST_FORM_CGI", "FORM_CGI", "NEWER_FORM_CGI"})
    void a_page_that_is_switched_off_is_left_off(Make make) {
        FakeFormCgi fake = (FakeFormCgi) start(make);
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        fake.switchOff();
        Gateway gateway = gateway(make, fake);
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Refused.class);
        assertThat(fake.isSwitchedOn()).isFalse();
        assertThat(fake.rules()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void removing_leaves_the_others_in_their_places(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule("first", "tcp", 8080, "192.168.1.9", 80));
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.addForeign(new Rule("last", "udp", 8081, "192.168.1.9", 81));
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).extracting(Rule::name).containsExactly("first", "last");
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_lost_after_adding_is_looked_up(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.ENDS_AFTER_ADDING);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        Result<Grant> made = map(gateway, claim);
        // A change that was only staged is taken back.
        assertThat(made).isInstanceOf(make == Make.SESSION_RPC ? Result.Err.class : Result.Ok.class);
        assertThat(fake.rules()).hasSize(make == Make.SESSION_RPC ? 0 : 1);
        fake.suffer(Fault.NONE);
        // The claim was written down before, so the next attempt finds the rule by its name.
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_page_in_the_middle_is_not_an_answer(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.PAGE_WHEN_ADDING);
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        assertThat(fake.rules()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_list_longer_than_any_is_unknown(Make make) {
        FakeInterface fake = start(make);
        for (int i = 0; i < 100_000; i++) {
            fake.addForeign(new Rule("r" + i, "tcp", 1 + i % 20_000, "192.168.1.9", 80));
        }
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        assertThat(fake.rules()).hasSize(100_000);
    }

    @ParameterizedTest
    @EnumSource
    void names_of_others_do_no_harm(Make make) {
        FakeInterface fake = start(make);
        for (String name :
                List.of("", "<script>", "\u001b[2J", "ajar:", "\"},{", "x".repeat(3000), "\u0000\n\r", "%2A/../")) {
            fake.addForeign(new Rule(name, "udp", 4242, "192.168.1.9", 80));
        }
        List<Rule> before = fake.rules();
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEqualTo(before);
        assertThat(fake.misunderstood()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_that_its_owner_changed_is_left(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.77", 25565));
        assertThat(failure(gateway.unmap(claim, new Port(25565), deadline()))
                        .detail()
                        .toString())
                .contains("was changed on the router");
        assertThat(fake.rules()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void an_earlier_rule_for_the_port_shadows_ours(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule("camera", "tcp", 25565, "192.168.1.9", 80));
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, make.client(), 25565));
        assertThat(failure(map(gateway, claim))).isInstanceOf(Failure.Conflict.class);
        assertThat(fake.rules()).hasSize(2);
    }

    @Test
    void positions_are_read_again_right_before_a_removal() {
        FakePositional fake = (FakePositional) start(Make.POSITIONAL_REST);
        Gateway gateway = gateway(Make.POSITIONAL_REST, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule("first", "tcp", 8080, "192.168.1.9", 80));
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.addForeign(new Rule("last", "udp", 8081, "192.168.1.9", 81));
        fake.afterReading(fake::removeFirst);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).extracting(Rule::name).containsExactly("last");
    }

    @Test
    void a_change_of_another_user_is_waited_for_once() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        fake.isBusy(1);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
        fake.isBusy(2);
        Claim other = gateway.claim(mapping(gateway, 25566, PortPolicy.EXACT), Optional.empty());
        assertThat(failure(map(gateway, other)).detail().toString()).contains("waiting for confirmation");
        assertThat(fake.rules()).hasSize(1);
    }

    @Test
    void a_session_lost_in_the_middle_is_begun_anew_once() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        fake.beforeWriting(fake::endSession);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
        Claim other = gateway.claim(mapping(gateway, 25566, PortPolicy.EXACT), Optional.empty());
        fake.beforeWriting(fake::endSession);
        fake.beforeWriting(fake::endSession);
        assertThat(failure(map(gateway, other))).isInstanceOf(Failure.Refused.class);
        assertThat(fake.rules()).hasSize(1);
    }

    @Test
    void a_section_of_the_same_name_is_not_merged_into() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        String mark = claim.entryName().substring(claim.entryName().length() - 4);
        String key = "ajar_tcp_25565_" + mark;
        Map<String, Object> rule = Map.of(".type", "rule", "name", "mine", "target", "ACCEPT");
        fake.addSection(key, rule);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.committed(key)).isEqualTo(rule);
        assertThat(fake.committed(key + "_2")).containsEntry("name", claim.entryName());
    }

    @Test
    void of_several_zones_the_one_with_the_default_route_is_outside() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.hasTwoWays();
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.zoneOf(claim.entryName())).isEqualTo("fibre");
    }

    @Test
    void without_a_list_of_interfaces_the_one_with_the_default_route_is_outside() {
        FakeRest fake = (FakeRest) start(Make.BASIC_REST);
        Gateway gateway = gateway(Make.BASIC_REST, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.row(claim.entryName()))
                .containsEntry("in-interface-list", "WAN")
                .doesNotContainKey("in-interface");
        fake.hasNoList();
        Claim other = gateway.claim(mapping(gateway, 25566, PortPolicy.EXACT), Optional.empty());
        assertThat(map(gateway, other)).isInstanceOf(Result.Ok.class);
        assertThat(fake.row(other.entryName()))
                .containsEntry("in-interface", "ether1")
                .doesNotContainKey("in-interface-list");
    }

    @Test
    void a_rule_stored_twice_is_not_removed_where_that_breaks_the_list() {
        FakeFormCgi fake = (FakeFormCgi) start(Make.NEWER_FORM_CGI);
        Gateway gateway = gateway(Make.NEWER_FORM_CGI, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.20", 25565));
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.20", 25565));
        assertThat(failure(gateway.unmap(claim, new Port(25565), deadline()))
                        .detail()
                        .toString())
                .contains("twice");
        assertThat(fake.rules()).hasSize(2);
    }

    @Test
    void another_host_is_refused_without_asking_where_the_router_serves_its_own_alone() {
        FakeInterface fake = start(Make.DIGEST_SOAP);
        Gateway gateway = gateway(Make.DIGEST_SOAP, fake);
        Port port = new Port(25565);
        Mapping other = new Mapping(
                TransportProtocol.TCP,
                port,
                PortPolicy.EXACT,
                new Target.OtherHost(Addresses.ipv4("192.168.1.20").orElseThrow(), port),
                LeaseDuration.PERMANENT,
                EntryName.standard(TransportProtocol.TCP, port));
        assertThat(failure(map(gateway, gateway.claim(other, Optional.empty()))))
                .isInstanceOfSatisfying(
                        Failure.NotAsked.class,
                        not -> assertThat(not.cause()).isInstanceOf(Failure.ForeignHostRefused.class));
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void a_second_factor_is_told() {
        FakeDigestSoap fake = (FakeDigestSoap) start(Make.DIGEST_SOAP);
        fake.wantsApproval();
        Gateway gateway = gateway(Make.DIGEST_SOAP, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("confirm the change on the box");
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void of_a_shared_address_only_its_ports_are_used() {
        FakeChallengeToken fake = (FakeChallengeToken) start(Make.CHALLENGE_TOKEN);
        fake.shares(32768, 49151);
        Gateway gateway = gateway(Make.CHALLENGE_TOKEN, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("32768-49151");
        assertThat(fake.rules()).isEmpty();
    }
}
