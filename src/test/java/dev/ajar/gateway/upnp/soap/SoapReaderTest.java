package dev.ajar.gateway.upnp.soap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.xml.SoapEnvelope;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.http.HttpAnswer;
import dev.ajar.model.RouterText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoapReaderTest {
    private static SoapReply<XmlNode> read(int status, String body) {
        return SoapReader.read(new HttpAnswer(status, body.getBytes(StandardCharsets.UTF_8)), "GetExternalIPAddress");
    }

    private static String envelope(String body) {
        return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + body
                + "</s:Body></s:Envelope>";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<s:Envelope><s:Body><u:GetExternalIPAddressResponse xmlns:u=\"x\"><NewExternalIPAddress>1.2.3.4</NewExternalIPAddress></u:GetExternalIPAddressResponse></s:Body> </s:Envelope>\r\n",
                "<SOAP-ENV:Envelope><SOAP-ENV:Body><m:GetExternalIPAddressResponse><NewExternalIPAddress> 1.2.3.4 </NewExternalIPAddress></m:GetExternalIPAddressResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>",
                "junk<Envelope><Body><getexternalipaddressresponse><newexternalipaddress>1.2.3.4</newexternalipaddress></getexternalipaddressresponse>",
            })
    void an_answer_is_recognised_by_its_content(String body) {
        assertThat(read(200, body))
                .isInstanceOfSatisfying(
                        SoapReply.Success.class,
                        done -> assertThat(((XmlNode) done.value()).textOf("NewExternalIPAddress"))
                                .isEqualTo("1.2.3.4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<s:Fault><faultcode>s:Client</faultcode><detail><UPnPError><errorCode>718</errorCode><errorDescription>ConflictInMappingEntry</errorDescription></UPnPError></detail></s:Fault>",
                "<s:Fault><faultCode>s:Client</faultCode><Detail><UPnPError><errorCode> 718 </errorCode><errorDescription>ConflictInMappingEntry</errorDescription></UPnPError></Detail></s:Fault>",
                "<SOAP-ENV:Fault><detail><UPnPErrorxmlns=\"urn:schemas-upnp-org:control-1-0\"><errorCode>718</errorCode><errorDescription>ConflictInMappingEntry</errorDescription></UPnPError>",
                "<errorCode>718</errorCode><errorDescription>ConflictInMappingEntry</errorDescription>",
            })
    void a_fault_is_a_fault_whatever_the_status(String fault) {
        for (int status : new int[] {200, 400, 500}) {
            assertThat(read(status, envelope(fault))).isInstanceOfSatisfying(SoapReply.Fault.class, f -> {
                assertThat(f.code()).isEqualTo(718);
                assertThat(f.description().display()).isEqualTo("ConflictInMappingEntry");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetExternalIPAddress", "GetExternalIPResponse", "ActionResult"})
    void a_response_of_another_name_counts_by_its_arguments(String name) {
        String body = "<u:NAME><NewExternalIPAddress>1.2.3.4</NewExternalIPAddress></u:NAME>".replace("NAME", name);
        assertThat(read(200, envelope(body))).isInstanceOf(SoapReply.Success.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetExternalIPAddress", "AddPortMapping"})
    void the_response_to_another_action_is_no_answer(String action) {
        String body = envelope("<u:GetStatusInfoResponse><NewUptime>1</NewUptime></u:GetStatusInfoResponse>");
        assertThat(SoapReader.read(new HttpAnswer(200, body.getBytes(StandardCharsets.UTF_8)), action))
                .isInstanceOf(SoapReply.Broken.class);
    }

    @ParameterizedTest
    @CsvSource({
        "<s:Envelope><s:Body><u:GetExternalIPAddressResponse><NewExternalIPAddress>1.2.3.4</NewExternalIPAddress>, true",
        "<s:Envelope><s:Body><u:GetExternalIPAddressResponse><NewExternalIPAddress>1.2.3, false",
        "<s:Envelope><s:Body><u:GetSpecificPortMappingEntryResponse><NewInternalPort>80</NewInternalPort>, false",
        "<s:Envelope><s:Body><s:Fault><faultstring>UPnPError</faultstring>, false",
        "<s:Envelope><s:Body><s:Fault><detail><UPnPError><errorCode>714</errorCode>, true",
    })
    void what_was_cut_off_counts_where_the_deciding_element_had_ended(String body, boolean counts) {
        HttpAnswer cut = new HttpAnswer(200, body.getBytes(StandardCharsets.UTF_8), false, "", "");
        assertThat(SoapReader.read(cut, "GetExternalIPAddress") instanceof SoapReply.Broken)
                .isNotEqualTo(counts);
    }

    @Test
    void negative_codes_are_codes() {
        assertThat(read(500, envelope("<errorCode>-911</errorCode>")))
                .isInstanceOfSatisfying(
                        SoapReply.Fault.class, f -> assertThat(f.code()).isEqualTo(-911));
    }

    @Test
    void an_empty_success_has_no_values() {
        for (String body : new String[] {"", envelope(""), envelope("<u:GetExternalIPAddressResponse/>")}) {
            assertThat(read(200, body))
                    .isInstanceOfSatisfying(
                            SoapReply.Success.class,
                            done -> assertThat(((XmlNode) done.value()).textOf("NewExternalIPAddress"))
                                    .isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<HEAD><TITLE>501 Not Implemented</TITLE></HEAD><BODY>no</BODY>",
                "<html><body>Please log in</body></html>",
                "nothing at all",
                "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>",
            })
    void an_unreadable_answer_is_broken(String body) {
        assertThat(read(501, body)).isInstanceOf(SoapReply.Broken.class);
        assertThat(read(200, body)).isInstanceOf(SoapReply.Broken.class);
    }

    @ParameterizedTest
    @CsvSource({
        "<s:Fault><faultstring>oops</faultstring></s:Fault>, 0, oops",
        "<s:Fault><faultcode>s:Client</faultcode></s:Fault>, 0, ''",
        "<UPnPError><errorCode></errorCode><errorDescription>ConflictInMappingEntry</errorDescription></UPnPError>, 718,"
                + " ConflictInMappingEntry",
        "<errorCode>Only Permanent Leases Supported</errorCode>, 725, Only Permanent Leases Supported",
    })
    void a_refusal_without_a_number_is_a_refusal(String fault, int code, String text) {
        String body = "<s:Envelope><s:Body>" + fault + "</s:Body></s:Envelope>";

        assertThat(read(500, body)).isEqualTo(new SoapReply.Fault<>(code, new RouterText(text)));
    }

    @Test
    void a_web_page_with_a_document_type_is_reported_as_such() {
        assertThat(read(200, "<!DOCTYPE html><html lang=en><body>Log in</body></html>")
                        .toString())
                .contains("web page");
    }

    @Test
    void a_redirect_is_not_followed_and_not_believed() {
        assertThat(read(302, "")).isInstanceOf(SoapReply.Broken.class);
    }

    @Test
    void a_call_is_written_as_routers_read_it() {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("NewRemoteHost", "");
        arguments.put("NewPortMappingDescription", "a<b & \"c\"");

        assertThat(SoapEnvelope.USUAL.write("urn:x:service:WANIPConnection:1", "AddPortMapping", arguments))
                .isEqualTo("<?xml version=\"1.0\"?>\r\n"
                        + "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                        + "s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>"
                        + "<u:AddPortMapping xmlns:u=\"urn:x:service:WANIPConnection:1\">"
                        + "<NewRemoteHost></NewRemoteHost>"
                        + "<NewPortMappingDescription>a&lt;b &amp; \"c\"</NewPortMappingDescription>"
                        + "</u:AddPortMapping></s:Body></s:Envelope>\r\n");
    }

    /** Some give the short name of the error in the place of its number, some the fault of SOAP 1.2. */
    @ParameterizedTest
    @CsvSource({
        "<s:Fault><detail><UPnPError><errorCode>Conflict</errorCode></UPnPError></detail></s:Fault>, 718",
        "<s:Fault><detail><UPnPError><errorCode>Out of Memory</errorCode><errorDescription>No</errorDescription></UPnPError></detail></s:Fault>, 603",
        "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>718 ConflictInMappingEntry</s:Text></s:Reason></s:Fault>, 718"
    })
    void an_error_may_have_a_name_in_place_of_its_number(String body, int code) {
        assertThat(read(500, envelope(body)))
                .isInstanceOfSatisfying(
                        SoapReply.Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
