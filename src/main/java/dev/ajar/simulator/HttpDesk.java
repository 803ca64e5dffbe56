package dev.ajar.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The router's web server: as simple as theirs are, one request a connection. */
final class HttpDesk implements AutoCloseable {
    private static final int LONGEST_HEAD = 8192;
    private static final String DESCRIPTION_PATH = "/rootDesc.xml";

    private final ServerSocket server;
    private final SoapDesk soap;
    private final Description description;
    private final Oddities oddities;

    HttpDesk(InetAddress address, SoapDesk soap, Description description, Oddities oddities)
            throws IOException {
        this.server = new ServerSocket(0, 50, address);
        this.soap = soap;
        this.description = description;
        this.oddities = oddities;
        Tasks.start(
                "http",
                () -> {
                    while (true) {
                        Socket client = server.accept();
                        Tasks.start("http-request", () -> serve(client));
                    }
                });
    }

    URI location() {
        return URI.create(
                "http://"
                        + server.getInetAddress().getHostAddress()
                        + ":"
                        + server.getLocalPort()
                        + DESCRIPTION_PATH);
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            InputStream in = client.getInputStream();
            String head = head(in);
            byte[] body = in.readNBytes(contentLength(head));
            Optional<byte[]> answer =
                    answer(head, new String(body, StandardCharsets.UTF_8), client.getInetAddress());
            if (answer.isPresent()) {
                client.getOutputStream().write(answer.get());
                client.shutdownOutput();
            } else {
                // Silence: hold the connection until the client has had enough.
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0 && head.size() < LONGEST_HEAD) {
            head.write(c);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
            c = in.read();
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private Optional<byte[]> answer(String head, String body, InetAddress client) {
        String request = head.lines().findFirst().orElse("");
        if (request.startsWith("GET " + DESCRIPTION_PATH + " ")) {
            return react("description", () -> http(200, description.xml()));
        }
        if (request.startsWith("POST " + Description.CONTROL_PATH + " ")) {
            String action = action(head);
            return react(
                    action,
                    () -> {
                        SoapDesk.Reply reply = soap.answer(action, body, client);
                        return http(reply.status(), reply.xml());
                    });
        }
        return Optional.of(
                http(404, "<html><head><title>404 Not Found</title></head><body>no</body></html>"));
    }

    private Optional<byte[]> react(String what, java.util.function.Supplier<byte[]> normally) {
        Optional<Reaction> reaction = oddities.ask(what);
        if (reaction.isEmpty()) {
            return Optional.of(normally.get());
        }
        return switch (reaction.get()) {
            case Reaction.Fault fault -> {
                SoapDesk.Reply reply = SoapDesk.fault(fault.code(), fault.description());
                yield Optional.of(http(reply.status(), reply.xml()));
            }
            case Reaction.Silence ignored -> Optional.empty();
            case Reaction.Delay delay -> {
                Pause.of(delay.time());
                yield Optional.of(normally.get());
            }
            case Reaction.Raw raw -> Optional.of(raw.bytes());
            case Reaction.Pretend ignored -> Optional.of(http(200, soap.yes(what)));
        };
    }

    /** Only the exact spelling is understood, as on the strictest of real routers. */
    private static String action(String head) {
        return head.lines()
                .filter(line -> line.startsWith("SOAPAction: \"") && line.endsWith("\""))
                .map(line -> line.substring(line.indexOf('#') + 1, line.length() - 1))
                .findFirst()
                .orElse("");
    }

    private static byte[] http(int status, String xml) {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 "
                        + status
                        + (status == 200 ? " OK" : " Error")
                        + "\r\n"
                        + "Content-Type: text/xml; charset=\"utf-8\"\r\nContent-Length: "
                        + body.length
                        + "\r\nConnection: close\r\nServer: ajar-router\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    @Override
    public void close() {
        Tasks.close(server);
    }
}
