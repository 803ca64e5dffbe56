package dev.ajar.gateway.upnp.pinhole;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.ajar.testing.Samples.lasting;
import static dev.ajar.testing.Samples.tcp;
import static dev.ajar.testing.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.upnp.Pinhole;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.gateway.upnp.description.WanService;
import dev.ajar.gateway.upnp.soap.RetryingService;
import dev.ajar.gateway.upnp.soap.SoapClient;
import dev.ajar.http.RouterHttp;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.SystemTimeline;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a router's IPv6 firewall and its answers; {@code Ipv6IT} asks a real one. */
class PinholeGatewayTest {
    private static final InetAddress HERE = Addresses.ipv6("2001:db8::10").orElseThrow();
    private static final String TYPE = "urn:schemas-upnp-org:service:WANIPv6FirewallControl:1";

    private final WireMockServer router = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private final SystemTimeline timeline = new SystemTimeline();

    @BeforeEach
    void begin() {
        router.start();
        refuses("CheckPinholeWorking", 709);
    }

    @AfterEach
    void end() {
        router.stop();
    }

    private void answers(String action, int status, String inside) {
        router.stubFor(post(urlEqualTo("/ctl"))
                .withHeader("SOAPAction", containing("#" + action))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withBody("<s:Envelope xmlns:s=\"x\"><s:Body><u:"
                                + action
                                + "Response xmlns:u=\"y\">"
                                + inside
                                + "</u:"
                                + action
                                + "Response></s:Body></s:Envelope>")));
    }

    private void refuses(String action, int code) {
        router.stubFor(post(urlEqualTo("/ctl"))
                .withHeader("SOAPAction", containing("#" + action))
                .willReturn(aResponse()
                        .withStatus(500)
                        .withBody("<s:Fault><errorCode>" + code + "</errorCode></s:Fault>")));
    }

    private int asked(String action) {
        return router.findAll(postRequestedFor(urlEqualTo("/ctl")).withHeader("SOAPAction", containing("#" + action)))
                .size();
    }

    private void askedFor(String action, String text) {
        router.verify(postRequestedFor(urlEqualTo("/ctl"))
                .withHeader("SOAPAction", containing("#" + action))
                .withRequestBody(containing(text)));
    }

    private Gateway gateway() {
        InetAddress gateway = Addresses.ipv6("fe80::1").orElseThrow();
        URI place = URI.create("http://127.0.0.1:" + router.port() + "/ctl");
        GatewayInfo info = new GatewayInfo(
                new GatewayId(UpnpProtocol.UPNP, gateway),
                new LocalRoute("eth0", HERE, 64, Optional.of(gateway)),
                "IGD:2",
                RouterText.EMPTY,
                RouterText.EMPTY,
                Optional.of(place),
                EnumSet.of(Capability.OTHER_HOSTS));
        SoapClient soap = new SoapClient(new RouterHttp("test"), InetAddress.getLoopbackAddress());
        return new PinholeGateway(
                info, place, new RetryingService(soap, new WanService(TYPE, List.of(place))), timeline);
    }

    private Deadline soon() {
        return Deadline.after(timeline, Duration.ofSeconds(10));
    }

    private Result<Grant> map(Mapping mapping) {
        Gateway gateway = gateway();
        return gateway.map(gateway.claim(mapping, Optional.empty()), GatewayHistory.NONE, soon());
    }

    private static Lease lease(Result<Grant> result) {
        return ((Grant.Granted) result.toOptional().orElseThrow()).lease();
    }

    private static Failure failure(Result<?> result) {
        return ((Result.Err<?>) result).failure();
    }

    @Test
    void a_pinhole_is_asked_for() {
        answers("AddPinhole", 200, "<UniqueID>7</UniqueID>");

        Lease lease = lease(map(tcp(25565)));

        assertThat(lease.claim().handle())
                .isEqualTo(new Pinhole(URI.create("http://127.0.0.1:" + router.port() + "/ctl")));
        assertThat(lease.verified()).isTrue();
        assertThat(lease.externalAddress()).contains(HERE);
        askedFor(
                "AddPinhole",
                "<RemoteHost></RemoteHost><RemotePort>0</RemotePort><InternalClient>2001:db8::10</InternalClient>"
                        + "<InternalPort>25565</InternalPort><Protocol>6</Protocol><LeaseTime>3600</LeaseTime>");
    }

    /**
     * An id that the firewall does not know a moment later proves nothing; a pinhole without traffic so far proves it.
     */
    @ParameterizedTest
    @CsvSource({"709, 704, true", "602, 0, true", "602, 602, false", "704, 704, false"})
    void the_firewall_is_asked_whether_the_pinhole_exists(int check, int packets, boolean there) {
        answers("AddPinhole", 200, "<UniqueID>7</UniqueID>");
        refuses("CheckPinholeWorking", check);
        if (packets == 0) {
            answers("GetPinholePackets", 200, "<PinholePackets>3</PinholePackets>");
        } else {
            refuses("GetPinholePackets", packets);
        }

        assertThat(lease(map(tcp(25565))).verified()).isEqualTo(there);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false"})
    void the_firewalls_statement_that_it_works_counts(String works, boolean there) {
        answers("AddPinhole", 200, "<UniqueID>7</UniqueID>");
        answers("CheckPinholeWorking", 200, "<IsWorking>" + works + "</IsWorking>");

        assertThat(lease(map(tcp(25565))).verified()).isEqualTo(there);
    }

    @ParameterizedTest
    @CsvSource({"0, 86400", "86401, 86400", "90, 90"})
    void a_pinhole_is_asked_for_a_day_at_most(long asked, String sent) {
        answers("AddPinhole", 200, "<UniqueID>7</UniqueID>");
        LeaseDuration wanted = asked == 0 ? LeaseDuration.PERMANENT : LeaseDuration.ofSeconds(asked);

        assertThat(lease(map(lasting(wanted, tcp(25565)))).granted().seconds()).isEqualTo(Long.parseLong(sent));

        askedFor("AddPinhole", "<LeaseTime>" + sent + "</LeaseTime>");
    }

    @Test
    void a_lease_that_is_refused_is_tried_as_an_hour() {
        refuses("AddPinhole", 402);

        assertThat(failure(map(lasting(LeaseDuration.PERMANENT, tcp(25565))))).isInstanceOf(Failure.Unsupported.class);

        askedFor("AddPinhole", "<LeaseTime>3600</LeaseTime>");
        assertThat(asked("AddPinhole")).isEqualTo(2);
    }

    @Test
    void a_firewall_that_is_off_has_nothing_to_open() {
        refuses("AddPinhole", 702);

        assertThat(map(tcp(25565)).toOptional().orElseThrow()).isInstanceOfSatisfying(Grant.OpenAnyway.class, open -> {
            assertThat(open.at()).hasToString("[2001:db8::10]:25565");
            assertThat(open.why().toString()).contains("off");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, OpenAnyway",
        "1, 0, set to let no device open it",
        "true, false, set to let no device open it",
        "1, 1, does not let this device",
        "'', '', does not let this device"
    })
    void a_refusal_is_explained_by_the_firewalls_status(String enabled, String allowed, String outcome) {
        refuses("AddPinhole", 606);
        answers(
                "GetFirewallStatus",
                200,
                "<FirewallEnabled>%s</FirewallEnabled><InboundPinholeAllowed>%s</InboundPinholeAllowed>"
                        .formatted(enabled, allowed));

        Result<Grant> result = map(tcp(25565));

        if (outcome.equals("OpenAnyway")) {
            assertThat(result.toOptional()).get().isInstanceOf(Grant.OpenAnyway.class);
        } else {
            assertThat(failure(result)).isInstanceOf(Failure.Refused.class);
            assertThat(failure(result).detail().toString()).contains(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({"701, NoResources", "703, Refused", "705, Unsupported", "708, Unsupported"})
    void codes(int code, String kind) {
        refuses("AddPinhole", code);
        refuses("GetFirewallStatus", 401);

        assertThat(failure(map(tcp(25565))).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void a_refusal_for_another_device_is_reported_as_such() {
        refuses("AddPinhole", 606);
        refuses("GetFirewallStatus", 401);
        InetAddress device = Addresses.ipv6("2001:db8::11").orElseThrow();

        assertThat(failure(map(to(device, tcp(25565))))).isInstanceOf(Failure.ForeignHostRefused.class);
    }

    @Test
    void one_remote_host_is_named() {
        answers("AddPinhole", 200, "<UniqueID>7</UniqueID>");

        map(tcp(25565).from(Subnet.parse("2001:db8:5::1")));

        askedFor("AddPinhole", "<RemoteHost>2001:db8:5::1</RemoteHost>");
    }

    /** miniupnpd grants these and opens the pinhole for other addresses. */
    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:5::/48", "203.0.113.7", "203.0.113.0/24"})
    void only_a_single_ipv6_address_is_sent(String from) {
        assertThat(failure(map(tcp(25565).from(Subnet.parse(from))))).isInstanceOf(Failure.Unsupported.class);

        assertThat(asked("AddPinhole")).isZero();
    }

    /** After a restart of the router an old id may name another client's pinhole; the id in a fresh answer is ours. */
    @Test
    void the_id_in_the_fresh_answer_is_closed() {
        answers("AddPinhole", 200, "<UniqueID>9</UniqueID>");
        answers("DeletePinhole", 200, "");
        Gateway gateway = gateway();
        Claim claim = gateway.claim(tcp(25565), Optional.of(new Pinhole(URI.create("x"))));

        assertThat(gateway.unmap(claim, claim.internal().port(), soon())).isInstanceOf(Result.Ok.class);

        askedFor("DeletePinhole", "<UniqueID>9</UniqueID>");
        assertThat(asked("DeletePinhole")).isEqualTo(1);
    }

    @Test
    void if_deleting_is_refused_the_lease_is_cut_to_a_second() {
        answers("AddPinhole", 200, "<UniqueID>9</UniqueID>");
        refuses("DeletePinhole", 606);
        answers("UpdatePinhole", 200, "");
        Gateway gateway = gateway();
        Claim claim = gateway.claim(tcp(25565), Optional.empty());

        assertThat(gateway.unmap(claim, claim.internal().port(), soon())).isInstanceOf(Result.Ok.class);

        askedFor("UpdatePinhole", "<UniqueID>9</UniqueID><NewLeaseTime>1</NewLeaseTime>");
    }

    /** After a restart of the router, the id may name another client's pinhole. */
    @Test
    void an_earlier_id_is_never_extended() {
        refuses("AddPinhole", 701);
        answers("UpdatePinhole", 200, "");
        refuses("GetFirewallStatus", 401);
        Gateway gateway = gateway();
        Claim claim = gateway.claim(tcp(25565), Optional.of(new Pinhole(URI.create("x"))));

        assertThat(gateway.map(claim, GatewayHistory.NONE, soon())).isInstanceOf(Result.Err.class);
        assertThat(asked("UpdatePinhole")).isZero();
    }

    @Test
    void closing_asks_for_a_short_lease() {
        answers("AddPinhole", 200, "<UniqueID>9</UniqueID>");
        refuses("DeletePinhole", 606);
        refuses("UpdatePinhole", 606);
        Gateway gateway = gateway();
        Claim claim = gateway.claim(tcp(25565), Optional.empty());

        assertThat(gateway.unmap(claim, claim.internal().port(), soon())).isInstanceOf(Result.Err.class);

        askedFor("AddPinhole", "<LeaseTime>60</LeaseTime>");
    }

    @ParameterizedTest
    @CsvSource({"''", "-1", "x", "99999999999"})
    void an_invalid_id_is_not_a_grant(String id) {
        answers("AddPinhole", 200, "<UniqueID>" + id + "</UniqueID>");

        assertThat(failure(map(tcp(25565)))).isInstanceOf(Failure.Malformed.class);
    }
}
