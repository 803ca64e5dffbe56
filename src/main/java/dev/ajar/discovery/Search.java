package dev.ajar.discovery;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.SearchWatch;
import dev.ajar.message.Message;
import dev.ajar.model.Durations;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A search under way, with one thread for each finder and network. Closing it interrupts the threads and waits for
 * them, because a thread that blocks in the kernel would delay the end of the process.
 */
public final class Search implements GatewayCandidates {
    /** How long a worse gateway waits for a better one that may still answer. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** How long finders may take to end after the deadline; only a busy machine needs it. */
    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(1);

    /** How long they may take after an interrupt. */
    private static final Duration GRACE = Duration.ofMillis(200);

    /**
     * What a gateway on the network needs to hear a question and answer. On a busy machine a finder may begin when the
     * time is nearly over, and its silence is to mean something.
     */
    private static final Duration TO_BE_HEARD = Duration.ofMillis(250);

    /** How often those who wait look how far a finder is. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    /** How far a finder is. Written by its thread, read by the one that waits. */
    private static final class Watch implements SearchWatch {
        private final Timeline timeline;
        private volatile Optional<Duration> askedAt = Optional.empty();
        private volatile boolean reading;

        Watch(Timeline timeline) {
            this.timeline = timeline;
        }

        @Override
        public void asked() {
            askedAt = askedAt.or(() -> Optional.of(timeline.uptime()));
        }

        @Override
        public void reading(boolean underWay) {
            reading = underWay;
        }

        /**
         * How long the silence of a finder that is still searching tells nothing: until a router that answers at once
         * would have been heard. A machine that took long to ask takes long to hear.
         *
         * @param start when the search began
         */
        Duration untilSilenceTells(Duration start) {
            if (askedAt.isEmpty() || reading) {
                return GLANCE;
            }
            Duration late = askedAt.get().minus(start);
            return askedAt.get().plus(PATIENCE).plus(Durations.times(late, 2)).minus(timeline.uptime());
        }
    }

    private record FinderTask(int place, SearchScope scope, GatewayFinder finder, Watch watch) {
        /** Whether it asks at once where the router was last time. A look at the whole network has no use for that. */
        boolean mayRemember() {
            return !scope.thorough()
                    && scope.location().isEmpty()
                    && finder.methods().stream()
                            .anyMatch(method -> method.traits().foundByLocation() && scope.allows(method));
        }

        /** Whether this task could still bring something better than {@code other}. */
        boolean mayBeat(GatewayFound other) {
            return place < other.place
                    || (place == other.place
                            && finder.methods().stream()
                                    .anyMatch(method -> scope.allows(method) && method.compareTo(other.method()) < 0));
        }
    }

    private record FinderDone(FinderTask task, DiscoveryResult result) {}

    private record GatewayFound(int place, Gateway gateway) {
        MappingProtocol method() {
            return gateway.info().method();
        }

        boolean isDefault() {
            return gateway.info().isDefault();
        }
    }

    /** Written out, because the combinators of {@link Comparator} would slow a cold start by 20 ms. */
    private static final Comparator<GatewayFound> BEST_FIRST = (a, b) -> {
        int byPlace = Integer.compare(a.place, b.place);
        int byWay = Boolean.compare(b.isDefault(), a.isDefault());
        int nearer = byPlace != 0 ? byPlace : byWay;
        return nearer != 0 ? nearer : a.method().compareTo(b.method());
    };

    private final Deadline deadline;
    private final Duration begun;

    /** What each finder gets, however late it begins. */
    private final Duration least;

    private final List<SearchScope> scopes;
    private final Supplier<Optional<GatewayFinder>> lastResort;
    private final RecentLocations places;
    private final boolean forTable;
    private final Deadline patience;
    private final List<FinderTask> pending = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<FinderDone> arrivals = new LinkedBlockingQueue<>();
    private final List<GatewayFound> found = new ArrayList<>();
    private final List<ProbeAttempt> attempts = new ArrayList<>();

    Search(
            List<GatewayFinder> finders,
            List<SearchScope> scopes,
            Supplier<Optional<GatewayFinder>> lastResort,
            RecentLocations places,
            boolean forTable,
            Deadline deadline) {
        this.deadline = deadline;
        this.begun = deadline.timeline().uptime();
        Duration whole = deadline.remaining();
        this.least = whole.compareTo(TO_BE_HEARD) < 0 ? whole : TO_BE_HEARD;
        this.scopes = scopes;
        this.lastResort = lastResort;
        this.places = places;
        this.forTable = forTable;
        this.patience = deadline.within(PATIENCE);
        for (int place = 0; place < scopes.size(); place++) {
            for (GatewayFinder finder : finders) {
                pending.add(new FinderTask(place, scopes.get(place), finder, new Watch(deadline.timeline())));
            }
        }
        List.copyOf(pending).forEach(this::start);
    }

    private void start(FinderTask task) {
        threads.add(Thread.ofPlatform()
                .daemon()
                .name("search-" + task.place + "-" + task.finder.methods())
                .start(() -> arrivals.add(new FinderDone(task, find(task)))));
    }

    /** Catches everything, because the search would wait for a task that a bug in a finder ended. */
    private DiscoveryResult find(FinderTask task) {
        try {
            SearchScope scope = task.mayRemember() ? task.scope.remembering(places.all(), forTable) : task.scope;
            return task.finder.find(scope, deadline.atLeast(least), task.watch);
        } catch (RuntimeException | Error e) {
            ProbeAttempt bug = new ProbeAttempt(
                    task.scope.route().interfaceName(),
                    ProbeAttempt.Stage.PROBE,
                    task.finder.methods().iterator().next(),
                    Message.of("discovery.search"),
                    ProbeAttempt.ProbeOutcome.REJECTED,
                    Message.of("discovery.bug", "what", new RouterText(e.toString())));
            return new DiscoveryResult(List.of(), List.of(bug));
        }
    }

    @Override
    public Optional<Gateway> next(Set<Capability> needed) {
        while (true) {
            drain();
            Optional<GatewayFound> best = found.stream()
                    .filter(candidate -> candidate.gateway.info().capabilities().containsAll(needed))
                    .min(BEST_FIRST);
            boolean betterMayCome = best.isPresent() && pending.stream().anyMatch(task -> task.mayBeat(best.get()));
            if (best.isPresent() && (!betterMayCome || patience.hasPassed())) {
                found.remove(best.get());
                return Optional.of(best.get().gateway);
            }
            if (pending.isEmpty()) {
                return Optional.empty();
            }
            boolean arrived = best.isPresent() ? await(patience.remaining()) : awaitTheEnd();
            if (!arrived && best.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    @Override
    public Optional<Gateway> showingTable(Gateway gateway) {
        while (true) {
            drain();
            Optional<Gateway> table = found.stream()
                    .map(GatewayFound::gateway)
                    .filter(one -> one.info().capabilities().contains(Capability.LISTS_MAPPINGS))
                    .filter(one ->
                            one.info().id().address().equals(gateway.info().id().address()))
                    .findFirst();
            Duration wait = untilTableIsAbsent();
            if (table.isPresent() || wait.isZero() || Thread.currentThread().isInterrupted()) {
                return table;
            }
            await(wait);
        }
    }

    /** Zero when no finder that could still bring a table is to be waited for. */
    private Duration untilTableIsAbsent() {
        Duration longest = pending.stream()
                .map(task -> task.watch.untilSilenceTells(begun))
                .max(Comparator.naturalOrder())
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
        Duration left = deadline.remaining();
        return longest.compareTo(left) < 0 ? longest : left;
    }

    /** Its search sends no request, so it may begin when the time of the others is over. */
    @Override
    public Optional<Gateway> lastResort(Set<Capability> needed) {
        boolean automatic = scopes.stream()
                .allMatch(scope ->
                        scope.protocols().isAutomatic() && scope.location().isEmpty());
        return automatic ? lastResort.get().flatMap(finder -> found(finder, needed)) : Optional.empty();
    }

    private Optional<Gateway> found(GatewayFinder finder, Set<Capability> needed) {
        ProtocolChoice named = ProtocolChoice.only(finder.methods().toArray(MappingProtocol[]::new));
        return scopes.stream()
                .map(scope ->
                        new SearchScope(scope.route(), scope.gateway(), scope.location(), named, scope.thorough()))
                .flatMap(scope -> refusals(finder.find(scope, deadline)).gateways().stream())
                .filter(gateway -> gateway.info().capabilities().containsAll(needed))
                .findFirst();
    }

    /** Keeps why it may not be used: another device may have the address of a router whose password is known. */
    private DiscoveryResult refusals(DiscoveryResult result) {
        result.attempts().stream()
                .filter(attempt -> attempt.outcome() == ProbeAttempt.ProbeOutcome.REJECTED)
                .forEach(attempts::add);
        return result;
    }

    /** Waits for all finders. */
    DiscoveryResult everything() {
        while (!pending.isEmpty() && awaitTheEnd()) {
            drain();
        }
        found.sort(BEST_FIRST);
        return new DiscoveryResult(found.stream().map(GatewayFound::gateway).toList(), attempts());
    }

    @Override
    public List<ProbeAttempt> attempts() {
        drain();
        List<ProbeAttempt> all = new ArrayList<>(attempts);
        if (deadline.hasPassed()) {
            pending.forEach(task -> all.add(unfinished(task)));
        }
        return List.copyOf(all);
    }

    /** On a busy machine a finder may not end by the deadline: that is not as if there were no network to search. */
    private static ProbeAttempt unfinished(FinderTask task) {
        return new ProbeAttempt(
                task.scope.route().interfaceName(),
                ProbeAttempt.Stage.PROBE,
                task.finder.methods().iterator().next(),
                Message.of("discovery.search"),
                ProbeAttempt.ProbeOutcome.UNFINISHED,
                Message.of("discovery.unfinished"));
    }

    private void drain() {
        for (FinderDone done = arrivals.poll(); done != null; done = arrivals.poll()) {
            take(done);
        }
    }

    private void take(FinderDone done) {
        pending.remove(done.task);
        for (Gateway gateway : done.result.gateways()) {
            gateway.info().location().ifPresent(places::found);
            found.add(new GatewayFound(done.task.place, gateway));
        }
        attempts.addAll(done.result.attempts());
    }

    /** Waits for one arrival up to the deadline, by which finders end by themselves, and a little longer. */
    private boolean awaitTheEnd() {
        boolean arrived = await(deadline.remaining().plus(AFTER_DEADLINE));
        // The queue waits by another clock than the deadline's.
        while (!arrived && !deadline.hasPassed() && !Thread.currentThread().isInterrupted()) {
            arrived = await(deadline.remaining().plus(AFTER_DEADLINE));
        }
        return arrived;
    }

    /** Waits for one arrival. */
    private boolean await(Duration longest) {
        try {
            FinderDone done = arrivals.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
            if (done != null) {
                take(done);
            }
            return done != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
