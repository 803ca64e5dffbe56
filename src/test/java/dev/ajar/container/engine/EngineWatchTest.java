package dev.ajar.container.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.container.Container;
import dev.ajar.container.Container.Network;
import dev.ajar.testing.FakeEngine;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineWatchTest extends WatchedEngine {
    private static final Duration SETTLE = Duration.ofMillis(300);

    @Test
    void containers_come_and_go_with_events() {
        FakeEngine engine = engine();
        watch();
        untilKnown();
        engine.containers(WEB);
        engine.event("container", "start", "id1");
        untilKnown("web");
        assertThat(reports.getLast().getFirst().labels()).containsOnlyKeys("ajar.open");
        assertThat(reports.getLast().getFirst().network()).isEqualTo(new Network.Inner());

        engine.containers(WEB, GAME);
        engine.event("container", "start", "id2");
        untilKnown("web", "game");
        engine.containers(WEB.replace("/web", "/site"));
        engine.event("container", "die", "id2");
        untilKnown("site");
        assertThat(told).singleElement().asString().contains("watching its containers");
    }

    @Test
    void a_quick_restart_is_no_change() {
        ManualTimeline timeline = new ManualTimeline();
        FakeEngine engine = engine();
        engine.containers(WEB);
        watch(new EngineWatch.Pace(SETTLE, LONG, SHORT, SHORT, LONG, LONG), timeline);
        until(timeline, SETTLE, () -> lists(engine) == 2);

        engine.containers();
        engine.event("container", "die", "id1");
        never(timeline, Duration.ZERO, () -> lists(engine) != 2);
        engine.containers(WEB);
        engine.event("container", "start", "id1");
        until(timeline, SETTLE, () -> lists(engine) > 2);

        assertThat(reports).hasSize(1);
    }

    @Test
    void events_without_a_pause_do_not_delay_the_list() {
        FakeEngine engine = engine();
        watch();
        untilKnown();
        engine.containers(WEB);
        engine.event("container", "start", "id1");
        until(() -> {
            engine.event("container", "exec_start: true", "id1");
            return reports.getLast().size() == 1;
        });
    }

    @Test
    void health_checks_ask_for_no_list() {
        ManualTimeline timeline = new ManualTimeline();
        FakeEngine engine = engine();
        watch(new EngineWatch.Pace(SETTLE, LONG, SHORT, SHORT, LONG, LONG), timeline);
        until(timeline, SETTLE, () -> lists(engine) == 2);
        engine.containers(WEB);
        for (String action : List.of("exec_create: true", "exec_die", "health_status: healthy", "top", "resize")) {
            engine.event("container", action, "id1");
        }
        never(timeline, SETTLE, () -> lists(engine) != 2);

        engine.event("container", "start", "id1");
        until(timeline, SETTLE, () -> reports.size() == 2);
    }

    @Test
    void a_silent_engine_keeps_its_containers_until_it_is_back() {
        FakeEngine engine = engine();
        engine.containers(WEB, GAME);
        watch();
        untilKnown("web", "game");
        engine.stop();
        until(() -> told.size() == 2);
        assertThat(reports).hasSize(1);

        engine.containers(GAME);
        engine.start();
        untilKnown("game");
        assertThat(told.get(1)).contains("stay open for 600 seconds");
        assertThat(told.getLast()).contains("it answers again");
        assertThat(reports).hasSize(2);
    }

    @Test
    void an_engine_that_is_stopped_in_order_tells_which_containers_end() {
        FakeEngine engine = engine();
        engine.containers(WEB, GAME);
        // No list before the end: only the event tells it.
        watch(new EngineWatch.Pace(LONG, LONG, LONG, SHORT, LONG, LONG));
        untilKnown("web", "game");
        until(() -> engine.followers() == 1);
        engine.event("container", "die", "id1");
        engine.stop();

        untilKnown("game");
    }

    @Test
    void the_containers_of_an_engine_that_stays_away_are_gone() {
        FakeEngine engine = engine();
        engine.containers(WEB);
        watch(new EngineWatch.Pace(SHORT, LONG, SHORT, SHORT, Duration.ofMillis(300), LONG));
        untilKnown("web");
        engine.stop();

        untilKnown();
        assertThat(told.getLast()).contains("its containers are closed");
        engine.start();
        untilKnown("web");
    }

    @Test
    void an_engine_may_come_later() {
        watch();
        until(() -> !told.isEmpty());
        assertThat(told.getFirst()).contains("there is no socket yet");
        engine().containers(WEB);
        untilKnown("web");
    }

    @Test
    void a_container_in_the_network_of_another_has_the_ports_of_that() {
        FakeEngine engine = engine();
        engine.containers(FakeEngine.container("id1", "web", "80", 80, 0).replace("default", "container:vpn1"));
        engine.body("/containers/vpn1/json", """
                {"HostConfig":{"NetworkMode":"bridge"},"NetworkSettings":{"Ports":{"9/udp":null,
                 "80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"},{"HostIp":"","HostPort":"x"}]},
                 "Networks":{"b":{"IPAddress":"172.18.0.2"},"a":{"IPAddress":"172.17.0.5"},"c":{"IPAddress":""},"d":{}}}}
                """);
        watch();
        untilKnown("web");

        Container web = reports.getLast().getFirst();
        assertThat(web.network())
                .isEqualTo(new Network.Inner(List.of(Samples.ip("172.17.0.5"), Samples.ip("172.18.0.2"))));
        assertThat(web.ports())
                .singleElement()
                .satisfies(port -> assertThat(port.here()).hasToString("8080"));
    }

    /** Podman 4.3.1 lists neither the mode nor a network for a container in the host's. */
    @Test
    void a_list_that_does_not_tell_the_network_is_no_answer() {
        FakeEngine engine = engine();
        engine.containers(FakeEngine.container("id1", "web", "80", 80, 0)
                .replace("\"HostConfig\":{\"NetworkMode\":\"default\"},", "")
                .replaceAll("\"Networks\":\\{.*?\\}\\}", "\"Networks\":null"));
        engine.body("/containers/id1/json", "{\"HostConfig\":{\"NetworkMode\":\"host\"}}");
        watch();
        untilKnown("web");

        assertThat(reports.getLast().getFirst().network()).isEqualTo(new Network.Host());
    }

    @Test
    void a_container_with_an_address_on_the_lan_is_told_from_one_that_publishes_nothing() {
        FakeEngine engine = engine();
        engine.containers(FakeEngine.container("id1", "web", "80", 80, 0));
        engine.body("/networks/net1", "{\"Driver\":\"macvlan\"}");
        watch();
        untilKnown("web");

        assertThat(reports.getLast().getFirst().network()).isEqualTo(new Network.Lan("bridge"));
    }

    /** The socket is the door of root: nothing but questions ever goes through it. */
    @Test
    void only_reading_requests_are_sent() {
        FakeEngine engine = engine();
        engine.containers(
                FakeEngine.container("id1", "web", "80", 80, 0),
                GAME.replace("default", "container:../../images/prune?x="),
                FakeEngine.container("id3", "third", "1", 1, 0).replace("\"net1\"", "\"a b\\r\\nPOST /x\""));
        watch();
        untilKnown("web", "game", "third");
        engine.event("container", "start", "id1");
        engine.stop();
        engine.start();
        until(() -> engine.followers() == 1);

        assertThat(engine.requests())
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line).matches("GET /(containers/json|events|networks/net1|info|_ping) ?.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no answer at all",
                "HTTP/1.1 200\r\n\r\nno json",
                "HTTP/1.1 200 OK\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[]",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[]",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n[]",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]x\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]",
                "HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\n[]",
                "HTTP/1.1 301 Away\r\nLocation: http://elsewhere/\r\n\r\n",
                "HEAD",
                "DEEP",
                "LONG"
            })
    void an_odd_answer_is_survived(String bytes) {
        String answer = switch (bytes) {
            case "HEAD" -> "HTTP/1.1 200 OK\r\nX: " + "x".repeat(1 << 15);
            case "DEEP" -> "HTTP/1.1 200 OK\r\n\r\n" + "[".repeat(100_000);
            case "LONG" -> "HTTP/1.1 200 OK\r\n\r\n[" + " ".repeat(5 << 20) + "]";
            default -> bytes;
        };
        FakeEngine engine = engine();
        engine.answer("/containers/json", answer);
        watch();

        until(() -> told.size() == 1 && engine.requests().size() > 4);

        assertThat(told.getFirst()).contains("no answer");
        assertThat(reports).isEmpty();
    }

    @Test
    void elements_that_make_no_sense_are_left_out() {
        FakeEngine engine = engine();
        engine.containers(
                "1",
                "null",
                "{}",
                "{\"Id\":5,\"Labels\":{}}",
                "{\"Id\":\"x\",\"Labels\":{\"ajar.open\":7}}",
                "{\"Id\":\"y\",\"Labels\":{\"ajar.open\":\"1\"},\"Ports\":[{\"PrivatePort\":0,\"PublicPort\":70000}]}",
                GAME.replace("/game", "/\\u001b[31mred\\u202e"));
        engine.tell("not json\n");
        watch();

        untilKnown("y", "[31mred");
        assertThat(reports.getLast().getFirst().ports()).isEmpty();
    }
}
