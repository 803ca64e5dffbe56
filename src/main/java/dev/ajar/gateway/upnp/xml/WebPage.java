package dev.ajar.gateway.upnp.xml;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Recognises web pages, which routers send in the place of XML: a login page, an error page. */
public final class WebPage {
    private static final int BEGINNING = 1024;

    private WebPage() {}

    public static boolean is(XmlNode root) {
        return root.is("html") || root.is("head") || root.find("title").isPresent();
    }

    /** For what cannot be read as XML, such as a page that begins with {@code <!DOCTYPE html>}. */
    public static boolean is(byte[] body) {
        int length = Math.min(body.length, BEGINNING);
        String beginning = new String(body, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return beginning.contains("<!doctype html") || beginning.contains("<html");
    }
}
