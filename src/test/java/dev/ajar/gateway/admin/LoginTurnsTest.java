package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.state.file.FolderLock;
import dev.ajar.system.Deadline;
import dev.ajar.testing.TestClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
