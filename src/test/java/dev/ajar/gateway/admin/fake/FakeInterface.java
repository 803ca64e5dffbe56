package dev.ajar.gateway.admin.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ajar.model.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The common part: a server on loopback, the rules, and the faults that every interface can have. */
public abstract class FakeInterface implements AutoCloseable {
    public static final String PASSWORD = "good pass";

    static final JsonMapper JSON = new JsonMapper();

    /** A rule, as every make has it. */
    public record Rule(String name, String protocol, int external, String client, int internal) {}

    /** What goes wrong. */
    public enum Fault {
        NONE,
        /** Writes are answered with yes, and do nothing. */
        IGNORES_WRITES,
        /** A login page with HTTP 200 in place of each answer. */
        LOGIN_PAGE,
        /** Each answer redirects to another host. */
        REDIRECTS,
        /** The list ends in the middle. */
        CUTS_LIST,
        /** Changes are saved, and cannot be put into effect. */
        APPLY_FAILS,
        /** The user may not change rules. */
        NO_RIGHT,
        /** Rules are made, and the connection ends before the answer, as when the router restarts. */
        ENDS_AFTER_ADDING,
        /** The same, and the router answers nothing afterwards. */
        GONE_AFTER_ADDING,
        /** A login page with HTTP 200 in answer to adding. */
        PAGE_WHEN_ADDING
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger secrets = new AtomicInteger();
    private final Deque<Runnable> beforeWriting = new ConcurrentLinkedDeque<>();
    private volatile Runnable beforeAnswering = () -> {};
    private volatile Fault fault = Fault.NONE;
    private volatile boolean gone;
    private volatile int served;
    private volatile int misanswered = -1;
    private volatile int cut = Integer.MAX_VALUE;
    private volatile Optional<Reply> instead = Optional.empty();
    private volatile Optional<Boolean> upnp = Optional.empty();

    FakeInterface() {
        try {
            server = HttpServer.create(
                    new InetSocketAddress(Addresses.ipv4("127.0.0.1").orElseThrow(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A device of the router's network, as its own list has it. */
    public record Device(String address, String card, String name) {}

    private volatile List<Device> devices = List.of();

    /** What the router's own list of devices has. */
    public void knows(Device... known) {
        devices = List.of(known);
    }

    List<Device> devices() {
        return devices;
    }

    /** One answer. */
    public record Reply(int status, String body, Map<String, String> headers) {
        static Reply json(Object value) {
            return new Reply(200, JSON.writeValueAsString(value), Map.of("Content-Type", "application/json"));
        }

        static Reply status(int status, Object value) {
            return new Reply(status, JSON.writeValueAsString(value), Map.of("Content-Type", "application/json"));
        }
    }

    /** One request. */
    record Request(String method, String path, String query, String body, HttpExchange exchange) {
        Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /** @throws RuntimeException for a request that the router would not understand: answered with 500, and recorded */
    abstract Reply answer(Request request);

    /** All rules as they are in effect. */
    public abstract List<Rule> rules();

    /** Adds a rule that its owner made. */
    public abstract void addForeign(Rule rule);

    /** The id of the profile it belongs to. */
    public abstract String make();

    /** How many logins are open. */
    public abstract int openSessions();

    /**
     * The router ends the session, as after a restart or the login of another administrator; nothing without sessions.
     */
    public void endSession() {}

    /** The router starts anew: what is not saved is lost. */
    public void restart() {}

    /** Half a minute passes: what was to be confirmed by then is undone. */
    public void timePasses() {}

    /**
     * Its client is killed: so many more requests are carried out, of which the last is not answered.
     *
     * @param more at least one
     */
    public void killsClientAfter(int more) {
        cut = requests.size() + more;
    }

    /** The client starts anew. */
    public void answersAgain() {
        cut = Integer.MAX_VALUE;
    }

    /** Whether the request would add or remove a rule. */
    abstract boolean writes(Request request);

    /** Does something, once, when the next request that adds or removes arrives. */
    public void beforeWriting(Runnable change) {
        beforeWriting.add(change);
    }

    /** Does something when each request arrives, such as to let time pass. */
    public void beforeAnswering(Runnable action) {
        beforeAnswering = action;
    }

    /** To one request, counted from 0, this is the answer. */
    public void misanswers(int request, Reply reply) {
        instead = Optional.of(reply);
        misanswered = request;
    }

    public void suffer(Fault other) {
        fault = other;
        gone = false;
    }

    /** A service of the router's own has that port on the internet side, which no list of rules shows. */
    public void serves(int port) {
        served = port;
    }

    int served() {
        return served;
    }

    /** The router has a UPnP server, switched on or off. */
    public void hasUpnp(boolean on) {
        upnp = Optional.of(on);
    }

    /** Whether UPnP is on; empty without a server. */
    public Optional<Boolean> upnp() {
        return upnp;
    }

    Fault fault() {
        return fault;
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Method and path of each request. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many requests carried the password, as it is or as a form and HTTP Basic carry it. */
    public int secrets() {
        return secrets.get();
    }

    private static boolean hasSecret(HttpExchange exchange, String body) {
        String all =
                body + exchange.getRequestURI() + exchange.getRequestHeaders().values();
        return all.contains(PASSWORD)
                || Stream.of("good+pass", "good%20pass").anyMatch(all::contains)
                || Stream.of("admin", "root", "key", "ajar", "owner")
                        .map(user -> user + ":" + PASSWORD)
                        .map(pair -> Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                        .anyMatch(code -> all.contains(code) || all.contains(code.replace("=", "%3D")));
    }

    /** Requests that the router would not have understood. */
    public List<String> misunderstood() {
        return List.copyOf(refused);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        Request request = new Request(exchange.getRequestMethod(), uri.getRawPath(), query, body, exchange);
        requests.add(request.method() + " " + request.path());
        beforeAnswering.run();
        if (hasSecret(exchange, body)) {
            secrets.incrementAndGet();
        }
        Reply reply;
        try {
            boolean writes = writes(request);
            if (writes) {
                Optional.ofNullable(beforeWriting.poll()).ifPresent(Runnable::run);
            }
            if (requests.size() >= cut) {
                if (requests.size() == cut) {
                    var unused = answer(request);
                }
                exchange.close();
                return;
            }
            if (misanswered >= 0 && requests.size() == misanswered + 1) {
                send(exchange, instead.orElseThrow());
                return;
            }
            boolean ends = fault == Fault.ENDS_AFTER_ADDING || fault == Fault.GONE_AFTER_ADDING;
            if (gone || (writes && ends)) {
                if (!gone) {
                    var unused = answer(request);
                }
                gone = fault == Fault.GONE_AFTER_ADDING;
                exchange.close();
                return;
            }
            reply = switch (fault) {
                case PAGE_WHEN_ADDING ->
                    writes ? new Reply(200, "<html><title>Login</title></html>", Map.of()) : answer(request);
                case LOGIN_PAGE -> new Reply(200, "<html><title>Login</title></html>", Map.of());
                case REDIRECTS -> new Reply(302, "", Map.of("Location", "http://127.0.0.9/elsewhere"));
                case NONE, IGNORES_WRITES, CUTS_LIST, APPLY_FAILS, NO_RIGHT, ENDS_AFTER_ADDING, GONE_AFTER_ADDING ->
                    answer(request);
            };
        } catch (RuntimeException e) {
            refused.add(request.method() + " " + uri + " " + e.getMessage());
            reply = Reply.status(500, Map.of("error", "misunderstood"));
        }
        send(exchange, reply);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static void demand(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
