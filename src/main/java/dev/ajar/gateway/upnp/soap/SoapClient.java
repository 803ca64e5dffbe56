package dev.ajar.gateway.upnp.soap;

import dev.ajar.gateway.upnp.description.WanService;
import dev.ajar.gateway.upnp.xml.SoapEnvelope;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.http.HttpAnswer;
import dev.ajar.http.RouterHttp;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;

/** Calls actions of a service, one at a time. */
public final class SoapClient {
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
     * @param place one of the service's control URLs
     * @param arguments in the order of the specification
     */
    public SoapReply<XmlNode> call(
            WanService service, URI place, String action, Map<String, String> arguments, Deadline deadline) {
        String body = SoapEnvelope.write(service.type(), action, arguments);
        return switch (http.post(place, headers(service.type(), action), body, local, deadline)) {
            case Result.Ok<HttpAnswer>(HttpAnswer answer) -> SoapReader.read(answer, action);
            case Result.Err<HttpAnswer>(Failure failure) -> new SoapReply.Broken<>(failure);
        };
    }
}
