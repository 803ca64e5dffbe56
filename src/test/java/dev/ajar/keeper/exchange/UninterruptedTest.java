package dev.ajar.keeper.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt that ends an exchange must not end a write to the state file. */
class UninterruptedTest {
    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    private static Result<String> broken() {
        return Result.err(new Failure.BadState(Message.verbatim("the channel was closed")));
    }

    @Test
    void an_interrupt_before_the_work_is_put_off() {
        Thread.currentThread().interrupt();
        Result<String> result =
                Uninterrupted.run(() -> Thread.currentThread().isInterrupted() ? broken() : Result.ok("done"));
        assertThat(result).isEqualTo(Result.ok("done"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_interrupt_in_the_middle_costs_another_attempt() {
        AtomicInteger attempts = new AtomicInteger();
        Result<String> result = Uninterrupted.run(() -> {
            if (attempts.getAndIncrement() == 0) {
                Thread.currentThread().interrupt();
                return broken();
            }
            return Result.ok("done");
        });
        assertThat(result).isEqualTo(Result.ok("done"));
        assertThat(attempts).hasValue(2);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_failure_without_an_interrupt_is_final() {
        AtomicInteger attempts = new AtomicInteger();
        assertThat(Uninterrupted.run(() -> {
                    attempts.incrementAndGet();
                    return broken();
                }))
                .isInstanceOf(Result.Err.class);
        assertThat(attempts).hasValue(1);
    }
}
