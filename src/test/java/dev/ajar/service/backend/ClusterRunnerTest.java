package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.service.backend.ClusterRig.Pod;
import dev.ajar.testing.Samples;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole of {@code ajar kubernetes} on the simulated API server of fabric8: not on a real cluster. */
@Tag("hostile")
class ClusterRunnerTest {
    private static final Map<String, String> OPEN = Map.of("ajar.dev/open", "true");

    private final ClusterRig rig;

    ClusterRunnerTest(@TempDir Path folder) {
        rig = new ClusterRig(folder);
    }

    @AfterEach
    void end() throws IOException {
        rig.close();
    }

    @Test
    void rules_follow_a_service_from_its_making_to_its_end() throws IOException {
        rig.leader("first");
        rig.create("game", "LoadBalancer", OPEN, Map.of("game", 25565, "query", 25575 + 10));
        rig.untilRules("25565→55565", "25585→55585");
        rig.until(() -> rig.condition("game").startsWith("True Open"));
        assertThat(rig.ingress("game")).hasSize(1);
        Service there = rig.service("game");
        assertThat(there.getMetadata().getFinalizers()).containsExactly("ajar.dev/port-mappings");
        assertThat(there.getMetadata().getAnnotations())
                .containsEntry("ajar.dev/ports", "tcp/25565,tcp/25585")
                .containsEntry(
                        "external-dns.alpha.kubernetes.io/target",
                        rig.ingress("game").getFirst());
        rig.until(() -> rig.user.v1().events().inNamespace("default").list().getItems().stream()
                .map(Event::getReason)
                .anyMatch("Open"::equals));

        rig.annotate("game", all -> {
            all.put("ajar.dev/open", "443:game");
            return all;
        });
        rig.untilRules("443→55565");

        rig.delete("game");
        rig.untilRules();
        rig.until(() -> rig.service("game") == null);
    }

    @Test
    void a_service_that_asks_no_longer_gets_back_what_it_had() throws IOException {
        rig.leader("first");
        rig.create("web", "NodePort", OPEN, Map.of("http", 8080));
        rig.untilRules("8080→38080");
        rig.until(() -> rig.condition("web").startsWith("True"));
        assertThat(rig.ingress("web")).isEmpty();

        rig.annotate("web", all -> {
            all.remove("ajar.dev/open");
            return all;
        });
        rig.untilRules();
        rig.until(() -> rig.service("web").getMetadata().getFinalizers().isEmpty());
        assertThat(rig.service("web").getMetadata().getAnnotations()).isEmpty();
        assertThat(rig.condition("web")).isEmpty();
    }

    @Test
    void the_second_service_that_wants_a_port_is_told_which_has_it_and_gets_it_next() throws IOException {
        rig.leader("first");
        rig.create("one", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.untilRules("8080→38080");
        rig.create("two", "LoadBalancer", Map.of("ajar.dev/open", "8080:web"), Map.of("web", 9090));
        rig.until(() -> rig.condition("two").startsWith("False PortTaken")
                && rig.condition("two").contains("Service default/one has asked for it first"));
        assertThat(rig.rules()).containsExactly("8080→38080");

        rig.delete("one");
        rig.untilRules("8080→39090");
        rig.until(() -> rig.condition("two").startsWith("True Open"));
        rig.until(() -> rig.service("one") == null);

        Set<String> allowed = new TreeSet<>();
        KubernetesExamplesTest.rules().forEach(rule -> allowed.addAll(rule.grants()));
        Set<String> asked =
                rig.asked.stream().map(AskedOfServer::toString).collect(Collectors.toCollection(TreeSet::new));
        // A Secret and a Lease that are there already are not made.
        assertThat(asked).as("all of it, and nothing else").isEqualTo(allowed);
    }

    @Test
    void what_another_load_balancer_wrote_stays() throws IOException {
        rig.create("mixed", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.user
                .services()
                .inNamespace("default")
                .withName("mixed")
                .editStatus(now -> new ServiceBuilder(now)
                        .editOrNewStatus()
                        .withNewLoadBalancer()
                        .addNewIngress()
                        .withIp("192.168.77.200")
                        .endIngress()
                        .endLoadBalancer()
                        .endStatus()
                        .build());
        rig.annotate("mixed", all -> {
            all.put("external-dns.alpha.kubernetes.io/target", "example.org");
            return all;
        });
        rig.leader("first");
        rig.until(() -> rig.condition("mixed").startsWith("True Open"));
        assertThat(rig.ingress("mixed")).containsExactly("192.168.77.200");
        assertThat(rig.service("mixed").getMetadata().getAnnotations())
                .containsEntry("external-dns.alpha.kubernetes.io/target", "example.org");
    }

    @Test
    void the_next_process_goes_on_without_a_gap_and_with_what_the_one_before_knew() throws IOException {
        Pod first = rig.leader("first");
        rig.create("web", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.create("old", "LoadBalancer", OPEN, Map.of("http", 8081));
        rig.untilRules("8080→38080", "8081→38081");
        rig.until(() -> rig.condition("old").startsWith("True"));
        first.stop();
        assertThat(rig.rules()).as("while no process runs").containsExactly("8080→38080", "8081→38081");
        rig.delete("old");

        rig.leader("second");
        rig.untilRules("8080→38080");
        rig.until(() -> rig.service("old") == null);
        assertThat(rig.machine.router().asked("DeletePortMapping"))
                .as("only the old one's")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void ports_that_lead_to_a_named_node_stay_for_the_next_process() throws IOException {
        InetAddress node = Samples.ip("127.0.0.9");
        Pod first = rig.pod("first", Optional.of(node), false);
        rig.until(first::leads);
        rig.create("web", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.untilRules("8080→38080");
        assertThat(rig.machine.router().table()).singleElement().asString().contains("127.0.0.9:38080");
        assertThat(first.log).anyMatch(line -> line.contains("Service default/web asks for tcp 8080"));

        first.stop();
        assertThat(rig.rules()).containsExactly("8080→38080");
        Pod second = rig.pod("second", Optional.of(node), false);
        rig.until(second::leads);
        rig.delete("web");
        rig.untilRules();
        rig.until(() -> rig.service("web") == null);
    }

    @Test
    void a_lost_watch_closes_nothing_and_what_happened_meanwhile_is_done_afterwards() throws IOException {
        Pod pod = rig.leader("first");
        rig.create("web", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.untilRules("8080→38080");
        pod.line.cut();
        rig.create("late", "LoadBalancer", OPEN, Map.of("http", 8081));
        rig.until(() -> pod.log.stream().anyMatch(line -> line.contains("does not answer")));
        assertThat(rig.rules()).containsExactly("8080→38080");
        pod.line.mend();
        rig.untilRules("8080→38080", "8081→38081");
    }

    /** The server keeps changes for some minutes alone, and then says 410 in the watch's first event. */
    @Test
    void a_watch_that_has_expired_is_begun_anew_with_a_whole_list() throws IOException {
        Pod pod = rig.leader("first");
        rig.create("web", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.create("brief", "LoadBalancer", OPEN, Map.of("http", 8082));
        rig.untilRules("8080→38080", "8082→38082");
        pod.line.cut();
        rig.create("late", "LoadBalancer", OPEN, Map.of("http", 8081));
        rig.annotate("brief", all -> {
            all.remove("ajar.dev/open");
            return all;
        });
        rig.expired = rig.version();
        pod.line.mend();
        rig.untilRules("8080→38080", "8081→38081");
        assertThat(rig.forgotten).hasPositiveValue();

        rig.create("later", "LoadBalancer", OPEN, Map.of("http", 8083));
        rig.untilRules("8080→38080", "8081→38081", "8083→38083");
        assertThat(pod.log).noneMatch(line -> line.contains("410") || line.contains("too old"));
    }

    /** The moments in the Lease are those of its holder's clock. */
    @ParameterizedTest
    @ValueSource(longs = {3600, -3600})
    void clocks_that_differ_by_an_hour_move_no_leader_and_hold_up_none(long seconds) throws IOException {
        rig.ahead.put("second", Duration.ofSeconds(seconds));
        Pod first = rig.leader("first");
        rig.create("web", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.untilRules("8080→38080");
        Pod second = rig.pod("second", Optional.empty(), true);
        rig.until(
                () -> rig.looks.containsKey("second") && rig.looks.get("second").get() > 5);
        assertThat(second.leads()).isFalse();
        assertThat(first.log).noneMatch(line -> line.contains("leads now"));

        first.line.cut();
        rig.until(second::leads);
        assertThat(rig.rules()).containsExactly("8080→38080");
    }

    @Test
    void a_server_that_shows_no_services_is_asked_again() throws IOException {
        rig.refuses = true;
        Pod pod = rig.leader("first");
        rig.create("web", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.until(() -> pod.log.stream().anyMatch(line -> line.contains("the Services could not be read: ")));
        rig.refuses = false;
        rig.untilRules("8080→38080");
    }

    /**
     * Another client has changed the Service meanwhile, or the server is too busy: it is tried again every few seconds.
     */
    @Test
    void what_the_server_refuses_to_write_is_tried_again_and_told_once() throws IOException {
        Pod pod = rig.leader("first");
        rig.conflicts.set(2);
        rig.create("web", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.untilRules("8080→38080");
        rig.until(() -> rig.condition("web").startsWith("True Open"));
        assertThat(pod.log)
                .filteredOn(line -> line.contains("default/web could not be written"))
                .hasSize(1);

        rig.conflicts.set(1);
        rig.delete("web");
        rig.untilRules();
        rig.until(() -> rig.service("web") == null);
    }

    /** It would seem to wait for another process to end. */
    @Test
    void a_server_that_gives_no_lease_is_told_and_asked_again() throws IOException {
        rig.refusesLeases = true;
        Pod pod = rig.pod("first", Optional.empty(), false);

        rig.until(() -> pod.log.stream().anyMatch(line -> line.contains("Lease that says which process leads")));
        assertThat(pod.leads()).isFalse();

        rig.refusesLeases = false;
        rig.until(pod::leads);
    }

    @Test
    void another_process_leads_when_the_leader_is_cut_off() throws IOException {
        Pod first = rig.leader("first");
        rig.create("web", "LoadBalancer", OPEN, Map.of("http", 8080));
        rig.untilRules("8080→38080");
        Pod second = rig.pod("second", Optional.empty(), true);
        rig.until(() -> second.log.stream().anyMatch(line -> line.contains("waiting until")));
        assertThat(second.leads()).isFalse();

        first.line.cut();
        rig.until(second::leads);
        rig.create("late", "LoadBalancer", OPEN, Map.of("http", 8081));
        rig.untilRules("8080→38080", "8081→38081");
        first.line.mend();
        assertThat(first.ended()).isEmpty();
        assertThat(first.log).contains("second leads now; this process ends");
        assertThat(rig.rules()).containsExactly("8080→38080", "8081→38081");
    }
}
