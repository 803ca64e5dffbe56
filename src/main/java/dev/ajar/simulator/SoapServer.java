package dev.ajar.simulator;

import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The actions of WANIPConnection:1 and :2, with their error codes. */
final class SoapServer {
    /** An answer, before it is HTTP. */
    record Reply(int status, String xml) {}

    /** A call the router refuses. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int code;

        private Refusal(int code, String description) {
            super(description);
            this.code = code;
        }
    }

    private final RouterScript script;
    private final TableRules rules;
    private final NatTable table;

    SoapServer(RouterScript script, NatTable table) {
        this.script = script;
        this.rules = script.rules();
        this.table = table;
    }

    Reply answer(ServiceScript service, String action, String body, InetAddress client) {
        Call call = new Call(body, client);
        if (service.fault() != 0) {
            return fault(service.fault(), "refused");
        }
        try {
            String results = switch (action) {
                case "GetExternalIPAddress" -> out("NewExternalIPAddress", service.external());
                case "GetStatusInfo" ->
                    out("NewConnectionStatus", service.status())
                            + out("NewLastConnectionError", "ERROR_NONE")
                            + out("NewUptime", "1000");
                case "AddPortMapping" -> add(call, call.key());
                case "AddAnyPortMapping" -> addAny(call);
                case "DeletePortMapping" -> delete(call);
                case "GetSpecificPortMappingEntry" -> specific(call);
                case "GetGenericPortMappingEntry" -> generic(call);
                case "GetListOfPortMappings" -> listing(call);
                default -> throw new Refusal(401, "Invalid Action");
            };
            return new Reply(200, response(service, action, results));
        } catch (Refusal refusal) {
            return fault(rules.code(refusal.code), String.valueOf(refusal.getMessage()));
        }
    }

    /** The arguments of a call. */
    private record Call(String body, InetAddress client) {
        String text(String name) {
            Matcher match = Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL)
                    .matcher(body);
            if (!match.find()) {
                throw new Refusal(402, "Invalid Args");
            }
            return match.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        }

        int number(String name) {
            String text = text(name);
            if (!text.matches("\\d{1,9}")) {
                throw new Refusal(402, "Invalid Args");
            }
            return Integer.parseInt(text);
        }

        NatTable.NatKey key() {
            String protocol = text("NewProtocol");
            if (!protocol.equals("TCP") && !protocol.equals("UDP")) {
                throw new Refusal(402, "Invalid Args");
            }
            int port = number("NewExternalPort");
            if (port == 0) {
                throw new Refusal(716, "WildCardNotPermittedInExtPort");
            }
            return new NatTable.NatKey(TransportProtocol.valueOf(protocol), port);
        }

        Endpoint internal() {
            InetAddress address =
                    Addresses.ipv4(text("NewInternalClient")).orElseThrow(() -> new Refusal(402, "Invalid Args"));
            int port = number("NewInternalPort");
            if (!Port.isValid(port)) {
                throw new Refusal(402, "Invalid Args");
            }
            return new Endpoint(address, new Port(port));
        }
    }

    private String add(Call call, NatTable.NatKey key) {
        Endpoint internal = call.internal();
        if (rules.secure() && !internal.address().equals(call.client())) {
            throw new Refusal(718, "ConflictInMappingEntry");
        }
        if (rules.samePortOnly() && internal.port().number() != key.externalPort()) {
            throw new Refusal(724, "SamePortValuesRequired");
        }
        long lease = call.number("NewLeaseDuration");
        if (rules.onlyPermanent() && lease != 0) {
            throw new Refusal(725, "OnlyPermanentLeasesSupported");
        }
        Optional<NatTable.NatEntry> taken = table.find(key);
        if (taken.isPresent() && !taken.get().internal().address().equals(internal.address())) {
            throw new Refusal(718, "ConflictInMappingEntry");
        }
        if (taken.isEmpty() && table.all().size() >= rules.mostEntries()) {
            throw new Refusal(728, "NoPortMapsAvailable");
        }
        if (taken.isPresent() && !rules.extendsLeases()) {
            return "";
        }
        boolean weekAtMost = script.igdVersion() == 2 && !rules.onlyPermanent();
        long granted = weekAtMost && lease == 0 ? rules.longestLease() : Math.min(lease, rules.longestLease());
        String name = call.text("NewPortMappingDescription");
        String shortened = name.substring(0, Math.min(name.length(), rules.longestDescription()));
        table.put(key, internal, shortened, "", granted, call.text("NewRemoteHost"));
        return "";
    }

    private String addAny(Call call) {
        if (script.igdVersion() < 2) {
            throw new Refusal(401, "Invalid Action");
        }
        NatTable.NatKey wanted = call.key();
        boolean ours = table.find(wanted)
                .filter(entry -> entry.isSameTarget(call.internal()))
                .isPresent();
        int port = ours ? wanted.externalPort() : table.freePort(wanted.protocol(), wanted.externalPort());
        add(call, new NatTable.NatKey(wanted.protocol(), port));
        return out("NewReservedPort", Integer.toString(port));
    }

    private String delete(Call call) {
        NatTable.NatKey key = call.key();
        NatTable.NatEntry entry = table.find(key).orElseThrow(() -> new Refusal(714, "NoSuchEntryInArray"));
        if (rules.secure() && !entry.internal().address().equals(call.client())) {
            throw new Refusal(606, "Action not authorized");
        }
        table.remove(key);
        return "";
    }

    private String specific(Call call) {
        NatTable.NatEntry entry = table.find(call.key()).orElseThrow(() -> new Refusal(714, "NoSuchEntryInArray"));
        return target(entry);
    }

    private String target(NatTable.NatEntry entry) {
        return out("NewInternalPort", entry.internal().port().toString())
                + out("NewInternalClient", entry.internal().address().getHostAddress())
                + out("NewEnabled", "1")
                + out("NewPortMappingDescription", entry.description())
                + out("NewLeaseDuration", Long.toString(table.secondsLeft(entry)));
    }

    private String generic(Call call) {
        List<NatTable.NatEntry> all = table.all();
        int index = call.number("NewPortMappingIndex") - rules.firstIndex();
        if (index < 0 || index >= all.size()) {
            throw new Refusal(713, "SpecifiedArrayIndexInvalid");
        }
        return key(all.get(index)) + target(all.get(index));
    }

    private static String key(NatTable.NatEntry entry) {
        return out("NewRemoteHost", entry.remoteHost())
                + out("NewExternalPort", Integer.toString(entry.key().externalPort()))
                + out("NewProtocol", entry.key().protocol().name());
    }

    private String listing(Call call) {
        if (script.igdVersion() < 2) {
            throw new Refusal(401, "Invalid Action");
        }
        TransportProtocol protocol = TransportProtocol.valueOf(call.text("NewProtocol"));
        StringBuilder list =
                new StringBuilder("<p:PortMappingList xmlns:p=\"urn:schemas-upnp-org:gw:WANIPConnection\">");
        List<NatTable.NatEntry> entries =
                table.all().stream().filter(e -> e.key().protocol() == protocol).toList();
        if (entries.isEmpty()) {
            throw new Refusal(730, "PortMappingNotFound");
        }
        entries.forEach(entry -> list.append("<p:PortMappingEntry>")
                .append((key(entry) + target(entry))
                        .replace("NewLeaseDuration", "NewLeaseTime")
                        .replace("NewPortMappingDescription", "NewDescription")
                        .replace("<New", "<p:New")
                        .replace("</New", "</p:New"))
                .append("</p:PortMappingEntry>"));
        return out("NewPortListing", list.append("</p:PortMappingList>").toString());
    }

    private static String out(String name, String value) {
        return "<" + name + ">" + Description.escape(value) + "</" + name + ">";
    }

    /** Success without results. */
    String success(String action) {
        return response(script.service(), action, "");
    }

    void forgetEverything() {
        table.clear();
    }

    private String response(ServiceScript service, String action, String results) {
        return envelope("<u:"
                + action
                + "Response xmlns:u=\""
                + service.type(script.igdVersion())
                + "\">"
                + results
                + "</u:"
                + action
                + "Response>");
    }

    static Reply fault(int code, String description) {
        return new Reply(
                500,
                envelope("<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
                        + "<UPnPError xmlns=\"urn:schemas-upnp-org:control-1-0\"><errorCode>"
                        + code
                        + "</errorCode><errorDescription>"
                        + Description.escape(description)
                        + "</errorDescription></UPnPError></detail></s:Fault>"));
    }

    private static String envelope(String body) {
        return "<?xml version=\"1.0\"?>\r\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                + "s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>"
                + body
                + "</s:Body></s:Envelope>\r\n";
    }
}
