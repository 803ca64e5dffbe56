package dev.ajar.state.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.StateStore;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several stores of one process, as in a program with two {@code Ajar}s, and another process beside them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StateLockTest {
    private static final int FREE = 3;
    private static final int BUSY = 4;

    @TempDir
    Path folder = Path.of(".");

    /** Another process: says by its exit code whether the lock is free. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel file = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                System.exit(file.tryLock() == null ? BUSY : FREE);
            }
        }
    }

    private int other() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        Path.of(Other.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        Other.class.getName(),
                        folder.resolve("lock").toString()))
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static FileStateStore store(Path folder) {
        return new FileStateStore(folder, Samples.PROTOCOLS, warning -> {});
    }

    /** Has the lock for as long as its standard input is open. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (StateStore.Lock lock =
                    store(Path.of(arguments[0])).lock().toOptional().orElseThrow()) {
                System.out.println(lock != null ? "locked" : "");
                while (System.in.read() >= 0) {}
            }
        }
    }

    /** Those that have to wait are told for whom; what is in the file is not believed to be more than a number. */
    @Test
    void a_lock_of_another_process_is_told_with_its_number() throws Exception {
        Process holder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var told = holder.inputReader()) {
            assertThat(told.readLine()).isEqualTo("locked");
            assertThat(store(folder).lock())
                    .isEqualTo(Result.err(new Failure.Busy(Message.of("state.busy-process", "process", holder.pid()))));
            Files.writeString(folder.resolve("lock"), "\u001b[2Jsomething else");
            assertThat(store(folder).lock()).isEqualTo(Result.err(new Failure.Busy(Message.of("state.busy"))));
        } finally {
            holder.getOutputStream().close();
        }
        assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store(folder).lock()).isInstanceOf(Result.Ok.class);
    }

    @Test
    void a_second_store_of_the_process_does_not_end_the_lock_of_the_first() throws Exception {
        Path sameFolder = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
        try (StateStore.Lock lock = store(folder).lock().toOptional().orElseThrow()) {
            assertThat(lock).isNotNull();
            for (Path other : List.of(folder, sameFolder)) {
                assertThat(store(other).lock())
                        .isInstanceOfSatisfying(
                                Result.Err.class,
                                busy -> assertThat(busy.failure()).isInstanceOf(Failure.Busy.class));
            }
            assertThat(other()).isEqualTo(BUSY);
        } finally {
            Files.delete(sameFolder);
        }
        assertThat(other()).isEqualTo(FREE);
        assertThat(store(folder).lock()).isInstanceOf(Result.Ok.class);
    }
}
