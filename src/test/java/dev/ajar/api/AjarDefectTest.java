package dev.ajar.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ajar.embed.EmbeddedMachine;
import dev.ajar.model.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A caller gets an answer also where ajar itself fails. */
class AjarDefectTest extends LibraryTests {
    /** As in a runtime or a jar without that class; and a mistake in the code. */
    private static List<Supplier<Result<EmbeddedMachine>>> defects() {
        return List.of(
                () -> {
                    throw new NoClassDefFoundError("dev/ajar/state/FileStateStore");
                },
                () -> {
                    throw new IllegalStateException("a mistake");
                });
    }

    @Test
    void every_way_of_asking_has_an_answer() {
        LibraryHome home = home();
        for (Supplier<Result<EmbeddedMachine>> defect : defects()) {
            Ajar ajar = home.program(defect, (port, before, now) -> {});

            AjarException why =
                    catchThrowableOfType(AjarException.class, () -> ajar.openAndWait(PortRequest.tcp(25565)));
            assertThat(why.reason()).isEqualTo(Reason.DEFECT);
            assertThat(why.advice()).isNotEmpty();
            OpenPort port = ajar.keepOpen(PortRequest.tcp(25565));
            await().atMost(LONG).until(() -> port.state() instanceof PortState.Refused);
            for (CompletableFuture<?> stage : List.of(
                    ajar.open(PortRequest.tcp(25565)).toCompletableFuture(),
                    ajar.diagnose(PortRequest.tcp(25565)).toCompletableFuture(),
                    ajar.externalAddress().toCompletableFuture())) {
                assertThat(catchThrowableOfType(CompletionException.class, stage::join))
                        .hasCauseInstanceOf(AjarException.class);
            }
        }
    }

    /** As in a jar without the messages. */
    @Test
    void a_question_has_an_answer_where_the_words_for_it_are_missing() {
        PortWorker worker = new PortWorker(defects().getFirst(), (port, before, now) -> {}, () -> {
            throw new NoClassDefFoundError("dev/ajar/message/Messages");
        });
        CompletableFuture<?> answer = worker.look("asking", worker::address);

        await().atMost(LONG).until(answer::isDone);
        assertThat(answer).isCompletedExceptionally();
        assertThat(worker.stop()).isNotNull();
    }

    /** Nothing is printed, and the next callback comes. */
    @Test
    void an_error_in_a_callback_does_not_end_the_callbacks() throws Exception {
        List<Thread> printed = new CopyOnWriteArrayList<>();
        CountDownLatch second = new CountDownLatch(1);
        Ajar ajar = home().program((port, before, now) -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> printed.add(thread));
            if (port.request().port() == 25565) {
                throw new AssertionError("the program's own mistake");
            }
            second.countDown();
        });

        ajar.openAndWait(PortRequest.tcp(25565));
        ajar.openAndWait(PortRequest.tcp(25566));

        Awaited.of(second);
        assertThat(printed).isEmpty();
    }

    @Test
    void nothing_in_the_place_of_a_request_is_told_at_once() {
        Ajar ajar = home().program();

        assertThatNullPointerException()
                .isThrownBy(() -> ajar.keepOpen(nothing()))
                .withMessage("request");
        assertThatNullPointerException().isThrownBy(() -> ajar.open(nothing())).withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> ajar.openAndWait(nothing()))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> ajar.diagnose(nothing()))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> Ajar.builder().onChange(nothing()))
                .withMessage("listener");
    }

    /** What a caller without null checks may pass. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Test
    void an_exception_that_went_through_a_file_has_its_reason_and_advice() throws Exception {
        AjarException before = new AjarException(new Problem(Reason.TAKEN, "taken", List.of("take another one")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(before);

        Object after = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(((AjarException) after).problem()).isEqualTo(before.problem());
    }
}
