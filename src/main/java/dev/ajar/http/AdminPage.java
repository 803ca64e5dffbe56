package dev.ajar.http;

import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signs of its make that a router's web page shows before a login.
 *
 * @param server the SERVER header; empty where there is none
 * @param title of the page
 * @param realm of its HTTP authentication
 */
public record AdminPage(String server, String title, String realm) {
    private static final Pattern TITLE = Pattern.compile("<title[^>]{0,200}>([^<]{1,200})", Pattern.CASE_INSENSITIVE);
    private static final Pattern REALM = Pattern.compile("realm\\s*=\\s*\"([^\"]{1,200})\"", Pattern.CASE_INSENSITIVE);

    /** Gets the first page of the router; a redirect is not followed. */
    public static Optional<AdminPage> of(RouterHttp http, LocalRoute route, InetAddress router, Deadline deadline) {
        URI page = URI.create("http://" + router.getHostAddress() + ":80/");
        return http.get(page, route.localAddress(), deadline) instanceof Result.Ok<HttpAnswer>(HttpAnswer answer)
                ? Optional.of(read(answer))
                : Optional.empty();
    }

    static AdminPage read(HttpAnswer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        return new AdminPage(clean(answer.server()), first(TITLE, text), first(REALM, answer.challenge()));
    }

    private static String first(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        return match.find() ? clean(match.group(1)) : "";
    }

    private static String clean(String text) {
        return new RouterText(text.strip()).display();
    }
}
