package dev.ajar.container.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.container.Container;
import dev.ajar.testing.FakeEngine;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of a cluster, and questions about single things that fail. */
class EngineClusterTest extends WatchedEngine {
    private static String service(String mode) {
        return """
                [{"ID":"svc1","Spec":{"Name":"shop","Labels":{"ajar.open":"80"}},
                 "Endpoint":{"Ports":[{"Protocol":"tcp","TargetPort":80,"PublishedPort":8080,"PublishMode":"%s"}]}}]
                """.formatted(mode);
    }

    private static String nodes(String leader) {
        return "[{\"ID\":\"a\",\"ManagerStatus\":{\"Leader\":%b}},{\"ID\":\"b\",\"ManagerStatus\":{\"Leader\":%b}}]"
                .formatted(leader.equals("a"), leader.equals("b"));
    }

    private static String tasks(String... running) {
        return "["
                + String.join(
                        ",",
                        Arrays.stream(running)
                                .map(node -> "{\"NodeID\":\"" + node + "\",\"Status\":{\"State\":\"running\"}}")
                                .toList())
                + "]";
    }

    private FakeEngine swarm(String self) {
        FakeEngine engine = engine();
        engine.body(
                "/info",
                "{\"Swarm\":{\"NodeID\":\"" + self + "\",\"LocalNodeState\":\"active\",\"ControlAvailable\":true}}");
        return engine;
    }

    /** A port of the ingress is reached through every node; two that opened it would fight. */
    @Test
    void the_leader_opens_a_service_of_the_ingress() {
        FakeEngine engine = swarm("a");
        engine.body("/services", service("ingress"));
        engine.body("/nodes", nodes("b"));
        engine.body("/tasks", tasks("a", "b", "w"));
        watch();
        untilKnown();

        engine.body("/nodes", nodes("a"));
        untilKnown("shop");
        assertThat(reports.getLast().getFirst().ports())
                .singleElement()
                .satisfies(port -> assertThat(port.here()).hasToString("8080"));
        engine.body("/nodes", nodes("b"));
        untilKnown();
        engine.body("/nodes", nodes("a"));
        untilKnown("shop");
        engine.body("/tasks", tasks());
        untilKnown();
    }

    @Test
    void the_first_manager_with_a_task_opens_a_service_on_its_hosts() {
        FakeEngine engine = swarm("b");
        engine.body("/services", service("host"));
        engine.body("/nodes", nodes("a"));
        engine.body("/tasks", tasks("a", "b"));
        watch();
        untilKnown();

        engine.body("/tasks", tasks("0worker", "b"));
        untilKnown("shop");
        engine.body("/tasks", tasks("a", "b"));
        untilKnown();
    }

    private static final String BUSY = "HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\n{}";

    private FakeEngine shopAndWeb() {
        FakeEngine engine = swarm("a");
        engine.body("/services", service("ingress"));
        engine.body("/nodes", nodes("a"));
        engine.body("/tasks", tasks("a"));
        engine.containers(FakeEngine.container("id1", "web", "80", 80, 0).replace("default", "container:vpn1"));
        engine.body("/containers/vpn1/json", """
                {"HostConfig":{"NetworkMode":"bridge"},"NetworkSettings":{"Ports":{
                 "80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]}}}
                """);
        return engine;
    }

    /** A cluster that elects a leader, or an engine under load, closes no port. */
    @ParameterizedTest
    @ValueSource(strings = {"/info", "/services", "/nodes", "/tasks", "/containers/vpn1/json"})
    void a_question_that_fails_for_a_while_changes_nothing(String path) {
        FakeEngine engine = shopAndWeb();
        watch();
        untilKnown("web", "shop");
        List<Container> before = reports.getLast();

        engine.answer(path, BUSY);
        int asked = engine.requests().size();
        until(() -> engine.requests().size() > asked + 12);
        engine.answer(path, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n[}]");
        int again = engine.requests().size();
        until(() -> engine.requests().size() > again + 12);

        assertThat(reports).containsExactly(before);
        assertThat(told).hasSize(1);
    }

    @Test
    void a_cluster_that_fails_for_long_loses_its_services_and_no_container_does() {
        FakeEngine engine = shopAndWeb();
        watch(new EngineWatch.Pace(SHORT, LONG, SHORT, SHORT, Duration.ofMillis(300), LONG));
        untilKnown("web", "shop");
        engine.answer("/services", BUSY);
        untilKnown("web");

        assertThat(reports).hasSize(2);
        assertThat(told).hasSize(1);
    }

    /** As a proxy does, and an engine that has left its cluster. */
    @ParameterizedTest
    @ValueSource(ints = {403, 404, 405})
    void a_refusal_is_an_answer(int code) {
        FakeEngine engine = shopAndWeb();
        watch();
        untilKnown("web", "shop");
        engine.answer("/info", "HTTP/1.1 %d No\r\nContent-Length: 2\r\n\r\n{}".formatted(code));
        untilKnown("web");

        engine.answer("/info", BUSY);
        int asked = engine.requests().size();
        engine.event("service", "update", "svc1");
        until(() -> engine.requests().size() > asked);
        assertThat(told).hasSize(1);
    }

    /** What such a service had open before is not known, so nothing is closed. */
    @Test
    void a_question_that_fails_from_the_beginning_makes_the_containers_unknown() {
        FakeEngine engine = shopAndWeb();
        engine.answer("/services", BUSY);
        watch();
        until(() -> told.size() == 1 && engine.requests().size() > 12);

        assertThat(told.getFirst()).contains("500");
        assertThat(reports).isEmpty();
    }
}
