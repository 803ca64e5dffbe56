package dev.ajar.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ajar.gateway.upnp.description.WanService;
import dev.ajar.gateway.upnp.soap.RetryingService;
import dev.ajar.gateway.upnp.soap.SoapClient;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import dev.ajar.system.SystemTimeline;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The faults that WireMock can simulate. */
class WireMockFaultsTest {
    @RegisterExtension
    static final WireMockExtension ROUTER = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private final RouterHttp http = new RouterHttp("Test/1 UPnP/1.1 ajar/1");

    private static Deadline soon() {
        return Deadline.after(new SystemTimeline(), Duration.ofSeconds(3));
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + ROUTER.getPort() + path);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void every_fault_ends_as_a_value(Fault fault) {
        ROUTER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));

        Result<HttpAnswer> result = http.get(uri("/d.xml"), InetAddress.getLoopbackAddress(), soon());

        assertThat(result).isNotNull();
        assertThat(result.toOptional()
                        .map(answer -> new String(answer.body(), StandardCharsets.UTF_8))
                        .orElse(""))
                .doesNotContain("root");
    }

    @Test
    void a_body_sent_slowly_in_chunks_is_put_together() {
        String body = "<root>" + "x".repeat(5000) + "</root>";
        ROUTER.stubFor(any(anyUrl()).willReturn(aResponse().withBody(body).withChunkedDribbleDelay(10, 300)));

        Result<HttpAnswer> result = http.get(uri("/d.xml"), InetAddress.getLoopbackAddress(), soon());

        assertThat(new String(result.toOptional().orElseThrow().body(), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @Test
    void the_action_header_reaches_a_strict_server() {
        ROUTER.stubFor(post("/ctl")
                .withHeader("SOAPAction", equalTo("\"urn:s#Act\""))
                .willReturn(aResponse().withBody("<ok/>")));

        http.post(uri("/ctl"), SoapClient.headers("urn:s", "Act"), "<b/>", InetAddress.getLoopbackAddress(), soon());

        ROUTER.verify(
                1,
                postRequestedFor(urlEqualTo("/ctl"))
                        .withHeader("Connection", equalTo("close"))
                        .withoutHeader("Expect")
                        .withoutHeader("Accept-Encoding")
                        .withoutHeader("Transfer-Encoding"));
    }

    @Test
    void too_many_headers_are_left_out() {
        ResponseDefinitionBuilder answer = aResponse().withBody("<root></root>");
        for (int i = 0; i < 150; i++) {
            answer.withHeader("X-" + i, "y");
        }
        ROUTER.stubFor(any(anyUrl()).willReturn(answer));

        assertThat(http.get(uri("/d.xml"), InetAddress.getLoopbackAddress(), soon()))
                .isInstanceOf(Result.Ok.class);
    }

    @Test
    void many_cookies_do_no_harm() {
        ROUTER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withHeader("Set-Cookie", "session=" + "z".repeat(4_000))
                        .withBody("<root></root>")));

        assertThat(http.get(uri("/d.xml"), InetAddress.getLoopbackAddress(), soon()))
                .isInstanceOf(Result.Ok.class);
    }

    /** A reset is reported, and the next request is not affected. */
    @Test
    void a_request_after_a_reset_succeeds() {
        ROUTER.stubFor(post("/ctl")
                .inScenario("reboot")
                .whenScenarioStateIs(STARTED)
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("up"));
        ROUTER.stubFor(post("/ctl")
                .inScenario("reboot")
                .whenScenarioStateIs("up")
                .willReturn(aResponse().withStatus(500).withBody(FAULT)));

        assertThat(call()).isInstanceOf(SoapReply.Broken.class);
        assertThat(call()).isEqualTo(new SoapReply.Fault<>(725, new RouterText("OnlyPermanentLeasesSupported")));
    }

    /** One answer comes after the deadline, the other before. */
    @Test
    void a_slow_answer_succeeds_and_a_too_slow_one_times_out() {
        ROUTER.stubFor(post("/ctl").willReturn(aResponse().withFixedDelay(400).withBody(FAULT)));
        assertThat(call()).isInstanceOf(SoapReply.Fault.class);

        ROUTER.stubFor(post("/ctl").willReturn(aResponse().withFixedDelay(6_000).withBody(FAULT)));
        assertThat(call()).isInstanceOf(SoapReply.Broken.class);
    }

    private static final String FAULT = "<s:Envelope><s:Body><s:Fault><detail><UPnPError><errorCode>725</errorCode>"
            + "<errorDescription>OnlyPermanentLeasesSupported</errorDescription></UPnPError></detail>"
            + "</s:Fault></s:Body></s:Envelope>";

    private SoapReply<XmlNode> call() {
        WanService service = new WanService("urn:schemas-upnp-org:service:WANIPConnection:1", List.of(uri("/ctl")));
        SoapClient soap = new SoapClient(http, InetAddress.getLoopbackAddress());
        return new RetryingService(soap, service).call("AddPortMapping", Map.of("NewRemoteHost", ""), soon());
    }
}
