///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 21+
//REPOS file://${user.dir}/target/repository
//DEPS dev.ajar:ajar-core:0.1.0

// A web server that opens its own port on the router. As a jbang script, or with nothing but the JDK:
//   java -cp target/repository/dev/ajar/ajar-core/0.1.0/ajar-core-0.1.0.jar examples/java/WebServer.java 8080

import com.sun.net.httpserver.HttpServer;
import dev.ajar.api.AjarException;
import dev.ajar.api.OpenPort;
import dev.ajar.api.PortRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

public class WebServer {
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8080;
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", exchange -> {
            byte[] page = "Hello from home\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            // Closed again when the JVM exits, also by Ctrl-C.
            OpenPort open = OpenPort.openAndWait(PortRequest.tcp(port).named("Web server"));
            String address = open.joinAddress().map(to -> "http://" + to + "/").orElse("the router's address");
            System.out.println("Friends type " + address);
        } catch (AjarException e) {
            System.out.println("Only this network can reach it: " + e.getMessage());
            e.advice().forEach(System.out::println);
        }
    }
}
