package dev.ajar.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Answers searches for gateways. */
final class SsdpDesk implements AutoCloseable {
    private final RouterScript script;
    private final URI location;
    private final Oddities oddities;
    private final DatagramDesk desk;

    SsdpDesk(InetAddress address, RouterScript script, URI location, Oddities oddities)
            throws IOException {
        this.script = script;
        this.location = location;
        this.oddities = oddities;
        this.desk = new DatagramDesk("ssdp", address, (question, client) -> answer(question));
    }

    int port() {
        return desk.port();
    }

    private List<byte[]> answer(byte[] question) {
        String text = new String(question, StandardCharsets.US_ASCII);
        boolean search =
                text.startsWith("M-SEARCH * HTTP/1.1\r\n") && text.contains("\"ssdp:discover\"");
        if (!script.speaks().contains(RouterScript.Speaks.UPNP) || !search || !isForUs(text)) {
            return List.of();
        }
        Optional<Reaction> reaction = oddities.ask("ssdp");
        if (reaction.isEmpty()) {
            return List.of(reply(header(text, "ST")));
        }
        return switch (reaction.get()) {
            case Reaction.Raw raw -> List.of(raw.bytes());
            case Reaction.Delay delay -> {
                Pause.of(delay.time());
                yield List.of(reply(header(text, "ST")));
            }
            case Reaction.Silence ignored -> List.of();
            case Reaction.Fault ignored -> List.of();
            case Reaction.Pretend ignored -> List.of();
        };
    }

    private boolean isForUs(String text) {
        String target = header(text, "ST");
        return target.equals("ssdp:all")
                || target.equals("upnp:rootdevice")
                || target.equals("urn:schemas-upnp-org:device:InternetGatewayDevice:1")
                || (target.equals("urn:schemas-upnp-org:device:InternetGatewayDevice:2")
                        && script.igdVersion() == 2);
    }

    private static String header(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private byte[] reply(String target) {
        String text =
                "HTTP/1.1 200 OK\r\n"
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
                        + location
                        + "\r\n\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        desk.close();
    }
}
