package dev.ajar.gateway.upnp.xml;

import java.util.Map;

/**
 * Writes a call the way routers are known to read it: SOAP 1.1, prefixes {@code s} and {@code u}, plain arguments in
 * the order of the specification, no white space between tags and no empty-element tags.
 */
public final class SoapEnvelope {
    private SoapEnvelope() {}

    /** @param arguments in order */
    public static String write(String serviceType, String action, Map<String, String> arguments) {
        StringBuilder body = new StringBuilder(512);
        body.append("<?xml version=\"1.0\"?>\r\n")
                .append("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" ")
                .append("s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:")
                .append(action)
                .append(" xmlns:u=\"")
                .append(XmlText.escape(serviceType))
                .append("\">");
        arguments.forEach((name, value) -> body.append('<')
                .append(name)
                .append('>')
                .append(XmlText.escape(value))
                .append("</")
                .append(name)
                .append('>'));
        return body.append("</u:")
                .append(action)
                .append("></s:Body></s:Envelope>\r\n")
                .toString();
    }
}
