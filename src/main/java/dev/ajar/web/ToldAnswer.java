package dev.ajar.web;

import com.sun.net.httpserver.HttpExchange;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer to a command that may tell its user something before it ends, such as to press a button on the router.
 * Then it is one JSON document on each line: what is told, and last what the command answers. Else it is that answer
 * alone. Used by one thread.
 */
final class ToldAnswer {
    private static final String LINES = "application/x-ndjson; charset=utf-8";

    private final HttpExchange exchange;
    private final Messages messages;
    private boolean begun;

    /** @param messages of the user's language */
    ToldAnswer(HttpExchange exchange, Messages messages) {
        this.exchange = exchange;
        this.messages = messages;
    }

    Messages messages() {
        return messages;
    }

    /** Shows it now. A page that is gone is told nothing, and the command ends by itself. */
    void tell(Message what) {
        try {
            if (!begun) {
                exchange.getResponseHeaders().set("Content-Type", LINES);
                exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
                exchange.getResponseHeaders().set("Cache-Control", "no-store");
                exchange.sendResponseHeaders(200, 0);
                begun = true;
            }
            line(JsonWriter.write(Map.of("told", messages.text(what))));
        } catch (IOException e) {
            begun = true;
        }
    }

    /** Sends what the command answers. */
    void end(HttpAnswer answer) throws IOException {
        if (begun) {
            line(new String(answer.body(), StandardCharsets.UTF_8));
        } else {
            answer.send(exchange);
        }
    }

    private void line(String document) throws IOException {
        String one = document.replace("\n", "");
        exchange.getResponseBody().write((one + "\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }
}
