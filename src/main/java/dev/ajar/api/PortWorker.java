package dev.ajar.api;

import dev.ajar.embed.EmbeddedMachine;
import dev.ajar.embed.PortStatus;
import dev.ajar.embed.WantedPorts;
import dev.ajar.message.Messages;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects callers and the keeper. What a caller asks for is done on a thread of its own, one thing after the other, so
 * that no caller waits for a class to load or a file to be read; what the keeper tells goes to the listener on another
 * one.
 */
final class PortWorker {
    /** Less than a close waits: what follows takes a moment as well. */
    private static final Duration REMOVING = Duration.ofMillis(1300);

    private static final Duration LAST_WORDS = Duration.ofMillis(100);

    private final Supplier<Result<EmbeddedMachine>> machines;
    private final Ajar.Listener listener;
    private final Supplier<Messages> messages;
    private final OneThread work = new OneThread("ajar-work");
    private final OneThread callbacks = new OneThread("ajar-callbacks");
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Set<Thread> looking = ConcurrentHashMap.newKeySet();
    private final Map<DesiredMapping, Wanted> wanted = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private volatile @Nullable Answers answers;

    /** Whether a port has been open. */
    private volatile boolean wasAnyOpen;

    // Set by the thread for work:
    private volatile @Nullable Result<EmbeddedMachine> machine;
    private volatile @Nullable WantedPorts ports;

    /** What is not closed yet; of the thread for work. */
    private final Map<OpenPort, List<DesiredMapping>> opened = new LinkedHashMap<>();

    /** A mapping's port, and how the mappings of that port stand; changed on the keeper's thread only. */
    private static final class Wanted {
        private final OpenPort port;
        private final Map<Mapping, PortStatus> standings = new LinkedHashMap<>();
        private boolean wasOpen;

        Wanted(OpenPort port, List<Mapping> mappings) {
            this.port = port;
            mappings.forEach(mapping -> standings.put(mapping, new PortStatus.Waiting()));
        }
    }

    PortWorker(Supplier<Result<EmbeddedMachine>> machines, Ajar.Listener listener, Supplier<Messages> messages) {
        this.machines = machines;
        this.listener = listener;
        this.messages = messages;
    }

    /** Before a port was open, the caller learns it from the exception; afterwards no call is waiting for it. */
    private void unwritten(String line) {
        if (wasAnyOpen) {
            warn(line);
        } else {
            System.getLogger("dev.ajar").log(System.Logger.Level.DEBUG, line);
        }
    }

    /** Something a user may want to know and no caller can be told. */
    static void warn(String line) {
        System.getLogger("dev.ajar").log(System.Logger.Level.WARNING, line);
    }

    private Answers answers() {
        Answers known = answers;
        if (known == null) {
            known = new Answers(messages.get());
            answers = known;
        }
        return known;
    }

    Problem late() {
        return answers().late();
    }

    private void check() {
        if (stopped) {
            throw new IllegalStateException("this Ajar is closed");
        }
    }

    void open(OpenPort port) {
        check();
        work.execute(() -> {
            try {
                begin(port);
            } catch (RuntimeException | Error e) {
                fail(port, e);
            }
        });
    }

    private void begin(OpenPort port) {
        if (stopped) {
            tell(port, new PortState.Closed());
            return;
        }
        switch (machine()) {
            case Result.Err<EmbeddedMachine>(Failure failure) -> refuse(port, failure);
            case Result.Ok<EmbeddedMachine>(EmbeddedMachine found) -> open(port, found);
        }
    }

    /** The caller waits for an answer, whatever has gone wrong here, such as a class that the runtime does not have. */
    private void fail(OpenPort port, Throwable defect) {
        warn("ajar itself has failed: " + defect);
        try {
            tell(port, new PortState.Refused(answers().defect(defect)));
        } finally {
            port.settled().completeExceptionally(defect);
        }
    }

    private synchronized Result<EmbeddedMachine> machine() {
        Result<EmbeddedMachine> known = machine;
        if (known == null) {
            known = machines.get();
            machine = known;
        }
        return known;
    }

    private void refuse(OpenPort port, Failure failure) {
        tell(port, new PortState.Refused(answers().problem(failure)));
    }

    private void open(OpenPort port, EmbeddedMachine found) {
        List<Mapping> mappings = Requests.mappings(port.request());
        Optional<Failure> objection = Requests.objection(port.request(), mappings);
        if (objection.isPresent()) {
            refuse(port, objection.get());
            return;
        }
        List<DesiredMapping> desired = mappings.stream()
                .map(mapping -> new DesiredMapping(
                        mapping,
                        GatewaySelector.AUTO,
                        found.owner(),
                        found.timeline().instant(),
                        Optional.empty()))
                .toList();
        if (isOpenTwice(desired)) {
            tell(port, new PortState.Refused(answers().twice()));
            return;
        }
        Wanted one = new Wanted(port, mappings);
        desired.forEach(mapping -> wanted.put(mapping, one));
        opened.put(port, desired);
        ports(found).open(desired);
    }

    private boolean isOpenTwice(List<DesiredMapping> desired) {
        return opened.values().stream()
                .flatMap(List::stream)
                .anyMatch(known -> desired.stream().anyMatch(known::isSameDesire));
    }

    private WantedPorts ports(EmbeddedMachine found) {
        WantedPorts known = ports;
        if (known == null) {
            known = new WantedPorts(
                    found,
                    this::heard,
                    bug -> warn("a bug in ajar, please report it: " + bug),
                    why -> unwritten(answers().messages().text(why.detail())));
            ports = known;
        }
        return known;
    }

    /** On the keeper's thread. */
    private void heard(DesiredMapping desired, PortStatus standing) {
        Wanted one = wanted.get(desired);
        if (one == null) {
            return;
        }
        one.standings.put(desired.mapping(), standing);
        PortState now = answers().state(one.standings, one.wasOpen);
        one.wasOpen = one.wasOpen || now instanceof PortState.Open;
        if (one.wasOpen) {
            wasAnyOpen = true;
        }
        if (now instanceof PortState.Closed) {
            wanted.values().removeIf(one::equals);
            work.execute(() -> drop(one.port));
        }
        tell(one.port, now);
    }

    /** The user may have closed one of its two mappings. */
    private void drop(OpenPort port) {
        List<DesiredMapping> rest = opened.remove(port);
        WantedPorts keeping = ports;
        if (rest != null && keeping != null) {
            keeping.close(rest, () -> {});
        }
    }

    private void tell(OpenPort port, PortState now) {
        PortState before = port.state();
        if (!port.become(now)) {
            return;
        }
        settle(port, now);
        callbacks.execute(() -> listener.changed(port, before, now));
    }

    private void settle(OpenPort port, PortState now) {
        switch (now) {
            case PortState.Opening ignored -> {}
            case PortState.Open ignored -> port.settled().complete(port);
            case PortState.Lost(Problem problem) -> fail(port, problem);
            case PortState.Refused(Problem problem) -> fail(port, problem);
            case PortState.Closed ignored -> fail(port, answers().closed());
        }
    }

    private static void fail(OpenPort port, Problem problem) {
        port.settled().completeExceptionally(new AjarException(problem));
    }

    CompletableFuture<Void> close(OpenPort port) {
        if (stopped) {
            return ended.copy();
        }
        CompletableFuture<Void> closed = new CompletableFuture<>();
        work.execute(() -> {
            List<DesiredMapping> desired = opened.remove(port);
            WantedPorts keeping = ports;
            if (desired == null || keeping == null) {
                tell(port, new PortState.Closed());
                closed.complete(null);
            } else {
                keeping.close(desired, () -> closed.complete(null));
            }
        });
        return closed;
    }

    CompletableFuture<Void> stop() {
        synchronized (this) {
            if (stopped) {
                return ended.copy();
            }
            stopped = true;
        }
        looking.forEach(Thread::interrupt);
        work.execute(() -> {
            WantedPorts keeping = ports;
            if (keeping == null) {
                end();
            } else {
                keeping.stop(REMOVING, this::end);
            }
        });
        return ended.copy();
    }

    private void end() {
        work.end();
        callbacks.end();
        ended.complete(null);
    }

    /** Waits a moment for ajar's threads to end. */
    void awaitEnd() {
        try {
            WantedPorts keeping = ports;
            if (keeping != null) {
                keeping.join(LAST_WORDS);
            }
            boolean quiet = work.await(LAST_WORDS) && callbacks.await(LAST_WORDS);
            if (!quiet) {
                System.getLogger("dev.ajar").log(System.Logger.Level.DEBUG, "a callback is still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Optional<InetAddress> address() throws AjarException {
        return valueOf(valueOf(machine()).address().get());
    }

    Diagnosis diagnosis(Mapping mapping) throws AjarException {
        return answers()
                .diagnosis(
                        valueOf(machine()).doctor().apply(Optional.of(mapping)).first());
    }

    private <T> T valueOf(Result<T> result) throws AjarException {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Err<T>(Failure failure) ->
                throw new AjarException(answers().problem(failure));
        };
    }

    /** What may block or fail with a {@link Failure}. */
    @FunctionalInterface
    interface Look<T> {
        T look() throws AjarException;
    }

    /**
     * The same for the program: completed on the thread for callbacks, so that nothing it does then holds up ajar. What
     * a blocking method waits for is completed before, so that a callback may call one.
     */
    <T> CompletionStage<T> told(CompletableFuture<T> future) {
        return future.whenCompleteAsync((value, failure) -> {}, callbacks::execute)
                .minimalCompletionStage();
    }

    /** Where a class is missing, the words for it may be as well: the caller learns at least what was thrown. */
    private void failed(CompletableFuture<?> answer, Throwable defect) {
        try {
            warn("ajar itself has failed: " + defect);
            answer.completeExceptionally(
                    stopped ? defect : new AjarException(answers().defect(defect)));
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(defect);
        }
    }

    /** Asks on a thread of its own. */
    <T> CompletableFuture<T> look(String name, Look<T> look) {
        check();
        CompletableFuture<T> answer = new CompletableFuture<>();
        work.execute(() -> {
            Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> {
                try {
                    answer.complete(look.look());
                } catch (AjarException e) {
                    answer.completeExceptionally(e);
                } catch (RuntimeException | Error e) {
                    failed(answer, e);
                } finally {
                    looking.remove(Thread.currentThread());
                }
            });
            looking.add(thread);
            thread.start();
            if (stopped) {
                thread.interrupt();
            }
        });
        return answer;
    }
}
