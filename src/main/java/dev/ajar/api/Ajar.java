package dev.ajar.api;

import dev.ajar.app.Library;
import dev.ajar.embed.EmbeddedMachine;
import dev.ajar.message.Messages;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The ports of one program: opened, renewed, repaired after a restart of the router, and closed with {@link #close}, or
 * at the latest when the JVM exits.
 *
 * <pre>{@code
 * Ajar ajar = Ajar.builder().onChange((port, before, now) -> log(port.request() + ": " + now)).build();
 * OpenPort game = ajar.keepOpen(PortRequest.udp(27015));
 * ...
 * ajar.close();
 * }</pre>
 *
 * <p>The state file is that of the command line: what this program opens is written down before a router is asked, so
 * that it can be removed after a crash, by a daemon of ajar if one runs and else by the next process of ajar. Mappings
 * of other programs and devices are never changed.
 *
 * <p>For any thread. There is no static state: several are independent, also within one process.
 */
public final class Ajar implements AutoCloseable {
    /** How long a blocking close waits, and the JVM's exit is held up; the end of the threads takes a little more. */
    private static final Duration CLOSING = Duration.ofMillis(1700);

    private static final Duration OPENING = Duration.ofSeconds(20);

    private final PortWorker worker;
    private final Thread atExit = Thread.ofPlatform().name("ajar-exit").unstarted(this::close);

    private Ajar(PortWorker worker) {
        this.worker = worker;
    }

    /** What hears of changes. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A port has another state. Called on a thread of ajar's own, one change after the other; what it throws is
         * logged.
         *
         * @param port that has changed
         * @param before the state until now
         * @param now the state at the time of the change; {@link OpenPort#state} may be further already
         */
        void changed(OpenPort port, PortState before, PortState now);
    }

    /** {@return one with the usual settings, which has opened nothing yet and begun no thread} */
    public static Ajar create() {
        return builder().build();
    }

    /** {@return what makes one with other settings} */
    public static Builder builder() {
        return new Builder();
    }

    /** Of another machine than this one, in tests. */
    static Ajar on(Supplier<Result<EmbeddedMachine>> machine, Listener listener, Messages messages) {
        Ajar ajar = new Ajar(new PortWorker(machine, listener, () -> messages));
        ajar.closeAtExit();
        return ajar;
    }

    private void closeAtExit() {
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is exiting already: nothing is opened any more.
            close();
        }
    }

    /**
     * Opens a port and keeps it open until it is closed: also if the router refuses now, is silent, restarts, or
     * changes its address. Returns at once.
     *
     * @param request what to open
     * @return the port, which is {@link PortState.Opening} until the router has answered
     * @throws IllegalStateException if this is closed
     */
    public OpenPort keepOpen(PortRequest request) {
        return open(request, false);
    }

    /**
     * Opens a port, and then keeps it open as {@link #keepOpen} does. Returns at once.
     *
     * @param request what to open
     * @return completed when it is open; completed with an {@link AjarException}, and closed, when the router has not
     *     opened it
     * @throws IllegalStateException if this is closed
     */
    public CompletionStage<OpenPort> open(PortRequest request) {
        return worker.told(orClosed(open(request, false)));
    }

    /**
     * Opens a port, and then keeps it open as {@link #keepOpen} does. Blocks until it is open, for twenty seconds at
     * most.
     *
     * @param request what to open
     * @return the open port
     * @throws AjarException if the port is not open; then nothing is left of the request
     * @throws InterruptedException if the thread is interrupted; then nothing is left of the request either
     * @throws IllegalStateException if this is closed
     */
    public OpenPort openAndWait(PortRequest request) throws AjarException, InterruptedException {
        return openAndWait(request, false);
    }

    OpenPort openAndWait(PortRequest request, boolean alone) throws AjarException, InterruptedException {
        OpenPort port = open(request, alone);
        try {
            return await(port.settled(), OPENING);
        } catch (AjarException | InterruptedException | RuntimeException e) {
            port.close();
            throw e;
        }
    }

    private OpenPort open(PortRequest request, boolean alone) {
        OpenPort port = new OpenPort(this, Objects.requireNonNull(request, "request"), alone);
        worker.open(port);
        return port;
    }

    private static CompletableFuture<OpenPort> orClosed(OpenPort port) {
        return port.settled().whenComplete((open, failure) -> {
            if (failure != null) {
                port.closeAsync();
            }
        });
    }

    CompletionStage<Void> closeAsync(OpenPort port) {
        return worker.told(worker.close(port));
    }

    void closeAndWait(OpenPort port) {
        if (!waitFor(worker.close(port))) {
            System.getLogger("dev.ajar").log(System.Logger.Level.DEBUG, "still closing {0}", port);
        }
    }

    /**
     * The router's address on the internet side. Asks the router, and returns at once.
     *
     * @return completed with the address, or with nothing if the router tells none, or with an {@link AjarException}
     * @throws IllegalStateException if this is closed
     */
    public CompletionStage<Optional<InetAddress>> externalAddress() {
        return worker.told(worker.look("ajar-address", worker::address));
    }

    /**
     * Finds out what keeps a port from being reached: from this machine's network and firewall to the program that
     * listens. A port that is not open is opened for a moment. Takes up to ten seconds, and returns at once.
     *
     * @param request the port; of one with both protocols, TCP is looked at
     * @return completed with the diagnosis, or with an {@link AjarException} if it could not be made
     * @throws IllegalStateException if this is closed
     */
    public CompletionStage<Diagnosis> diagnose(PortRequest request) {
        return worker.told(diagnosis(request));
    }

    /**
     * As {@link #diagnose}, and blocks meanwhile, for twenty seconds at most.
     *
     * @param request the port, as in {@link #diagnose}
     * @return the diagnosis
     * @throws AjarException if the diagnosis could not be made
     * @throws InterruptedException if the thread is interrupted
     * @throws IllegalStateException if this is closed
     */
    public Diagnosis diagnoseAndWait(PortRequest request) throws AjarException, InterruptedException {
        return await(diagnosis(request), OPENING);
    }

    private CompletableFuture<Diagnosis> diagnosis(PortRequest request) {
        List<Mapping> mappings = Requests.mappings(Objects.requireNonNull(request, "request"));
        return worker.look("ajar-doctor", () -> worker.diagnosis(mappings.getFirst()));
    }

    private <T> T await(CompletableFuture<T> future, Duration longest) throws AjarException, InterruptedException {
        try {
            return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AjarException(worker.late());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AjarException known) {
                // A new one, which shows where the caller waits.
                throw new AjarException(known.problem());
            }
            throw new CompletionException(e.getCause());
        }
    }

    /**
     * Closes every port on the router, and ends ajar's threads. Waits for that, for two seconds at most; what the
     * router has not removed by then is left to the next process of ajar and to the end of the lease. Closing twice
     * does nothing more.
     */
    @Override
    public void close() {
        if (waitFor(worker.stop())) {
            worker.awaitEnd();
        }
        forgetExit();
    }

    /**
     * As {@link #close}, and does not wait.
     *
     * @return completed when every port is closed, or given up
     */
    public CompletionStage<Void> closeAsync() {
        return worker.told(worker.stop().thenRun(this::forgetExit));
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is exiting, perhaps by that very thread.
        }
    }

    /** @return whether it came in time; else it goes on in the background */
    private static boolean waitFor(CompletableFuture<Void> end) {
        try {
            end.get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Settings for an {@link Ajar}. Not for several threads at a time. */
    public static final class Builder {
        private Listener listener = (port, before, now) -> {};
        private Locale language = Locale.getDefault();
        private Optional<Path> stateFolder = Optional.empty();

        private Builder() {}

        /**
         * Hears of every change of every port. Without it, nothing does.
         *
         * @param listener in the place of an earlier one
         * @return this
         */
        public Builder onChange(Listener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * The language of sentences. Without it, that of the JVM's default locale.
         *
         * @param language English where ajar does not have it
         * @return this
         */
        public Builder language(Locale language) {
            this.language = Objects.requireNonNull(language, "language");
            return this;
        }

        /**
         * Keeps the state file in that folder. Without it, where the command line and the daemon have theirs, which
         * then know of the ports: {@code AJAR_STATE_HOME}, or the folder of the user.
         *
         * @param folder made where it is missing; it has to be this user's, and no other user may write to it
         * @return this
         */
        public Builder stateFolder(Path folder) {
            this.stateFolder = Optional.of(folder);
            return this;
        }

        /** {@return an Ajar with these settings, which has opened nothing yet and begun no thread} */
        public Ajar build() {
            Optional<Path> folder = stateFolder;
            String tag = language.toLanguageTag();
            Ajar ajar = new Ajar(new PortWorker(
                    () -> Library.thisMachine(folder, PortWorker::warn), listener, () -> Messages.wished(tag)));
            ajar.closeAtExit();
            return ajar;
        }
    }
}
