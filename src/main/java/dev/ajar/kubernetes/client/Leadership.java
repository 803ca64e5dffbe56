package dev.ajar.kubernetes.client;

import dev.ajar.system.Timeline;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One of several processes leads: the one that holds a Lease of Kubernetes. While the API server is silent it goes on
 * leading, until it hears of another leader: a router keeps a port for the first that has it, so the two do not fight.
 */
public final class Leadership implements AutoCloseable {
    /**
     * How fast leaders follow each other.
     *
     * @param lease after that long without news of the leader another process takes over
     * @param renewal after that long without being able to renew the lease the leader steps down
     * @param retry between two tries
     */
    public record Pace(Duration lease, Duration renewal, Duration retry) {
        /** As the controllers of Kubernetes itself have it. */
        public static final Pace USUAL =
                new Pace(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    /** Receives what becomes of the leader, on threads of the election. */
    public interface Listener {
        /** The lease could not be renewed in time. This process goes on: as far as it knows no other leads. */
        void silent();

        /** It has been renewed again. */
        void back();

        /** Another process leads now; called once. */
        void lost(String leader);
    }

    private static final long GOODBYE_SECONDS = 3;

    private final KubernetesClient client;
    private final LeaderElectionConfig config;
    private final String identity;
    private final Listener listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("leader-", 0).factory());
    private final CountDownLatch leads = new CountDownLatch(1);
    private boolean isSilent;
    private boolean isOver;
    private volatile boolean heard;
    private CompletableFuture<?> election = CompletableFuture.completedFuture(null);

    /**
     * Does not begin yet.
     *
     * @param identity of this process among the others
     */
    Leadership(
            KubernetesClient client,
            String namespace,
            String lease,
            String identity,
            Pace pace,
            Timeline timeline,
            Listener listener) {
        this.client = client;
        this.identity = identity;
        this.listener = listener;
        this.config = new LeaderElectionConfigBuilder()
                .withName(lease)
                .withLock(new ObservedLock(new LeaseLock(namespace, lease, identity), timeline))
                .withLeaseDuration(pace.lease())
                .withRenewDeadline(pace.renewal())
                .withRetryPeriod(pace.retry())
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(this::begun, this::ended, this::heard))
                .build();
    }

    /** Stands for election. */
    synchronized void begin() {
        if (!isOver) {
            election = new LeaderElector(client, config, threads).start();
        }
    }

    private synchronized void begun() {
        heard = true;
        leads.countDown();
        if (isSilent && !isOver) {
            isSilent = false;
            listener.back();
        }
    }

    /** The elector ends when it cannot renew the lease; a new one goes on. */
    private synchronized void ended() {
        if (!isOver) {
            if (leads.getCount() == 0 && !isSilent) {
                isSilent = true;
                listener.silent();
            }
            threads.execute(this::begin);
        }
    }

    private synchronized void heard(String leader) {
        heard = true;
        if (leads.getCount() == 0 && !isOver && !leader.isEmpty() && !leader.equals(identity)) {
            isOver = true;
            listener.lost(leader);
        }
    }

    /**
     * Waits until this process leads.
     *
     * @return false if it does not after that long
     */
    public boolean await(Duration longest) throws InterruptedException {
        return leads.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the API server has ever told who leads. */
    public boolean hasHeard() {
        return heard;
    }

    /** Gives the lease back, so that the next leader need not wait for its end. */
    @Override
    public void close() {
        CompletableFuture<?> last = over();
        last.cancel(true);
        threads.shutdown();
        try {
            boolean ignored = threads.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized CompletableFuture<?> over() {
        isOver = true;
        return election;
    }
}
