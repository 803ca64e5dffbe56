package dev.ajar.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The router's web server: one request a connection, as on many routers. */
final class HttpServer implements AutoCloseable {
    private static final int LONGEST_HEAD = 8192;
    private static final String USUAL_PATH = "/rootDesc.xml";

    private final RouterScript script;
    private final List<ServerSocket> servers;
    private final SoapServer soap;
    private final Description description;
    private final FaultPlayer faults;
    private final TextEdits edits;
    private final Arrivals arrivals;
    private final String path;
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger busiest = new AtomicInteger();

    /** @param servers where it serves: descriptions at the first, calls at the last */
    HttpServer(
            RouterScript script,
            List<ServerSocket> servers,
            SoapServer soap,
            FaultPlayer faults,
            TextEdits edits,
            Arrivals arrivals,
            UnaryOperator<String> placeholders) {
        this.script = script;
        this.servers = List.copyOf(servers);
        this.soap = soap;
        this.description = new Description(script, placeholders);
        this.faults = faults;
        this.edits = edits;
        this.arrivals = arrivals;
        this.path = placeholders.apply(script.location()).replaceFirst("(?i)http://[^/]*", "");
        this.servers.forEach(this::listen);
    }

    private void listen(ServerSocket server) {
        ServerThreads.start("http", () -> {
            while (true) {
                Socket client = server.accept();
                ServerThreads.start("http-request", () -> serve(server, client));
            }
        });
    }

    private void serve(ServerSocket server, Socket client) throws IOException {
        try (client) {
            InputStream in = client.getInputStream();
            String head = head(in);
            String body = new String(in.readNBytes(contentLength(head)), StandardCharsets.UTF_8);
            arrivals.http(head, body);
            String[] line = head.lines().findFirst().orElse("").split(" ");
            String target = line.length == 3 ? line[1] : "";
            if (line[0].equals("GET") && (target.equals(path) || target.equals(USUAL_PATH))) {
                Request request = Request.description(head);
                answer(request, () -> http(200, description.xml()), client);
                return;
            }
            Optional<ServiceScript> service =
                    line[0].equals("POST") && server.equals(servers.getLast()) ? service(target) : Optional.empty();
            if (service.isEmpty()) {
                HttpDelivery.send(FaultScript.DeliveryMode.PLAIN, http(404, NOT_FOUND), client);
                return;
            }
            call(service.get(), head, body, client);
        }
    }

    private static final String NOT_FOUND = "<html><head><title>404 Not Found</title></head><body>no</body></html>";

    private Optional<ServiceScript> service(String target) {
        return Stream.of(Stream.of(script.service()), script.before().stream(), script.after().stream())
                .flatMap(some -> some)
                .filter(service -> service.control().equals(target) && !service.dead())
                .findFirst();
    }

    private void call(ServiceScript service, String head, String body, Socket client) throws IOException {
        String action = action(head, service.type(script.igdVersion()));
        answer(
                Request.soap(action, head, body),
                () -> {
                    SoapServer.Reply reply = soap.answer(service, action, body, client.getInetAddress());
                    return http(reply.status(), reply.xml());
                },
                client);
    }

    private void answer(Request request, Supplier<byte[]> normally, Socket client) throws IOException {
        Optional<Reaction> reaction = faults.ask(request);
        if (reaction.isEmpty()) {
            send(request, counted(normally), client);
            return;
        }
        switch (reaction.get()) {
            case Reaction.SoapFault fault -> {
                SoapServer.Reply reply = SoapServer.fault(fault.code(), fault.description());
                send(request, http(reply.status(), reply.xml()), client);
            }
            case Reaction.Silence ignored -> HttpDelivery.waitUntilClosed(client);
            case Reaction.Delay delay -> {
                byte[] answer = counted(() -> {
                    ServerThreads.delay(delay.time());
                    return normally.get();
                });
                send(request, answer, client);
            }
            case Reaction.Raw raw -> HttpDelivery.send(deliveryMode(request), raw.bytes(), client);
            case Reaction.Rewritten rewritten -> {
                byte[] answer = edits.apply(request, counted(normally));
                HttpDelivery.send(deliveryMode(request), rewritten.rewriting().apply(answer), client);
            }
            case Reaction.Pretend ignored -> send(request, http(200, soap.success(request.name())), client);
            case Reaction.Forget ignored -> {
                byte[] success = normally.get();
                soap.forgetEverything();
                send(request, success, client);
            }
            case Reaction.Reset ignored -> HttpDelivery.reset(client);
            case Reaction.HangUp ignored -> HttpDelivery.lose(normally.get(), client);
        }
    }

    /** Counts how many requests are served at the same time. */
    private byte[] counted(Supplier<byte[]> work) {
        busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
        try {
            return work.get();
        } finally {
            busy.decrementAndGet();
        }
    }

    int busiest() {
        return busiest.get();
    }

    private void send(Request request, byte[] answer, Socket client) throws IOException {
        HttpDelivery.send(deliveryMode(request), edits.apply(request, answer), client);
    }

    private FaultScript.DeliveryMode deliveryMode(Request request) {
        return faults.script().deliveries().stream()
                .filter(delivery -> request.is(delivery.on()))
                .map(FaultScript.Delivery::as)
                .findFirst()
                .orElse(FaultScript.DeliveryMode.PLAIN);
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
                .map(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    /** Accepts the exact spelling only, as the strictest real routers do. */
    private static String action(String head, String serviceType) {
        String begin = "SOAPAction: \"" + serviceType + "#";
        return head.lines()
                .filter(line -> line.startsWith(begin) && line.endsWith("\""))
                .map(line -> line.substring(begin.length(), line.length() - 1))
                .findFirst()
                .orElse("");
    }

    private static byte[] http(int status, String xml) {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 "
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
        servers.forEach(ServerThreads::close);
    }
}
