package dev.ajar.gateway.upnp.soap;

import dev.ajar.gateway.upnp.description.WanService;
import dev.ajar.gateway.upnp.xml.SoapEnvelope;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.http.HttpAnswer;
import dev.ajar.http.RouterHttp;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** Calls actions of a service, one at a time. */
public final class SoapClient {
    private static final Pattern ABOUT_THE_FORM =
            Pattern.compile("(?i)\\b(soap|xml|envelope|packet|pars(e|er|ing)|syntax|malformed)\\b");

    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED_TYPE = 415;

    private final RouterHttp http;
    private final InetAddress local;

    /** @param local the address to ask from: routers compare it with NewInternalClient */
    public SoapClient(RouterHttp http, InetAddress local) {
        this.http = http;
        this.local = local;
    }

    /**
     * Names and values as they stand in the examples of the UPnP documents, quotes included: some servers know no other
     * spelling (syncthing/syncthing#1696).
     */
    public static Map<String, String> headers(String serviceType, String action) {
        return Map.of(
                "Content-Type", "text/xml; charset=\"utf-8\"",
                "SOAPAction", '"' + serviceType + "#" + action + '"',
                "Cache-Control", "no-cache",
                "Pragma", "no-cache");
    }

    /** Whether packets on the way to the router seem to get lost. */
    public boolean isLosing() {
        return http.isLosing();
    }

    /**
     * How a call ended.
     *
     * @param mindsTheForm whether the router seems not to read a body of that form, so that it has done nothing
     */
    record Answer(SoapReply<XmlNode> reply, boolean mindsTheForm) {
        boolean isUseful() {
            return !mindsTheForm && !(reply instanceof SoapReply.Broken);
        }
    }

    /**
     * @param place one of the service's control URLs
     * @param arguments in the order of the specification
     */
    Answer call(
            WanService service,
            URI place,
            String action,
            Map<String, String> arguments,
            SoapEnvelope form,
            Deadline deadline) {
        String body = form.write(service.type(), action, arguments);
        return switch (http.post(place, headers(service.type(), action), body, local, deadline)) {
            case Result.Ok<HttpAnswer>(HttpAnswer answer) -> {
                SoapReply<XmlNode> reply = SoapReader.read(answer, action);
                yield new Answer(reply, mindsTheForm(reply, answer.status()));
            }
            case Result.Err<HttpAnswer>(Failure failure) -> new Answer(new SoapReply.Broken<>(failure), false);
        };
    }

    /** "Invalid SOAP Packet!" is what some say, whatever the code; others have nothing but an error of HTTP. */
    private static boolean mindsTheForm(SoapReply<XmlNode> reply, int status) {
        return switch (reply) {
            case SoapReply.Success<XmlNode> ignored -> false;
            case SoapReply.Fault<XmlNode>(int code, RouterText text) ->
                ABOUT_THE_FORM.matcher(text.raw()).find();
            case SoapReply.Broken<XmlNode> ignored -> status == BAD_REQUEST || status == UNSUPPORTED_TYPE;
        };
    }
}
