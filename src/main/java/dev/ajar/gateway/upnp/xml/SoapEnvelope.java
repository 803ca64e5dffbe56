package dev.ajar.gateway.upnp.xml;

import java.util.Map;

/** Writes a call: SOAP 1.1 with plain arguments, no white space between tags and no empty-element tags. */
public enum SoapEnvelope {
    /** The way routers are known to read it, that of miniupnpc: prefixes {@code s} and {@code u}, lines ended. */
    USUAL("<?xml version=\"1.0\"?>\r\n", "s", "u", "\r\n"),
    /** Nothing but the envelope. */
    BARE("", "s", "u", ""),
    /**
     * As the examples of SOAP 1.1 and of several vendors' own programs: the declaration with its encoding, long
     * prefixes.
     */
    SPELLED_OUT("<?xml version=\"1.0\" encoding=\"utf-8\"?>", "SOAP-ENV", "m", "");

    private final String declaration;
    private final String envelope;
    private final String call;
    private final String end;

    SoapEnvelope(String declaration, String envelope, String call, String end) {
        this.declaration = declaration;
        this.envelope = envelope;
        this.call = call;
        this.end = end;
    }

    /** @param arguments in the order of the specification */
    public String write(String serviceType, String action, Map<String, String> arguments) {
        StringBuilder body = new StringBuilder(512);
        body.append(declaration)
                .append('<')
                .append(envelope)
                .append(":Envelope xmlns:")
                .append(envelope)
                .append("=\"http://schemas.xmlsoap.org/soap/envelope/\" ")
                .append(envelope)
                .append(":encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><")
                .append(envelope)
                .append(":Body><")
                .append(call)
                .append(':')
                .append(action)
                .append(" xmlns:")
                .append(call)
                .append("=\"")
                .append(XmlText.escape(serviceType))
                .append("\">");
        arguments.forEach((name, value) -> body.append('<')
                .append(name)
                .append('>')
                .append(XmlText.escape(value))
                .append("</")
                .append(name)
                .append('>'));
        return body.append("</")
                .append(call)
                .append(':')
                .append(action)
                .append("></")
                .append(envelope)
                .append(":Body></")
                .append(envelope)
                .append(":Envelope>")
                .append(end)
                .toString();
    }
}
