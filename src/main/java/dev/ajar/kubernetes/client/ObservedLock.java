package dev.ajar.kubernetes.client;

import dev.ajar.system.Timeline;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lease whose age counts from when this process first saw it as it is now, as for the controllers of Kubernetes
 * itself: the moment that its holder wrote into it is of another clock, which may be hours off. Thread-safe.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/client-go/tools/leaderelection">clock skew in client-go</a>
 */
final class ObservedLock implements Lock {
    private final Lock lock;
    private final Timeline timeline;
    private Optional<LeaderElectionRecord> seen = Optional.empty();
    private ZonedDateTime since;

    /** @param timeline the clock that the election goes by as well */
    ObservedLock(Lock lock, Timeline timeline) {
        this.lock = lock;
        this.timeline = timeline;
        this.since = now();
    }

    private ZonedDateTime now() {
        return timeline.instant().atZone(ZoneOffset.UTC);
    }

    @Override
    public synchronized @Nullable LeaderElectionRecord get(KubernetesClient client) {
        Optional<LeaderElectionRecord> there = Optional.ofNullable(lock.get(client));
        if (!there.equals(seen)) {
            seen = there;
            since = now();
        }
        return there.map(one -> one.toBuilder().renewTime(since).build()).orElse(null);
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord made) {
        lock.create(client, made);
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord changed) {
        lock.update(client, changed);
    }

    @Override
    public String identity() {
        return lock.identity();
    }

    @Override
    public String describe() {
        return lock.describe();
    }
}
