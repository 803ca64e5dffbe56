package dev.ajar.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a program may do where ajar calls it. */
class AjarCallbacksTest extends LibraryTests {
    /** What may throw what the library throws. */
    @FunctionalInterface
    private interface Call<T> {
        T call() throws Exception;
    }

    private static <T> void complete(CompletableFuture<T> result, Call<T> call) {
        try {
            result.complete(call.call());
        } catch (Exception e) {
            result.completeExceptionally(e);
        }
    }

    private static <T> T of(CompletableFuture<T> result) throws Exception {
        return result.get(120, TimeUnit.SECONDS);
    }

    @Test
    void a_callback_may_call_the_methods_that_block() throws Exception {
        LibraryHome home = home();
        CompletableFuture<Ajar> self = new CompletableFuture<>();
        CompletableFuture<OpenPort> second = new CompletableFuture<>();
        CompletableFuture<Diagnosis> diagnosis = new CompletableFuture<>();
        Ajar ajar = home.program((port, before, now) -> {
            if (port.request().port() == 25565 && now instanceof PortState.Open) {
                complete(second, () -> self.join().openAndWait(PortRequest.tcp(25566)));
                complete(diagnosis, () -> self.join().diagnoseAndWait(PortRequest.tcp(25567)));
                port.close();
            }
        });
        self.complete(ajar);

        OpenPort first = ajar.openAndWait(PortRequest.tcp(25565));

        assertThat(of(second).isOpen()).isTrue();
        assertThat(of(diagnosis).sentence()).isNotBlank();
        CompletableFuture<Void> closed = first.closeAsync().toCompletableFuture();
        of(closed);
        assertThat(home.router().table()).singleElement().asString().contains("25566");
    }

    @Test
    void what_hangs_on_a_stage_runs_on_the_thread_for_callbacks() throws Exception {
        Ajar ajar = home().program();
        CompletableFuture<String> opened = new CompletableFuture<>();
        CompletableFuture<String> closed = new CompletableFuture<>();
        CompletableFuture<OpenPort> again = new CompletableFuture<>();

        ajar.open(PortRequest.tcp(25565)).thenAccept(port -> {
            opened.complete(Thread.currentThread().getName());
            port.closeAsync().thenRun(() -> {
                closed.complete(Thread.currentThread().getName());
                complete(again, () -> ajar.openAndWait(PortRequest.tcp(25565)));
            });
        });

        assertThat(of(opened)).isEqualTo("ajar-callbacks");
        assertThat(of(closed)).isEqualTo("ajar-callbacks");
        assertThat(of(again).isOpen()).isTrue();
    }
}
