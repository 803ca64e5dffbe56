package dev.ajar.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Answers searches for gateways. */
final class SsdpServer implements AutoCloseable {
    private static final String GROUP = "239.255.255.250:1900";

    private final RouterScript script;
    private final UnaryOperator<String> placeholders;
    private final FaultPlayer faults;
    private final TextEdits edits;
    private final List<SsdpServer> neighbours;
    private final DatagramServer server;
    private int intrusions;

    SsdpServer(
            InetAddress address,
            RouterScript script,
            UnaryOperator<String> placeholders,
            FaultPlayer faults,
            TextEdits edits,
            Arrivals arrivals,
            List<SsdpServer> neighbours)
            throws IOException {
        this.script = script;
        this.placeholders = placeholders;
        this.faults = faults;
        this.edits = edits;
        this.neighbours = List.copyOf(neighbours);
        this.server = new DatagramServer("ssdp", address, 0, arrivals::search, this::answer);
    }

    int port() {
        return server.port();
    }

    private List<OutgoingDatagram> answer(byte[] datagram, SocketAddress client) {
        String text = new String(datagram, StandardCharsets.US_ASCII);
        neighbours.forEach(neighbour -> neighbour.overhear(datagram, client));
        List<OutgoingDatagram> datagrams = new ArrayList<>(otherSenders());
        if (isUnderstood(text)) {
            datagrams.addAll(own(Request.ssdp(text), header(text, "ST")));
        }
        return datagrams;
    }

    /** A search to the multicast group reaches every router. */
    private void overhear(byte[] datagram, SocketAddress client) {
        ServerThreads.start("overhear", () -> server.send(answer(datagram, client), client));
    }

    private synchronized List<OutgoingDatagram> otherSenders() {
        List<OutgoingDatagram> datagrams = new ArrayList<>();
        int earlier = intrusions++;
        for (SsdpScript.OtherSender other : script.ssdp().others()) {
            byte[] bytes = placeholders.apply(other.text()).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < (earlier == 0 ? other.times() : 1); i++) {
                datagrams.add(OutgoingDatagram.from(other.from(), bytes));
            }
        }
        return datagrams;
    }

    private List<OutgoingDatagram> own(Request request, String target) {
        Optional<Reaction> reaction = faults.ask(request);
        if (reaction.isEmpty()) {
            return replies(request, target);
        }
        return switch (reaction.get()) {
            case Reaction.Raw raw -> List.of(OutgoingDatagram.of(raw.bytes()));
            case Reaction.Delay delay ->
                replies(request, target).stream()
                        .map(p -> p.after(delay.time()))
                        .toList();
            case Reaction.Rewritten rewritten ->
                replies(request, target).stream()
                        .map(p -> p.rewritten(rewritten.rewriting()))
                        .toList();
            case Reaction.Silence ignored -> List.of();
            case Reaction.SoapFault ignored -> List.of();
            case Reaction.Pretend ignored -> List.of();
            case Reaction.Forget ignored -> List.of();
            case Reaction.Reset ignored -> List.of();
            case Reaction.HangUp ignored -> List.of();
        };
    }

    private boolean isUnderstood(String text) {
        boolean search = text.startsWith("M-SEARCH * HTTP/1.1\r\n")
                && text.contains("\"ssdp:discover\"")
                && text.endsWith("\r\n\r\n");
        boolean addressed = switch (script.ssdp().host()) {
            case ANY -> true;
            case GROUP -> header(text, "HOST").equals(GROUP);
            case UNICAST -> !header(text, "HOST").equals(GROUP);
        };
        return script.speaks().contains(RouterScript.Speaks.UPNP)
                && search
                && addressed
                && answers().contains(header(text, "ST"));
    }

    private Set<String> answers() {
        String device = "urn:schemas-upnp-org:device:InternetGatewayDevice:";
        String service = script.service().type(script.igdVersion());
        return script.ssdp().answers().orElseGet(() -> {
            List<String> own =
                    List.of("ssdp:all", "upnp:rootdevice", service, device + 1, device + script.igdVersion());
            return Set.copyOf(own);
        });
    }

    private static String header(String text, String name) {
        return text.lines()
                .filter(line -> line.toUpperCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private List<OutgoingDatagram> replies(Request request, String target) {
        SsdpScript ssdp = script.ssdp();
        byte[] bytes = edits.apply(request, ssdp.announces() ? announcement() : reply(target));
        List<OutgoingDatagram> datagrams = new ArrayList<>();
        for (int i = 0; i < ssdp.repeat(); i++) {
            datagrams.add(new OutgoingDatagram(bytes, Optional.empty(), ssdp.otherPort(), ssdp.delay()));
        }
        return datagrams;
    }

    private String reply(String target) {
        return "HTTP/1.1 200 OK\r\n"
                + "CACHE-CONTROL: max-age=120\r\n"
                + "ST: "
                + target
                + "\r\n"
                + "USN: uuid:6f1c2e9a-0000-4000-8000-000000000001::"
                + target
                + "\r\n"
                + "EXT:\r\n"
                + "SERVER: Example/1.0 UPnP/1.1 ajar-router/1.0\r\n"
                + "LOCATION: "
                + placeholders.apply(script.location())
                + "\r\n\r\n";
    }

    private String announcement() {
        return "NOTIFY * HTTP/1.1\r\n"
                + "HOST: 239.255.255.250:1900\r\n"
                + "CACHE-CONTROL: max-age=120\r\n"
                + "LOCATION: "
                + placeholders.apply(script.location())
                + "\r\nSERVER: Example/1.0 UPnP/1.1 ajar-router/1.0\r\n"
                + "NT: upnp:rootdevice\r\nNTS: ssdp:alive\r\n"
                + "USN: uuid:6f1c2e9a-0000-4000-8000-000000000001::upnp:rootdevice\r\n\r\n";
    }

    @Override
    public void close() {
        server.close();
    }
}
