package dev.ajar.simulator;

import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the root description. */
final class Description {
    private final RouterScript script;
    private final UnaryOperator<String> placeholders;

    /** @param placeholders fills in this router's address and ports */
    Description(RouterScript script, UnaryOperator<String> placeholders) {
        this.script = script;
        this.placeholders = placeholders;
    }

    String xml() {
        String services = Stream.of(script.before().stream(), Stream.of(script.service()), script.after().stream())
                .flatMap(some -> some)
                .map(this::service)
                .collect(Collectors.joining());
        return """
                <?xml version="1.0"?>
                <root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
                <device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:%1$d</deviceType>
                <friendlyName>%2$s %3$s</friendlyName><manufacturer>%2$s</manufacturer><modelName>%3$s</modelName>
                <UDN>uuid:6f1c2e9a-0000-4000-8000-000000000001</UDN>
                <deviceList><device><deviceType>urn:schemas-upnp-org:device:WANDevice:%1$d</deviceType>
                <friendlyName>WANDevice</friendlyName><manufacturer>%2$s</manufacturer><modelName>%3$s</modelName>
                <UDN>uuid:6f1c2e9a-0000-4000-8000-000000000002</UDN>
                <deviceList><device><deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:%1$d</deviceType>
                <friendlyName>WANConnectionDevice</friendlyName><manufacturer>%2$s</manufacturer>
                <modelName>%3$s</modelName><UDN>uuid:6f1c2e9a-0000-4000-8000-000000000003</UDN>
                <serviceList>%4$s</serviceList>
                </device></deviceList></device></deviceList></device></root>
                """.formatted(script.igdVersion(), escape(script.manufacturer()), escape(script.model()), services);
    }

    private String service(ServiceScript service) {
        return """
                <service><serviceType>%s</serviceType>
                <serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId><SCPDURL>/WANIPCn.xml</SCPDURL>
                <controlURL>%s</controlURL><eventSubURL>/evt/IPConn</eventSubURL></service>""".formatted(
                        escape(service.type(script.igdVersion())), escape(placeholders.apply(service.controlUrl())));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
