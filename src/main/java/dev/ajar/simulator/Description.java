package dev.ajar.simulator;

/** The root description. */
final class Description {
    static final String CONTROL_PATH = "/ctl/IPConn";

    private final RouterScript script;

    Description(RouterScript script) {
        this.script = script;
    }

    String serviceType() {
        return serviceType(script);
    }

    static String serviceType(RouterScript script) {
        return "urn:schemas-upnp-org:service:WANIPConnection:" + script.igdVersion();
    }

    String xml() {
        int version = script.igdVersion();
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
                <serviceList><service><serviceType>%4$s</serviceType>
                <serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId><SCPDURL>/WANIPCn.xml</SCPDURL>
                <controlURL>%5$s</controlURL><eventSubURL>/evt/IPConn</eventSubURL></service></serviceList>
                </device></deviceList></device></deviceList></device></root>
                """
                .formatted(
                        version,
                        escape(script.manufacturer()),
                        escape(script.model()),
                        serviceType(),
                        CONTROL_PATH);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
