package dev.ajar.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other users of this machine reach the page's port too. */
@Tag("hostile")
class HostilePageTest {
    private static final String OPEN = "{\"command\":\"open\",\"ports\":[\"25565/tcp\"]}";
    private static final String JSON = "Content-Type: application/json";

    /** A request may take ten seconds, its answer much longer. */
    @Test
    void a_stream_of_events_outlives_the_time_of_a_request(@TempDir Path folder) throws IOException {
        try (PageFixture page = new PageFixture(folder);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.http.port())) {
            socket.setSoTimeout(25_000);
            socket.getOutputStream()
                    .write(("POST /api/events HTTP/1.1\r\nHost: localhost:" + page.http.port() + "\r\n" + JSON + "\r\n"
                                    + page.authorization() + "\r\nContent-Length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            // One at once, and then one every five seconds.
            int events = 0;
            StringBuilder seen = new StringBuilder();
            for (int c = in.read(); c >= 0 && events < 6; c = in.read()) {
                seen.append((char) c);
                if (seen.toString().endsWith("\n\n")) {
                    events++;
                    seen.setLength(0);
                }
            }
            assertThat(events).isEqualTo(6);
        }
    }

    @Test
    void a_thousand_idle_connections_and_slow_bodies_do_not_keep_the_owner_out(@TempDir Path folder)
            throws IOException {
        List<Socket> idle = new ArrayList<>();
        try (PageFixture page = new PageFixture(folder)) {
            String authorization = page.authorization();
            for (int i = 0; i < 1000; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.http.port());
                idle.add(socket);
                if (i % 4 == 0) {
                    socket.getOutputStream()
                            .write(("POST /api/run HTTP/1.1\r\nHost: localhost:" + page.http.port() + "\r\n" + JSON
                                            + "\r\n" + (i % 8 == 0 ? authorization + "\r\n" : "")
                                            + "Content-Length: 1000\r\n\r\n{")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            assertThat(page.run(OPEN, authorization)).startsWith("HTTP/1.1 200 ");
            // One whose body does not come is cut off in the end.
            idle.getFirst().setSoTimeout(25_000);
            InputStream slow = idle.getFirst().getInputStream();
            assertThat(slow.readAllBytes())
                    .asString(StandardCharsets.ISO_8859_1)
                    .doesNotContain("200 OK");
            assertThat(page.asked).hasSize(1);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
