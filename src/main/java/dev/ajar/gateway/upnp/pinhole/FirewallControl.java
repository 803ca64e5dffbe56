package dev.ajar.gateway.upnp.pinhole;

import dev.ajar.gateway.upnp.soap.RetryingService;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.system.Deadline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The actions of a WANIPv6FirewallControl:1 service (UPnP Forum, 2010, section 2.4), each one exchange. */
final class FirewallControl {
    private final RetryingService calls;

    FirewallControl(RetryingService calls) {
        this.calls = calls;
    }

    /**
     * @param enabled whether it keeps anything out
     * @param pinholesAllowed whether devices may open it
     */
    record Status(boolean enabled, boolean pinholesAllowed) {}

    SoapReply<Status> getFirewallStatus(Deadline deadline) {
        return calls.call("GetFirewallStatus", Map.of(), deadline)
                .map(node ->
                        new Status(!isNo(node.textOf("FirewallEnabled")), !isNo(node.textOf("InboundPinholeAllowed"))));
    }

    /** An answer that cannot be read does not mean that a firewall is off. */
    private static boolean isNo(String text) {
        String plain = text.strip();
        return plain.equals("0") || plain.equalsIgnoreCase("false") || plain.equalsIgnoreCase("no");
    }

    /** The UniqueID. The same pinhole asked for again keeps its id and is extended. */
    SoapReply<Integer> addPinhole(PinholeRequest request, Deadline deadline) {
        return number(calls.call("AddPinhole", request.arguments(), deadline), "UniqueID");
    }

    SoapReply<Success> updatePinhole(int uniqueId, long leaseSeconds, Deadline deadline) {
        Map<String, String> arguments = id(uniqueId);
        arguments.put("NewLeaseTime", Long.toString(leaseSeconds));
        return calls.call("UpdatePinhole", arguments, deadline).map(node -> new Success());
    }

    SoapReply<Success> deletePinhole(int uniqueId, Deadline deadline) {
        return calls.call("DeletePinhole", id(uniqueId), deadline).map(node -> new Success());
    }

    /** The number of packets that came through. */
    SoapReply<Integer> getPinholePackets(int uniqueId, Deadline deadline) {
        return number(calls.call("GetPinholePackets", id(uniqueId), deadline), "PinholePackets");
    }

    /** Whether traffic came through; error 709 where there was none. */
    SoapReply<Boolean> checkPinholeWorking(int uniqueId, Deadline deadline) {
        return calls.call("CheckPinholeWorking", id(uniqueId), deadline).map(node -> !isNo(node.textOf("IsWorking")));
    }

    private static Map<String, String> id(int uniqueId) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("UniqueID", Integer.toString(uniqueId));
        return arguments;
    }

    private static SoapReply<Integer> number(SoapReply<XmlNode> reply, String name) {
        return switch (reply) {
            case SoapReply.Success<XmlNode>(XmlNode node) -> {
                String text = node.textOf(name).strip();
                yield text.matches("\\d{1,9}")
                        ? new SoapReply.Success<>(Integer.parseInt(text))
                        : new SoapReply.Broken<>(new Failure.Malformed(
                                Message.of("pinhole.argument-missing", "name", name), Optional.empty()));
            }
            case SoapReply.Fault<XmlNode>(int code, var text) -> new SoapReply.Fault<>(code, text);
            case SoapReply.Broken<XmlNode>(Failure failure) -> new SoapReply.Broken<>(failure);
        };
    }

    /** The router's plain yes. */
    record Success() {}
}
