package dev.ajar.container.engine;

import dev.ajar.container.Container;
import dev.ajar.container.EngineAddress;
import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Follows one engine on a thread of its own: lists its containers, and again after each event, each reconnection and
 * each {@link Pace#refresh()}. While the engine is silent its containers are unknown, and after {@link Pace#grace()}
 * they count as gone.
 */
public final class EngineWatch {
    /**
     * How long it waits.
     *
     * @param settle from an event to the list, so that a container that only restarts is one change
     * @param refresh from one list to the next without any event
     * @param clusterRefresh the same while a service of a cluster asks for ports
     * @param retry from one try to reach a silent engine to the next
     * @param grace from the beginning of the silence until its containers count as gone
     * @param ping from one question whether an engine without news still answers to the next, and for its answer
     */
    public record Pace(
            Duration settle, Duration refresh, Duration clusterRefresh, Duration retry, Duration grace, Duration ping) {
        /**
         * A restart of the engine takes seconds. One that is stopped closes its socket before it ends its containers,
         * so nothing tells their end.
         */
        public static final Pace USUAL = new Pace(
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5));
    }

    /** Receives what is known of an engine, on the engine's thread. */
    public interface Listener {
        /** The containers that ask for ports, whenever they have changed. */
        void containers(String engine, List<Container> containers);

        /** A sentence for people. */
        void told(Message sentence);
    }

    private final EngineAddress address;
    private final Timeline timeline;
    private final Pace pace;
    private final Listener listener;
    private final EngineClient client;
    private final Set<String> ended = new HashSet<>();
    private volatile boolean stopped;
    private volatile Optional<Thread> thread = Optional.empty();

    /** What was told last; empty before the first time. */
    private Optional<List<Container>> known = Optional.empty();

    /** The beginning of the silence; present while the engine is silent. */
    private Optional<Deadline> grace = Optional.empty();

    private boolean gone;
    private boolean watched;

    public EngineWatch(EngineAddress address, Timeline timeline, Pace pace, Listener listener) {
        this.address = address;
        this.timeline = timeline;
        this.pace = pace;
        this.listener = listener;
        this.client = new EngineClient(address, timeline, pace.grace());
    }

    public void start() {
        thread = Optional.of(Thread.ofPlatform().daemon().name("engine").start(this::run));
    }

    /** Does not wait for the thread. */
    public void stop() {
        stopped = true;
        thread.ifPresent(Thread::interrupt);
    }

    private void run() {
        while (!stopped) {
            try (EventStream events = client.events()) {
                follow(events);
            } catch (InterruptedIOException e) {
                return;
            } catch (IOException e) {
                silent(e);
                timeline.pause(pace.retry());
            }
        }
    }

    private void follow(EventStream events) throws IOException {
        list();
        // An engine may confirm the subscription a moment before it takes effect.
        Deadline due = Deadline.after(timeline, pace.settle());
        while (!stopped) {
            // An engine that hangs keeps its connections open, and says nothing.
            Deadline quiet = due.within(pace.ping());
            Optional<EngineEvent> event = events.next(quiet);
            if (event.isEmpty() && !due.hasPassed() && quiet.hasPassed()) {
                client.ping(pace.ping());
            }
            if (event.isPresent()) {
                if (event.get().endsContainer() && ended.size() < EngineClient.MOST_CONTAINERS) {
                    ended.add(event.get().id());
                }
                due = event.get().isRelevant() ? due.within(pace.settle()) : due;
            }
            // Also in the middle of events: they may come without a pause.
            if (due.hasPassed()) {
                list();
                due = Deadline.after(timeline, client.isInCluster() ? pace.clusterRefresh() : pace.refresh());
            }
        }
    }

    private void list() throws IOException {
        List<Container> now = client.containers();
        ended.clear();
        if (grace.isPresent() && watched) {
            listener.told(Message.of("containers.engine-back", "engine", address));
        } else if (!watched) {
            listener.told(Message.of("containers.watching", "engine", address));
        }
        watched = true;
        grace = Optional.empty();
        gone = false;
        if (now.size() >= EngineClient.MOST_CONTAINERS && !known.equals(Optional.of(now))) {
            listener.told(Message.of("containers.too-many", "engine", address, "most", EngineClient.MOST_CONTAINERS));
        }
        know(now);
    }

    private void know(List<Container> now) {
        if (!known.equals(Optional.of(now)) && !stopped) {
            known = Optional.of(now);
            listener.containers(address.toString(), now);
        }
    }

    private void silent(IOException why) {
        if (grace.isEmpty()) {
            grace = Optional.of(Deadline.after(timeline, pace.grace()));
            listener.told(sentence(why));
        }
        // An engine that is stopped in order tells first that its containers end.
        known.ifPresent(before -> know(before.stream()
                .filter(container -> !ended.contains(container.id()))
                .toList()));
        if (grace.get().hasPassed() && !gone) {
            gone = true;
            if (watched) {
                listener.told(Message.of(
                        "containers.engine-gone",
                        "engine",
                        address,
                        "seconds",
                        pace.grace().toSeconds()));
            }
            know(List.of());
        }
    }

    private Message sentence(IOException why) {
        String text = String.valueOf(why.getMessage());
        if (text.toLowerCase(Locale.ROOT).contains("permission denied")) {
            return Message.of("containers.engine-forbidden", "engine", address);
        }
        if (!watched && address instanceof EngineAddress.Unix(var socket) && !Files.exists(socket)) {
            return Message.of("containers.engine-missing", "engine", address);
        }
        Message reason = why instanceof EngineException known
                ? known.sentence()
                : Message.verbatim(new RouterText(text).display());
        return Message.of(
                "containers.engine-silent",
                "engine",
                address,
                "why",
                reason,
                "seconds",
                pace.grace().toSeconds());
    }
}
