package dev.ajar.gateway.upnp.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DescriptionReaderTest {
    private static final RouterUrl LOCATION =
            RouterUrl.parse("http://192.168.1.1:5000/rootDesc.xml").orElseThrow();
    private static final String IP1 = "urn:schemas-upnp-org:service:WANIPConnection:1";
    private static final String PPP1 = "urn:schemas-upnp-org:service:WANPPPConnection:1";

    private static Result<IgdDescription> read(String xml) {
        return DescriptionReader.read(xml.getBytes(StandardCharsets.UTF_8), LOCATION);
    }

    private static IgdDescription igd(String xml) {
        return read(xml).toOptional().orElseThrow();
    }

    private static String device(String type, String inside) {
        return "<device><deviceType>"
                + type
                + "</deviceType><friendlyName>R</friendlyName>"
                + "<manufacturer>Example</manufacturer><modelName>RX-5</modelName><UDN>uuid:1</UDN>"
                + inside
                + "</device>";
    }

    private static String root(String inside) {
        return "<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\">" + inside + "</root>";
    }

    private static String services(String... typesAndUrls) {
        StringBuilder list = new StringBuilder("<serviceList>");
        for (int i = 0; i < typesAndUrls.length; i += 2) {
            list.append("<service><serviceType>")
                    .append(typesAndUrls[i])
                    .append("</serviceType><controlURL>")
                    .append(typesAndUrls[i + 1])
                    .append("</controlURL></service>");
        }
        return list.append("</serviceList>").toString();
    }

    private static String nested(String services) {
        return root(device(
                "urn:schemas-upnp-org:device:InternetGatewayDevice:1",
                "<deviceList>"
                        + device(
                                "urn:schemas-upnp-org:device:WANDevice:1",
                                "<deviceList>"
                                        + device("urn:schemas-upnp-org:device:WANConnectionDevice:1", services)
                                        + "</deviceList>")
                        + "</deviceList>"));
    }

    @Test
    void an_ordinary_description() {
        IgdDescription igd = igd(nested(services(IP1, "/ctl/IPConn")));

        assertThat(igd.version()).isEqualTo("IGD:1");
        assertThat(igd.manufacturer().display()).isEqualTo("Example");
        assertThat(igd.model().display()).isEqualTo("RX-5");
        assertThat(igd.services()).extracting(WanService::type).containsExactly(IP1);
        assertThat(igd.services().getFirst().controlUrls().getFirst().toString())
                .isEqualTo("http://192.168.1.1:5000/ctl/IPConn");
        assertThat(igd.isLegacy()).isFalse();
    }

    @Test
    void all_connection_services_are_listed_and_others_are_not() {
        IgdDescription igd = igd(nested(services(
                "urn:schemas-any-com:service:Any:1",
                "/any",
                IP1,
                "/ip",
                "urn:schemas-upnp-org:service:WANCommonInterfaceConfig:1",
                "/cic",
                PPP1,
                "/ppp",
                "urn:schemas-upnp-org:service:WANPPPConnection:2",
                "/ppp2")));

        assertThat(igd.services())
                .extracting(WanService::type)
                .containsExactly(IP1, PPP1, "urn:schemas-upnp-org:service:WANPPPConnection:2");
    }

    @Test
    void old_service_names_are_kept_as_written_and_marked_as_old() {
        String old = "urn:dslforum-org:service:WANIPConnection:1";
        IgdDescription igd = igd(nested(services(old, "/ip")));

        assertThat(igd.services()).extracting(WanService::type).containsExactly(old);
        assertThat(igd.isLegacy()).isTrue();
    }

    @Test
    void igd2_is_recognised() {
        String xml = nested(services("urn:schemas-upnp-org:service:WANIPConnection:2", "/ip"))
                .replace("InternetGatewayDevice:1", "InternetGatewayDevice:2");

        assertThat(igd(xml).version()).isEqualTo("IGD:2");
        assertThat(igd(xml).services().getFirst().hasSecondEdition()).isTrue();
    }

    @Test
    void faults_of_real_routers_do_no_harm() {
        String good = nested(services(IP1, "/ctl/IPConn"));
        for (String faulty : new String[] {
            good.replace("<?xml version=\"1.0\"?>", "\uFEFF\r\n<?xml version=\"1.0\"?>"),
            good + "\u0000\u0000<!-- trailing -->",
            good.replace(" xmlns=\"urn:schemas-upnp-org:device-1-0\"", ""),
            good.replace("<deviceType>", "<deviceType>\n\t ").replace("</serviceType>", "\r\n </serviceType>"),
            good.replace("/ctl/IPConn", "\n  /ctl/IPConn\n "),
            good.replace("<friendlyName>R<", "<friendlyName>Tom & Jerry's<"),
            good.replace("<UDN>uuid:1</UDN>", ""),
            good.replace("<UDN>uuid:1</UDN>", "<UDN></UDN>"),
            good.replace("<root", "<pv:root").replace("</root", "</pv:root"),
            good.replace("/ctl/IPConn", "<![CDATA[/ctl/IPConn]]>"),
            good.replace("<serviceType>", "<URLBase>http://127.0.0.1:9/</URLBase><serviceType>"),
            good.replace("urn:schemas-upnp-org:device:WANDevice:1", "nonsense"),
            good.replace("<manufacturer>", "<iconList><icon><width>48px</width></icon></iconList><manufacturer>"),
        }) {
            assertThat(igd(faulty).services())
                    .as(faulty)
                    .extracting(service -> service.controlUrls().getFirst().toString())
                    .containsExactly("http://192.168.1.1:5000/ctl/IPConn");
        }
    }

    @Test
    void a_service_whose_control_url_leads_nowhere_is_left_out() {
        assertThat(igd(nested(services(IP1, "https://elsewhere/", PPP1, "/ppp")))
                        .services())
                .extracting(WanService::type)
                .containsExactly(PPP1);
    }

    @Test
    void a_device_that_is_not_a_gateway_is_named_in_the_failure() {
        Result<IgdDescription> media = read(root(device("urn:schemas-upnp-org:device:MediaServer:1", "")));
        Result<IgdDescription> bridge = read(root(device("urn:schemas-upnp-org:device:InternetGatewayDevice:1", "")));
        Result<IgdDescription> page = read("<html><body>Login</body></html>");

        assertThat(((Result.Err<IgdDescription>) media).failure().detail().toString())
                .contains("MediaServer");
        assertThat(((Result.Err<IgdDescription>) bridge).failure().detail().toString())
                .contains("without a port-mapping service");
        assertThat(((Result.Err<IgdDescription>) page).failure()).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void names_in_another_letter_case_or_without_a_version_are_kept_as_written() {
        for (String type : new String[] {
            "urn:schemas-upnp-org:service:WanIpConnection:1",
            "URN:Schemas-UPnP-Org:service:WANIPConnection:1",
            "urn:schemas-upnp-org:service:WANPPPConnection",
        }) {
            assertThat(igd(nested(services(type, "/ip"))).services())
                    .extracting(WanService::type)
                    .containsExactly(type);
        }
    }
}
