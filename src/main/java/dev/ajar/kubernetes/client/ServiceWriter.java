package dev.ajar.kubernetes.client;

import dev.ajar.kubernetes.ServiceAction;
import dev.ajar.kubernetes.ServiceTerms;
import dev.ajar.kubernetes.ServiceView;
import dev.ajar.system.Timeline;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.api.model.ServiceStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what was decided about a Service: on the Service as it is by then, and only to the parts named. */
final class ServiceWriter {
    private final KubernetesClient client;
    private final Timeline timeline;
    private final String reporter;

    /** @param reporter who tells events: the name of this pod */
    ServiceWriter(KubernetesClient client, Timeline timeline, String reporter) {
        this.client = client;
        this.timeline = timeline;
        this.reporter = reporter;
    }

    /** @throws KubernetesClientException if the server refuses; a Service that is gone is none */
    void write(ServiceView service, ServiceAction action) {
        ServiceResource<Service> there =
                client.services().inNamespace(service.namespace()).withName(service.name());
        try {
            switch (action) {
                case ServiceAction.Metadata metadata ->
                    there.edit(now -> isSame(service, now) ? with(now, metadata) : now);
                case ServiceAction.Status status ->
                    there.editStatus(now -> isSame(service, now) ? with(now, status) : now);
                case ServiceAction.Event event ->
                    client.v1()
                            .events()
                            .inNamespace(service.namespace())
                            .resource(event(service, event))
                            .create();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Not another one of the same name, made meanwhile. */
    private static boolean isSame(ServiceView service, @Nullable Service now) {
        return now != null
                && service.uid()
                        .equals(Optional.ofNullable(now.getMetadata().getUid()).orElse(""));
    }

    private static Service with(Service now, ServiceAction.Metadata metadata) {
        Map<String, String> annotations = new HashMap<>();
        if (now.getMetadata().getAnnotations() != null) {
            annotations.putAll(now.getMetadata().getAnnotations());
        }
        annotations.putAll(metadata.put());
        annotations.keySet().removeAll(metadata.removed());
        List<String> finalizers = new ArrayList<>(
                ServiceReader.each(now.getMetadata().getFinalizers()).toList());
        finalizers.removeIf(ServiceTerms.FINALIZER::equals);
        if (metadata.held()) {
            finalizers.add(ServiceTerms.FINALIZER);
        }
        return new ServiceBuilder(now)
                .editMetadata()
                .withAnnotations(annotations)
                .withFinalizers(finalizers)
                .endMetadata()
                .build();
    }

    private Service with(Service now, ServiceAction.Status status) {
        ServiceStatus there = Optional.ofNullable(now.getStatus()).orElseGet(() -> new ServiceStatusBuilder().build());
        ServiceStatusBuilder fresh = new ServiceStatusBuilder(there).withConditions(conditions(there, status));
        status.ingress()
                .ifPresent(ingress -> fresh.withNewLoadBalancer()
                        .withIngress(ingress.address().map(ServiceWriter::ingress).stream()
                                .toList())
                        .endLoadBalancer());
        return new ServiceBuilder(now).withStatus(fresh.build()).build();
    }

    private static LoadBalancerIngress ingress(String address) {
        return new LoadBalancerIngressBuilder().withIp(address).build();
    }

    private List<Condition> conditions(ServiceStatus there, ServiceAction.Status status) {
        List<Condition> all = new ArrayList<>(ServiceReader.each(there.getConditions())
                .filter(one -> !ServiceReader.isOurs(one))
                .toList());
        Optional<Condition> before = ServiceReader.each(there.getConditions())
                .filter(ServiceReader::isOurs)
                .findFirst();
        status.condition()
                .ifPresent(shown -> all.add(new ConditionBuilder()
                        .withType(ServiceTerms.CONDITION)
                        .withStatus(shown.status())
                        .withReason(shown.reason())
                        .withMessage(shown.message())
                        .withLastTransitionTime(
                                before.filter(one -> shown.status().equals(one.getStatus()))
                                        .map(Condition::getLastTransitionTime)
                                        .orElseGet(this::now))
                        .build()));
        return all;
    }

    private String now() {
        return timeline.instant()
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString();
    }

    private Event event(ServiceView service, ServiceAction.Event event) {
        return new EventBuilder()
                .withNewMetadata()
                .withGenerateName("ajar-")
                .withNamespace(service.namespace())
                .endMetadata()
                .withType(event.isWarning() ? "Warning" : "Normal")
                .withReason(event.reason())
                .withMessage(event.message())
                .withFirstTimestamp(now())
                .withLastTimestamp(now())
                .withCount(1)
                .withNewSource()
                .withComponent("ajar")
                .endSource()
                .withReportingComponent("ajar.dev/ajar")
                .withReportingInstance(reporter)
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("Service")
                .withNamespace(service.namespace())
                .withName(service.name())
                .withUid(service.uid())
                .endInvolvedObject()
                .build();
    }
}
