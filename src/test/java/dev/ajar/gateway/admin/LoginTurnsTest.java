package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.admin.enrolment.Enrolments;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FolderLock;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.Timeline;
import dev.ajar.testing.TestClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many routers have one session: a second login ends the first in its middle, or is refused. */
class LoginTurnsTest extends AdminGatewayFixture {
    private static final String LOCK = "router-020000000001.lock";

    /** Eight exchanges in a row, on a machine that may be busy. */
    private Deadline unhurried() {
        return Deadline.after(timeline, Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION_RPC", "HOOK_FORM", "CONTEXT_RPC"})
    void logins_to_one_router_come_one_after_another(Make make) {
        FakeInterface fake = start(make);
        AtomicInteger most = new AtomicInteger();
        fake.beforeAnswering(() -> most.accumulateAndGet(fake.openSessions(), Math::max));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        open.add(threads);
        List<CompletableFuture<Result<Grant>>> all = new ArrayList<>();
        for (int port = 25565; port < 25569; port++) {
            Gateway gateway = gateway(make, fake);
            Claim claim = gateway.claim(mapping(gateway, port, PortPolicy.EXACT), Optional.empty());
            all.add(CompletableFuture.supplyAsync(() -> gateway.map(claim, GatewayHistory.NONE, unhurried()), threads));
            all.add(CompletableFuture.supplyAsync(
                    () -> gateway.list(unhurried())
                            .flatMap(table -> gateway.map(claim, GatewayHistory.NONE, unhurried())),
                    threads));
        }
        assertThat(all)
                .allSatisfy(one -> assertThat(one.join()).as("%s", one.join()).isInstanceOf(Result.Ok.class));
        assertThat(most).hasValue(1);
        assertThat(fake.rules()).hasSize(4);
    }

    /** Another process: it takes the lock, says so, and keeps it until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            boolean has = FolderLock.take(Path.of(arguments[0]), LOCK, process -> Message.of("admin.busy"))
                    instanceof Result.Ok;
            System.out.println(has ? "has it" : "has it not");
            System.in.transferTo(System.out);
        }
    }

    @Test
    void the_process_that_is_logged_in_is_named_and_waited_for() throws Exception {
        FakeInterface fake = start(Make.BASIC_REST);
        Gateway gateway = gateway(Make.BASIC_REST, fake);
        Claim claim = claim(gateway);
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        TestClassPath.get(),
                        Holder.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .start();
        open.add(holder::destroy);
        assertThat(holder.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("has it");

        Failure busy =
                failure(gateway.map(claim, GatewayHistory.NONE, Deadline.after(timeline, Duration.ofMillis(300))));
        assertThat(busy).isInstanceOf(Failure.Busy.class);
        assertThat(busy.detail()).isEqualTo(Message.of("admin.busy-process", "process", holder.pid()));
        assertThat(busy.mayHaveHappened()).isFalse();
        assertThat(fake.requests()).isEmpty();

        CompletableFuture<Result<Grant>> waiting =
                CompletableFuture.supplyAsync(() -> gateway.map(claim, GatewayHistory.NONE, unhurried()));
        holder.getOutputStream().close();
        assertThat(waiting.join()).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);
    }

    /** Its right is granted on the router's page, after another press, which would be for another token. */
    @Test
    void a_token_just_confirmed_is_kept_though_the_turn_does_not_come() {
        FakeInterface fake = start(Make.CHALLENGE_TOKEN);
        Enrolments enrolments = enrolments();
        RouterAdministration administration = administration(enrolments);
        RouterAdministration.Router router = administration
                .look(Optional.of(fake.base()), deadline())
                .toOptional()
                .orElseThrow();
        try (StateStore.Lock held = FolderLock.take(home, LOCK, process -> Message.of("admin.busy"))
                .toOptional()
                .orElseThrow()) {
            assertThat(held).isNotNull();
            Failure busy = failure(administration.enrol(
                    router,
                    Make.CHALLENGE_TOKEN.user(),
                    new Secret(password.toCharArray()),
                    Optional.empty(),
                    Deadline.after(timeline, Duration.ofMillis(20))));
            assertThat(busy).isInstanceOf(Failure.Busy.class);
        }
        assertThat(enrolments.find(LOOPBACK, CARD).toOptional().orElseThrow()).isPresent();
    }

    private static AdminGateway of(RouterLogin login, Timeline timeline) {
        return new AdminGateway(
                new GatewayInfo(
                        new GatewayId(AdminProtocol.ROUTER, LOOPBACK, CARD),
                        new LocalRoute("lo", LOOPBACK, 8, Optional.empty()),
                        "",
                        RouterText.EMPTY,
                        RouterText.EMPTY,
                        Optional.empty(),
                        Set.of(Capability.OTHER_HOSTS)),
                "",
                false,
                new RuleName("ajar:", ' ', "", 60),
                login,
                timeline,
                new Random(1));
    }

    /** Ten rules would be ten long waits. */
    @Test
    void a_turn_that_did_not_come_is_not_waited_for_as_long_again() {
        List<Duration> waits = new ArrayList<>();
        AdminGateway gateway = of(
                new RouterLogin() {
                    @Override
                    public Result<RuleTable> login(Deadline deadline) {
                        return AdminFailures.wrongPassword();
                    }

                    @Override
                    public Result<Turn> turn(Deadline deadline) {
                        waits.add(deadline.remaining());
                        return waits.size() < 3
                                ? Result.err(new Failure.Busy(Message.of("admin.busy")))
                                : Result.ok(Turn.FREE);
                    }
                },
                timeline);
        for (int i = 0; i < 4; i++) {
            assertThat(gateway.list(
                            Deadline.after(timeline, Duration.ofSeconds(2)).leniently()))
                    .isInstanceOf(Result.Err.class);
        }
        assertThat(waits)
                .extracting(wait -> wait.compareTo(Duration.ofSeconds(2)) > 0)
                .containsExactly(true, false, false, true);
    }

    /** Puts into effect what it lists, and is not heard of again; or its list is. */
    private record Settling(RouterRule rule, boolean lists) implements RuleTable {
        private static <T> Result<T> silence() {
            return Result.err(new Failure.TimedOut(Message.verbatim("silence")));
        }

        @Override
        public Result<RuleList> read(Deadline deadline) {
            return lists ? Result.ok(new RuleList(List.of(rule), true)) : silence();
        }

        @Override
        public Result<Written> add(RuleRequest request, Deadline deadline) {
            return silence();
        }

        @Override
        public Result<Written> settle(Deadline deadline) {
            return silence();
        }

        @Override
        public Result<Gateway.Removed> remove(RouterRule old, Deadline deadline) {
            return silence();
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void silence_may_leave_open_what_was_put_into_effect_but_not_what_was_never_read(boolean lists) {
        AtomicReference<String> name = new AtomicReference<>("");
        AdminGateway gateway = of(
                deadline -> Result.ok(new Settling(
                        new RouterRule(
                                "1",
                                Set.of(TransportProtocol.TCP),
                                PortSpan.parse("25565").orElseThrow(),
                                new RouterText("192.168.1.20"),
                                PortSpan.parse("25565"),
                                RouterText.EMPTY,
                                new RouterText(name.get()),
                                true),
                        lists)),
                timeline);
        Claim claim = claim(gateway);
        name.set(claim.entryName());
        assertThat(failure(map(gateway, claim)).mayHaveHappened()).isEqualTo(lists);
    }

    /** The wait does not shorten what comes after it, which may take half a minute. */
    @Test
    void after_a_long_wait_there_is_time_for_the_exchange() {
        RouterLogin login = new RouterLogin() {
            @Override
            public Result<RuleTable> login(Deadline deadline) {
                assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(25));
                return AdminFailures.wrongPassword();
            }

            @Override
            public Result<Turn> turn(Deadline deadline) {
                timeline.passes(Duration.ofSeconds(39));
                return Result.ok(Turn.FREE);
            }
        };
        Deadline forty = Deadline.after(timeline, Duration.ofSeconds(40)).leniently();
        assertThat(failure(login.once(forty, RuleTable::read)).detail().key()).isEqualTo("admin.wrong-password");
    }
}
