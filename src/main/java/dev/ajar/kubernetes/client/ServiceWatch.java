package dev.ajar.kubernetes.client;

import dev.ajar.container.Container;
import dev.ajar.container.ContainerReport;
import dev.ajar.kubernetes.ServiceAction;
import dev.ajar.kubernetes.ServiceContainers;
import dev.ajar.kubernetes.ServicePlan;
import dev.ajar.kubernetes.ServiceView;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.system.Timeline;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Watches Services, tells which of them ask for ports, and writes to them how those stand. While the API server is
 * silent the last list counts: the ports stay.
 */
public final class ServiceWatch {
    /** A Service that is to go waits for a silent router no longer. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final SharedIndexInformer<Service> informer;
    private final ServiceWriter writer;
    private final Timeline timeline;
    private final Listener listener;
    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("services").factory());

    // Of the thread for work:
    private Optional<List<Container>> told = Optional.empty();
    private Optional<ContainerReport> report = Optional.empty();
    private Optional<Message> trouble = Optional.empty();

    /** The version of a Service that was written to: nothing is decided before a later one has come. */
    private final Map<String, String> written = new HashMap<>();

    private final Map<String, Duration> releasing = new HashMap<>();

    /** Why a Service could not be written to: told once, although it is tried again every few seconds. */
    private final Map<String, Message> unwritten = new HashMap<>();

    /** Receives what the cluster tells, on the thread for work. */
    public interface Listener {
        /** All Services that ask for ports, whenever they have changed. */
        void services(List<Container> services);

        /** A sentence for people. */
        void told(Message sentence);
    }

    ServiceWatch(
            KubernetesClient client,
            Optional<String> namespace,
            Timeline timeline,
            String reporter,
            Listener listener) {
        this.informer = namespace
                .map(name -> client.services().inNamespace(name).runnableInformer(0))
                .orElseGet(() -> client.services().inAnyNamespace().runnableInformer(0));
        this.writer = new ServiceWriter(client, timeline, reporter);
        this.timeline = timeline;
        this.listener = listener;
    }

    void start() {
        // A server that is away comes back: it is asked again without an end.
        informer.exceptionHandler((begun, problem) -> {
            later(() -> troubled(problem));
            return true;
        });
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Service service) {
                changed();
            }

            @Override
            public void onUpdate(Service before, Service now) {
                changed();
            }

            @Override
            public void onDelete(Service service, boolean isStateUnknown) {
                changed();
            }
        });
        informer.start().thenRun(this::changed);
        // Each look is a task of its own: one that fails does not end the others.
        Future<?> ignored =
                work.scheduleWithFixedDelay(this::changed, AGAIN.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the watch, and waits for nothing. */
    public void stop() {
        informer.stop();
        work.shutdownNow();
    }

    /** How the mappings stand now. For any thread. */
    public void report(ContainerReport now) {
        later(() -> {
            if (!report.equals(Optional.of(now))) {
                report = Optional.of(now);
                act();
            }
        });
    }

    private void changed() {
        later(this::looked);
    }

    private void later(Runnable task) {
        try {
            work.execute(task);
        } catch (RejectedExecutionException e) {
            // It has ended.
        }
    }

    /** Told once until the list has come. */
    private void troubled(Throwable problem) {
        Message why = why(problem);
        if (!trouble.equals(Optional.of(why)) && !informer.hasSynced()) {
            listener.told(Message.of("kubernetes.no-list", "why", why));
            trouble = Optional.of(why);
        }
    }

    private static Message why(Throwable problem) {
        String text = ErrorText.of(problem).orElse("no answer");
        return Message.verbatim(new RouterText(text).display());
    }

    private void looked() {
        if (!informer.hasSynced()) {
            return;
        }
        tell();
        act();
    }

    private void tell() {
        List<Container> now = ServiceContainers.of(
                services().stream().map(ServiceReader::view).toList());
        if (!told.equals(Optional.of(now))) {
            told = Optional.of(now);
            listener.services(now);
        }
    }

    private List<Service> services() {
        return informer.getStore().list().stream()
                .sorted(Comparator.comparing((Service one) -> one.getMetadata().getNamespace())
                        .thenComparing(one -> one.getMetadata().getName()))
                .toList();
    }

    private void act() {
        List<Service> services = services();
        Set<String> there = services.stream()
                .map(one -> String.valueOf(one.getMetadata().getUid()))
                .collect(Collectors.toCollection(HashSet::new));
        written.keySet().retainAll(there);
        releasing.keySet().retainAll(there);
        unwritten.keySet().retainAll(there);
        report.ifPresent(now -> services.forEach(service -> act(service, now)));
    }

    private void act(Service service, ContainerReport now) {
        ServiceView view = ServiceReader.view(service);
        String version = String.valueOf(service.getMetadata().getResourceVersion());
        if (version.equals(written.get(view.uid()))) {
            return;
        }
        try {
            for (ServiceAction action : ServicePlan.of(view, now, isOverdue(view))) {
                writer.write(view, action);
                written.put(view.uid(), version);
            }
            unwritten.remove(view.uid());
        } catch (KubernetesClientException e) {
            written.remove(view.uid());
            Message sentence = Message.of("kubernetes.not-written", "service", view.fullName(), "why", why(e));
            if (!sentence.equals(unwritten.put(view.uid(), sentence))) {
                listener.told(sentence);
            }
        }
    }

    private boolean isOverdue(ServiceView view) {
        if (!view.isDeleting()) {
            releasing.remove(view.uid());
            return false;
        }
        Duration since = releasing.computeIfAbsent(view.uid(), ignored -> timeline.elapsed());
        return timeline.elapsed().minus(since).compareTo(LONGEST_WAIT) > 0;
    }
}
