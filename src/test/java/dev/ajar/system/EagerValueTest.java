package dev.ajar.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EagerValueTest {
    @Test
    void the_source_is_asked_once_and_on_a_thread_of_its_own() {
        AtomicInteger asked = new AtomicInteger();
        EagerValue<String> early =
                EagerValue.of("reader", () -> Thread.currentThread().getName() + asked.incrementAndGet());

        assertThat(early.get()).isEqualTo("reader1");
        assertThat(early.get()).isEqualTo("reader1");
    }

    @Test
    void it_begins_before_it_is_needed() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        EagerValue<Boolean> early = EagerValue.of("reader", () -> {
            begun.countDown();
            return true;
        });

        begun.await();
        assertThat(early.get()).isTrue();
    }

    @Test
    void a_failure_of_the_source_is_the_callers() {
        EagerValue<String> failing = EagerValue.of("reader", () -> {
            throw new IllegalArgumentException("broken");
        });
        EagerValue<String> worse = EagerValue.of("reader", () -> {
            throw new StackOverflowError("deep");
        });

        assertThatThrownBy(failing::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broken");
        assertThatThrownBy(worse::get).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void an_interrupt_is_kept_and_the_value_waited_for() {
        CountDownLatch ready = new CountDownLatch(1);
        EagerValue<Integer> early = EagerValue.of("reader", () -> {
            try {
                ready.await();
                return 7;
            } catch (InterruptedException e) {
                return 0;
            }
        });

        Thread.currentThread().interrupt();
        EagerValue.of("other", () -> {
            ready.countDown();
            return true;
        });
        assertThat(early.get()).isEqualTo(7);
        assertThat(Thread.interrupted()).isTrue();
    }
}
