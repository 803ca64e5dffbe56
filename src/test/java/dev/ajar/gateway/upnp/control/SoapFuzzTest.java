package dev.ajar.gateway.upnp.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ajar.gateway.upnp.soap.SoapReader;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.http.HttpAnswer;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.WorkLimit;
import org.junit.jupiter.api.Tag;

/** Whatever an answer contains, it is read as a value, a fault or a failure, and so is every field in it. */
@Tag("fuzz")
class SoapFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void answer(byte[] bytes) {
        WorkLimit.run(() -> {
            read(new HttpAnswer(200, bytes), "GetGenericPortMappingEntry");
            read(new HttpAnswer(500, bytes), "GetListOfPortMappings");
        });
    }

    private static void read(HttpAnswer answer, String action) {
        if (SoapReader.read(answer, action) instanceof SoapReply.Success<XmlNode>(XmlNode node)) {
            MappingFields.entry(node);
            MappingFields.specific(node, TransportProtocol.TCP, new Port(25565), "");
            MappingFields.listing(node);
        }
    }
}
