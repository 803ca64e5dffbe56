package dev.ajar.service.backend;

import dev.ajar.daemon.CommandThreads;
import dev.ajar.model.GatewaySelector;
import dev.ajar.service.ServiceRequest;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest report on routers for each selection of gateways. A look is made on a thread of its own; at most one
 * is under way for each, and a router that took long, as a silent one does, is left alone for a while. Thread-safe.
 *
 * @param <T> a report
 */
final class ReportCache<T> {
    /** How long a client that does not insist waits for a look. */
    private static final Duration PATIENCE = Duration.ofMillis(800);

    /** How long a look lasts at most that was not asked for with a time. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    /** So that a client that asks every second leaves the keeper time. */
    private static final Duration REST = Duration.ofSeconds(15);

    private static final int MOST_KEPT = 8;

    /**
     * What there is to show.
     *
     * @param latest of the look that ended last
     * @param isFresh whether that look was made for this request
     * @param failed whether that look had no answer
     * @param good the last that had an answer, and when
     */
    record Seen<T>(Optional<T> latest, boolean isFresh, boolean failed, Optional<T> good, Optional<Instant> goodAt) {}

    /** The looks for one selection of gateways. */
    private static final class Kept<T> {
        private Optional<CompletableFuture<T>> pending = Optional.empty();
        private Optional<T> latest = Optional.empty();
        private Optional<T> good = Optional.empty();
        private Optional<Instant> goodAt = Optional.empty();
        private boolean failed;

        /** Since when its router is left alone. */
        private Optional<Duration> restedFrom = Optional.empty();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<GatewaySelector, Kept<T>> kept = new LinkedHashMap<>();
    private final BiFunction<ServiceRequest.Look, StateStore, T> looking;
    private final Predicate<T> answered;
    private final Timeline timeline;

    /**
     * @param looking asks the router
     * @param answered whether the router answered
     */
    ReportCache(BiFunction<ServiceRequest.Look, StateStore, T> looking, Predicate<T> answered, Timeline timeline) {
        this.looking = looking;
        this.answered = answered;
        this.timeline = timeline;
    }

    /** Waits for a look: as long as the request says if it asks for a fresh one, and else less than a second. */
    Seen<T> look(ServiceRequest.Look request, CommandThreads threads) throws InterruptedException {
        Optional<CompletableFuture<T>> running = begin(request, threads);
        boolean fresh = false;
        if (running.isPresent()) {
            try {
                Duration patience = request.fresh() ? request.timeout() : PATIENCE;
                running.get().get(patience.toMillis(), TimeUnit.MILLISECONDS);
                fresh = true;
            } catch (TimeoutException | ExecutionException | CancellationException e) {
                fresh = false;
            }
        }
        return seen(request.selection(), fresh);
    }

    private Optional<CompletableFuture<T>> begin(ServiceRequest.Look request, CommandThreads threads) {
        lock.lock();
        try {
            Kept<T> one = kept.computeIfAbsent(request.selection(), selection -> new Kept<>());
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
            boolean rests = one.restedFrom
                    .filter(moment -> timeline.elapsed().minus(moment).compareTo(REST) < 0)
                    .isPresent();
            boolean isRunning = one.pending.filter(look -> !look.isDone()).isPresent();
            boolean starts = !isRunning && (request.fresh() || !rests);
            if (starts) {
                Duration begun = timeline.elapsed();
                CompletableFuture<T> started = threads.submit(store -> looking.apply(limited(request), store));
                one.pending = Optional.of(started.whenComplete((report, bug) -> ended(one, begun, report)));
            }
            return isRunning || starts ? one.pending : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static ServiceRequest.Look limited(ServiceRequest.Look request) {
        boolean tooLong = !request.fresh() && request.timeout().compareTo(LONGEST) > 0;
        return tooLong ? new ServiceRequest.Look(request.selection(), false, LONGEST) : request;
    }

    private void ended(Kept<T> one, Duration begun, @Nullable T report) {
        lock.lock();
        try {
            boolean good = report != null && answered.test(report);
            one.latest = Optional.ofNullable(report);
            one.failed = !good;
            // A slow look keeps the daemon's own requests waiting.
            Duration now = timeline.elapsed();
            boolean slow = now.minus(begun).compareTo(PATIENCE) > 0;
            one.restedFrom = slow ? Optional.of(now) : Optional.empty();
            if (good) {
                one.good = one.latest;
                one.goodAt = Optional.of(timeline.instant());
            }
        } finally {
            lock.unlock();
        }
    }

    private Seen<T> seen(GatewaySelector selection, boolean fresh) {
        lock.lock();
        try {
            Kept<T> one = kept.getOrDefault(selection, new Kept<>());
            return new Seen<>(one.latest, fresh && one.latest.isPresent(), one.failed, one.good, one.goodAt);
        } finally {
            lock.unlock();
        }
    }
}
