package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.keeper.exchange.Exchanges;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.ProtocolTraits;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.toy.ToyProtocol;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A router that takes 20 seconds for each rule: cut off, its exchange would be begun anew for ever. */
class SlowInterfaceTest {
    private static final Duration A_RULE = Duration.ofSeconds(20);
    private static final ProtocolTraits TOY = ToyProtocol.TOY.traits();
    private static final MappingProtocol SLOW = new MappingProtocol(
            "toy",
            "Toy",
            5,
            new ProtocolTraits(
                    false,
                    TOY.ipVersions(),
                    false,
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    TOY.pace(),
                    TOY.epochRule(),
                    false,
                    ""),
            ToyProtocol.TOY.handles());
    private static final GatewaySelector NAMED =
            new GatewaySelector(ProtocolChoice.only(SLOW), Optional.empty(), Optional.empty());

    private final SimClock clock = new SimClock();
    private final SimWorld world =
            new SimWorld(3, clock, Set.of(SLOW), SimulationTest.changing(SlowGateway::new), UnaryOperator.identity());
    private final SimInbox inbox = new SimInbox(clock);
    private final KeeperLoop loop = new KeeperLoop(world.keeper(), clock, inbox, () -> false);
    private int asked;
    private int cutOff;

    /** Does what it is asked to after 20 seconds, if it has as long. */
    private final class SlowGateway extends FaultyGateway {
        SlowGateway(Gateway real) {
            super(real);
        }

        private <T> Result<T> slowly(Deadline deadline, Supplier<Result<T>> work) {
            Duration left = deadline.forExchange(SLOW.traits().exchangeTime()).remaining();
            boolean ends = left.compareTo(A_RULE) >= 0;
            clock.advance(ends ? A_RULE : left);
            return ends ? work.get() : Result.err(new Failure.TimedOut(Message.of("keeper.no-time")));
        }

        private Deadline soon() {
            return Deadline.after(clock, Duration.ofSeconds(1));
        }

        @Override
        public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
            asked++;
            return slowly(deadline, () -> super.map(claim, history, soon()));
        }

        @Override
        public Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline) {
            return slowly(deadline, () -> super.unmap(claim, externalPort, soon()));
        }
    }

    private void run(Duration time) {
        Duration end = clock.elapsed().plus(time);
        loop.run(next -> clock.elapsed().compareTo(end) >= 0, bug -> {
            throw bug;
        });
    }

    /** Simulated threads, on which an exchange that is cut off shows. */
    private Exchanges threads() {
        Exchanges real = new SimExchanges(clock, inbox);
        return new Exchanges() {
            @Override
            public Running begin(Runnable exchange, Runnable done) {
                Running running = real.begin(exchange, done);
                return () -> {
                    cutOff++;
                    running.cancel();
                };
            }

            @Override
            public boolean areInline() {
                return false;
            }

            @Override
            public void hand(Runnable task) {
                real.hand(task);
            }

            @Override
            public boolean await(Duration longest) {
                return real.await(longest);
            }
        };
    }

    /** The keeper of a daemon, with a command every other second. */
    private void opened() {
        world.keeper().exchangeOn(threads());
        world.want(25565, Duration.ofHours(2), NAMED);
        world.want(25566, Duration.ofHours(2), NAMED);
        for (int i = 1; i < 40; i++) {
            inbox.addAt(clock.elapsed().plusSeconds(2L * i), () -> {
                world.keeper().commandBegins(() -> {});
                world.keeper().cancelExchanges();
                world.keeper().commandEnds();
            });
        }
        run(Duration.ofSeconds(80));
    }

    @Test
    void each_rule_is_asked_for_once_also_beside_commands() {
        opened();
        assertThat(world.router.ours()).isEqualTo(2);
        assertThat(asked).isEqualTo(2);
        assertThat(cutOff).isZero();
    }

    @Test
    void a_keeper_on_its_own_thread_lets_it_end_too() {
        world.want(25565, Duration.ofHours(2), NAMED);
        run(Duration.ofSeconds(25));
        assertThat(world.router.ours()).isEqualTo(1);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void at_the_end_its_rules_are_closed_where_there_is_time_for_them() {
        opened();
        Duration begin = clock.elapsed();
        world.keeper().stop(ShutdownPolicy.CLOSE_ALL, Duration.ofSeconds(4), Duration.ofSeconds(60));
        assertThat(world.router.ours()).isZero();
        assertThat(world.disk.written().mappingRecords()).isEmpty();
        assertThat(clock.elapsed().minus(begin)).isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void a_limit_of_the_caller_holds_and_what_is_left_is_in_the_state_file() {
        opened();
        Duration begin = clock.elapsed();
        world.keeper().stop(ShutdownPolicy.CLOSE_ALL, Duration.ofSeconds(4));
        assertThat(clock.elapsed().minus(begin)).isLessThanOrEqualTo(Duration.ofMillis(4100));
        assertThat(world.disk.written().mappingRecords()).hasSize(2).allMatch(record -> record.leaving());
    }

    @Test
    void an_exchange_under_way_at_the_end_is_let_end() {
        world.keeper().exchangeOn(threads());
        world.want(25565, Duration.ofHours(2), NAMED);
        run(Duration.ofSeconds(5));
        world.keeper().stop(ShutdownPolicy.KEEP_ALL, Duration.ofSeconds(4), Duration.ofSeconds(60));
        assertThat(world.disk.written().mappingRecords())
                .singleElement()
                .matches(record -> record.lease().isPresent());
        assertThat(cutOff).isZero();
    }
}
