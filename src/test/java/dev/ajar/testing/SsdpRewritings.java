package dev.ajar.testing;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Ways to write the same answer to a search oddly, all of them readable. */
public final class SsdpRewritings {
    private static final String ALIVE = "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNT: upnp:rootdevice\r\n";

    private final Map<String, UnaryOperator<byte[]>> all = new LinkedHashMap<>();

    private SsdpRewritings() {
        starts();
        headers();
        ends();
    }

    /** Each by what it does. */
    public static Map<String, UnaryOperator<byte[]>> all() {
        return new SsdpRewritings().all;
    }

    private void add(String name, UnaryOperator<String> change) {
        all.put(
                name,
                bytes -> change.apply(new String(bytes, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private void start(String name, String line) {
        add(name, text -> text.replaceFirst("HTTP/1.1 200 OK", line));
    }

    private void starts() {
        start("no blank before the reason", "HTTP/1.1 200OK");
        start("no reason", "HTTP/1.1 200");
        start("no blank before the number", "HTTP/1.1200 OK");
        start("no version", "HTTP 200 OK");
        start("HTTP 2.0", "HTTP/2.0 200 OK");
        start("small letters", "http/1.1 200 ok");
        start("empty lines in front", "\r\n\r\nHTTP/1.1 200 OK");
        start("zero bytes in front", "\0\0HTTP/1.1 200 OK");
        start("a mark of UTF-8", "\u00ef\u00bb\u00bfHTTP/1.1 200 OK");
        start("an announcement", ALIVE + "NTS: ssdp:alive");
        start("an announcement in capitals", ALIVE + "NTS: SSDP:ALIVE");
        start("an announcement that does not say why", ALIVE + "X: y");
        start("an announcement with an empty reason", ALIVE + "NTS:");
        start("an announcement of a change", ALIVE + "NTS: ssdp:update");
        start("an announcement of HTTP 1.0", ALIVE.replace("1.1", "1.0") + "NTS: ssdp:alive");
    }

    private void headers() {
        add(
                "a dead location in front",
                text -> text.replaceFirst("LOCATION:", "LOCATION: http://127.0.0.1:9/\r\nLOCATION:"));
        add(
                "a dead location behind",
                text -> text.replaceFirst("\r\n\r\n$", "\r\nLOCATION: http://127.0.0.1:9/\r\n\r\n"));
        add("a location that is none in front", text -> text.replaceFirst("LOCATION:", "LOCATION: none\r\nLOCATION:"));
        add(
                "a location of another device in front",
                text -> text.replaceFirst("LOCATION:", "LOCATION: http://192.0.2.9/\r\nLOCATION:"));
        add("an empty location in front", text -> text.replaceFirst("LOCATION:", "LOCATION:\r\nLOCATION:"));
        add("two locations in a line", text -> text.replaceFirst("(LOCATION: (\\S+))", "$1 $2"));
        add("two locations and a comma", text -> text.replaceFirst("(LOCATION: (\\S+))", "$1,http://127.0.0.1:9/"));
        add("the scheme in capitals", text -> text.replaceFirst("http://", "HTTP://"));
        add("a fragment", text -> text.replaceFirst("rootDesc.xml", "rootDesc.xml#root"));
        add("blanks before colons", text -> text.replaceAll("(?m)^([A-Z-]+):", "$1 :"));
        add("tabs", text -> text.replaceAll("(?m)^([A-Z-]+): *", "$1:\t"));
        add("folded", text -> text.replace("LOCATION: ", "LOCATION:\r\n  "));
        add("in quotes", text -> text.replaceFirst("(http://\\S+)", "\"$1\""));
        add("in single quotes", text -> text.replaceFirst("(http://\\S+)", "'$1'"));
        add("in angle brackets", text -> text.replaceFirst("(http://\\S+)", "<$1>"));
        add("no search target", text -> text.replaceFirst("ST: [^\r]*\r\n", ""));
        add("another search target", text -> text.replaceFirst("ST: [^\r]*", "ST: upnp:rootdevice"));
        add("no name", text -> text.replaceFirst("USN: [^\r]*\r\n", ""));
        add("an odd name", text -> text.replaceFirst("USN: [^\r]*", "USN: nothing"));
        add("no time", text -> text.replaceFirst("CACHE-CONTROL: [^\r]*\r\n", ""));
        add("an odd time", text -> text.replaceFirst("max-age=120", "max-age = forever"));
        add("no server", text -> text.replaceFirst("SERVER: [^\r]*\r\n", ""));
        add("no EXT", text -> text.replaceFirst("EXT:\r\n", ""));
        add("a line without a colon", text -> text.replaceFirst("EXT:", "EXT"));
        add("letters of another alphabet", text -> text.replaceFirst("SERVER: ", "SERVER: \u00e9\u00ff"));
        add("sixty lines", text -> text.replaceFirst("EXT:\r\n", "EXT:\r\n" + "X-More: y\r\n".repeat(60)));
        add("a length", text -> text.replaceFirst("EXT:\r\n", "EXT:\r\nContent-Length: 0\r\n"));
        add("a length and a body", text -> text.replaceFirst("EXT:\r\n", "EXT:\r\nContent-Length: 5\r\n") + "hello");
    }

    private void ends() {
        add("bare line feeds", text -> text.replace("\r\n", "\n"));
        add("bare carriage returns", text -> text.replace("\r\n", "\r"));
        add("two carriage returns", text -> text.replace("\r\n", "\r\r\n"));
        add("no empty line", text -> text.replaceFirst("\r\n\r\n$", "\r\n"));
        add("no end at all", text -> text.replaceFirst("\r\n\r\n$", ""));
        add("zero bytes behind", text -> text + "\0\0\0");
        add("zero bytes after the location", text -> text.replaceFirst("\r\n\r\n$", "\0\r\n\r\n"));
        add("junk behind", text -> text + "junk: <>");
        add("twice in one", text -> text + text);
    }
}
