package dev.ajar.gateway.upnp.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ProfileCatalog;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.SearchWatch;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.gateway.upnp.search.SsdpTargets;
import dev.ajar.gateway.upnp.search.UpnpFinder;
import dev.ajar.gateway.upnp.search.UpnpGatewayFactory;
import dev.ajar.http.RouterHttp;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.Samples;
import dev.ajar.testing.ScriptedPorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where searches are sent, in which order, and when announcements are listened to. */
class SearchOrderTest {
    private static final InetSocketAddress GATEWAY = new InetSocketAddress(Samples.GATEWAY, 1900);
    private static final InetSocketAddress GROUP = new InetSocketAddress(Samples.ip("239.255.255.250"), 1900);

    private final Map<InetAddress, String> cards = new HashMap<>();
    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedPorts ports = new ScriptedPorts(timeline, Samples.HERE);

    private DiscoveryResult search(Duration time) {
        return search(time, SearchWatch.NONE);
    }

    private DiscoveryResult search(Duration time, SearchWatch watch) {
        SearchScope scope = new SearchScope(
                Samples.ROUTE,
                Samples.ROUTE.gateway(),
                Optional.empty(),
                ProtocolChoice.only(UpnpProtocol.UPNP),
                false);
        UpnpGatewayFactory gateways = new UpnpGatewayFactory(
                new RouterHttp("x"),
                new ProfileCatalog(),
                timeline,
                new java.util.Random(1),
                address -> Optional.ofNullable(cards.get(address)));
        return new UpnpFinder(ports, SsdpTargets.standard(), gateways)
                .find(scope, Deadline.after(timeline, time), watch);
    }

    /** The direct search teaches this machine's own firewall to let the answer in. */
    @Test
    void the_gateway_is_asked_first_in_both_wordings_and_then_the_group() {
        search(Duration.ofMillis(100));

        assertThat(ports.sentTo())
                .startsWith(GATEWAY, GATEWAY, GROUP)
                .allMatch(to -> to.equals(GATEWAY) || to.equals(GROUP));
        List<String> first = ports.sent().stream()
                .limit(3)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .toList();
        assertThat(first.get(0)).containsIgnoringCase("HOST: 192.168.77.1:1900");
        assertThat(first.get(1)).containsIgnoringCase("HOST: 239.255.255.250:1900");
        assertThat(first.get(2)).isEqualTo(first.get(1));
    }

    @Test
    void announcements_are_heard_once_no_router_has_answered_for_a_while() {
        search(Duration.ofMillis(700));
        assertThat(ports.heard()).isEmpty();

        search(Duration.ofMillis(900));
        assertThat(ports.heard()).containsExactly(GROUP);
    }

    @Test
    void a_patient_search_goes_on_asking() {
        search(Duration.ofSeconds(13));

        assertThat(ports.sentAt()).contains(Duration.ZERO, Duration.ofMillis(750), Duration.ofSeconds(12));
    }

    private void answers(String from) {
        answers(from, "urn:schemas-upnp-org:device:InternetGatewayDevice:1");
    }

    private void answers(String from, String name) {
        byte[] answer = ("HTTP/1.1 200 OK\r\nST: " + name + "\r\nUSN: uuid:1::" + name + "\r\nLOCATION: http://" + from
                        + ":5000/rootDesc.xml\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ports.arrives(Duration.ofMillis(5), new InetSocketAddress(Samples.ip(from), 1900), answer);
    }

    /** Behind a floating address a router answers from its own. */
    @Test
    void a_router_that_answers_beside_the_gateway_is_not_left_out_of_the_report() {
        answers("192.168.77.2");
        assertThat(search(Duration.ofMillis(100)).attempts()).anySatisfy(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(ProbeAttempt.ProbeOutcome.OTHER_ROUTER);
            assertThat(attempt.other()).contains(Samples.ip("192.168.77.2"));
            assertThat(attempt.detail().key()).isEqualTo("upnp.other-router");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"upnp:rootdevice", "urn:schemas-upnp-org:device:MediaRenderer:1"})
    void a_television_is_no_other_router(String name) {
        answers("192.168.77.2", name);

        assertThat(search(Duration.ofMillis(100)).attempts())
                .extracting(ProbeAttempt::outcome)
                .doesNotContain(ProbeAttempt.ProbeOutcome.OTHER_ROUTER);
    }

    @Test
    void a_floating_gateway_is_known_by_its_card() {
        cards.put(Samples.GATEWAY, "00:00:5e:00:01:33");
        cards.put(Samples.ip("192.168.77.2"), "aa:bb:cc:00:00:01");
        answers("192.168.77.2");

        assertThat(search(Duration.ofMillis(100)).attempts())
                .anySatisfy(attempt -> assertThat(attempt.detail().key()).isEqualTo("upnp.floating-gateway"));
    }

    @Test
    void a_search_that_this_machines_own_firewall_keeps_in_ends_at_once() {
        ports.keepsIn(destination -> true);

        assertThat(search(Duration.ofMillis(900)).attempts())
                .extracting(ProbeAttempt::outcome)
                .containsExactly(ProbeAttempt.ProbeOutcome.KEPT_IN);
        assertThat(timeline.uptime()).isEqualTo(Duration.ZERO);
    }

    /** On a busy machine the time is over before the search begins; its firewall answers even then. */
    @Test
    void what_was_asked_too_late_is_kept_in_or_unfinished_and_never_silence() {
        assertThat(search(Duration.ZERO).attempts())
                .extracting(ProbeAttempt::outcome)
                .containsExactly(ProbeAttempt.ProbeOutcome.UNFINISHED);
        assertThat(search(Duration.ofMillis(100)).attempts())
                .extracting(ProbeAttempt::outcome)
                .containsExactly(ProbeAttempt.ProbeOutcome.SILENT);

        ports.keepsIn(destination -> true);
        assertThat(search(Duration.ZERO).attempts())
                .extracting(ProbeAttempt::outcome)
                .containsExactly(ProbeAttempt.ProbeOutcome.KEPT_IN);
    }

    @Test
    void those_who_wait_are_told_when_it_has_asked_and_what_is_being_read() {
        List<String> told = new ArrayList<>();
        SearchWatch watch = new SearchWatch() {
            @Override
            public void asked() {
                told.add("asked " + ports.sent().isEmpty());
            }

            @Override
            public void reading(boolean underWay) {
                told.add("reading " + underWay);
            }
        };
        answers("192.168.77.1");

        search(Duration.ofMillis(100), watch);

        assertThat(told.getFirst()).isEqualTo("asked false");
        assertThat(told).contains("reading true");
    }
}
