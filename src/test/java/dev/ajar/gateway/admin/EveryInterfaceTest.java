package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.admin.client.InterfaceDetection;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Fault;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.http.AdminHttp;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
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

    private static Claim claim(Gateway gateway, TransportProtocol protocol) {
        Mapping tcp = mapping(gateway, 25565, PortPolicy.EXACT);
        Target target = tcp.target();
        Port port = new Port(25565);
        return gateway.claim(
                new Mapping(
                        protocol,
                        port,
                        PortPolicy.EXACT,
                        target,
                        LeaseDuration.PERMANENT,
                        EntryName.standard(protocol, port)),
                Optional.empty());
    }

    /** Two protocols are two rules: the second may be refused, and each is removed without the other. */
    @ParameterizedTest
    @EnumSource
    void each_protocol_has_a_rule_of_its_own(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim tcp = claim(gateway, TransportProtocol.TCP);
        Claim udp = claim(gateway, TransportProtocol.UDP);
        assertThat(map(gateway, tcp)).isInstanceOf(Result.Ok.class);
        assertThat(map(gateway, udp)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).extracting(Rule::protocol).containsExactlyInAnyOrder("tcp", "udp");
        assertThat(gateway.unmap(tcp, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).extracting(Rule::protocol).containsExactly("udp");
        assertThat(gateway.unmap(udp, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        fake.addForeign(new Rule("other", "udp", 25565, "192.168.1.9", 25565));
        assertThat(map(gateway, tcp)).isInstanceOf(Result.Ok.class);
        assertThat(failure(map(gateway, udp))).isInstanceOf(Failure.Conflict.class);
        assertThat(gateway.unmap(tcp, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).extracting(Rule::name).containsExactly("other");
    }

    /** None, one, many. */
    @ParameterizedTest
    @EnumSource
    void lists_of_any_length_are_read(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        List<Rule> added = new ArrayList<>();
        int own = gateway.list(deadline()).toOptional().orElseThrow().entries().size();
        for (int length : new int[] {0, 1, 40}) {
            while (added.size() < length) {
                Rule rule = new Rule("r" + added.size(), "udp", 20_000 + added.size(), "192.168.1.9", 80);
                added.add(rule);
                fake.addForeign(rule);
            }
            MappingTable table = gateway.list(deadline()).toOptional().orElseThrow();
            assertThat(table.entries()).hasSize(own + length);
            assertThat(table.partial()).isEmpty();
        }
    }

    /** Whether the router takes a second rule that is the same as one it has. */
    private static boolean mayHaveTwice(Make make) {
        return make != Make.DIGEST_SOAP && make != Make.NEWER_FORM_CGI;
    }

    /** Its owner copied the rule: to another device, or as it is. */
    @ParameterizedTest
    @EnumSource
    void of_two_rules_of_one_name_only_what_ajar_made_is_removed(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        Rule own = fake.rules().getFirst();
        Rule other = new Rule(own.name(), "tcp", 25570, "192.168.1.9", 25570);
        fake.addForeign(other);
        if (mayHaveTwice(make)) {
            fake.addForeign(own);
        }
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).containsExactly(other);
    }

    /** A copy before ajar's rule takes the connections. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DIGEST_SOAP"})
    void a_copy_that_leads_elsewhere_is_a_conflict(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.9", 25565));
        Failure refused = failure(map(gateway, claim));
        assertThat(refused.detail().key()).isEqualTo("admin.changed-by-owner");
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.20", 25565));
        assertThat(failure(map(gateway, claim))).isInstanceOf(Failure.Conflict.class);
        assertThat(fake.rules()).hasSize(2);
    }

    /** "The password" is a part of ajar's own sentence, and no reason to hide it. */
    @ParameterizedTest
    @EnumSource
    void a_password_that_is_an_everyday_word_hides_no_sentence(Make make) {
        password = "not the one";
        Failure usual = failure(gateway(make, start(make)).checkHealth(deadline()));
        password = "password";
        assertThat(failure(gateway(make, start(make)).checkHealth(deadline()))).isEqualTo(usual);
    }
}
