package dev.ajar.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
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
    void a_later_one_begins_when_its_time_has_come() throws InterruptedException {
        CountDownLatch time = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        EagerValue<String> later = EagerValue.after("reader", () -> await(time), () -> {
            begun.countDown();
            return Thread.currentThread().getName();
        });

        time.countDown();
        begun.await();
        assertThat(later.get()).isEqualTo("reader");
    }

    @Test
    void a_later_one_begins_at_once_when_it_is_needed() {
        CountDownLatch never = new CountDownLatch(1);
        EagerValue<Integer> later = EagerValue.after("reader", () -> await(never), () -> 7);

        assertThat(later.get()).isEqualTo(7);
        never.countDown();
    }

    @Test
    void a_later_one_that_is_not_needed_never_begins() throws InterruptedException {
        CountDownLatch time = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        BlockingQueue<Thread> readers = new LinkedBlockingQueue<>();
        EagerValue<Integer> later = EagerValue.after(
                "reader",
                () -> {
                    readers.add(Thread.currentThread());
                    await(time);
                },
                asked::incrementAndGet);

        later.close();
        time.countDown();
        readers.take().join();
        assertThat(asked).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
