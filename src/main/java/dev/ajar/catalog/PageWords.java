package dev.ajar.catalog;

import dev.ajar.message.Message;
import java.util.List;
import java.util.Map;

/** The words of routers' pages stay as their makers have them; what a profile says of them is told in all languages. */
public final class PageWords {
    /** How profiles say that a box has its mark. */
    public static final String TICKED = "ticked";

    private static final Map<String, String> OWN = Map.of(
            TICKED,
            "guide.ticked",
            "left empty",
            "guide.left-empty",
            "a free number",
            "guide.free-number",
            "the LAN port",
            "guide.lan-port",
            "the internet connection in use",
            "guide.connection-in-use",
            "the INTERNET connection in use",
            "guide.connection-called-internet",
            "the router",
            "guide.the-router",
            "this computer",
            "guide.here");

    private PageWords() {}

    /** A menu, or the value of a field or switch: a word of the page, or what it has to be. */
    public static Message of(String text) {
        String own = OWN.get(text);
        return own == null ? Message.verbatim(text) : Message.of(own);
    }

    /** Menus in the order in which they are opened. */
    public static Message path(List<String> menus) {
        return menus.stream()
                .map(PageWords::of)
                .reduce((outer, inner) -> outer.isVerbatim() && inner.isVerbatim()
                        ? Message.verbatim(outer + " > " + inner)
                        : Message.of("guide.menus", "outer", outer, "inner", inner))
                .orElse(Message.verbatim(""));
    }
}
