package dev.ajar.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The guides for the makes of router whose pages are known. */
public final class GuideCatalog {
    private static final String FOLDER = "routers/";
    private static final String GENERIC = "generic";

    private final List<RouterGuide> guides = new ArrayList<>();

    /** All guides in the order in which they are tried; the generic one is the last. */
    public synchronized List<RouterGuide> all() {
        if (guides.isEmpty()) {
            for (String id : ProfileFile.read(FOLDER + "guides").texts("guides")) {
                guides.add(GuideReader.read(ProfileFile.read(FOLDER + id)));
            }
        }
        return List.copyOf(guides);
    }

    /** @param name an id or an alias, in any letter case */
    public Optional<RouterGuide> find(String name) {
        String word = name.strip().toLowerCase(Locale.ROOT).replace(' ', '-').replace("!", "");
        return all().stream()
                .filter(guide -> guide.id().equals(word) || guide.aliases().contains(word))
                .findFirst();
    }

    /** The guide for routers of unknown make. */
    public RouterGuide generic() {
        return find(GENERIC).orElseThrow();
    }

    /** Whether it is the guide for routers of unknown make. */
    public static boolean isGeneric(RouterGuide guide) {
        return guide.id().equals(GENERIC);
    }

    /** Recognises a router by its UPnP description, then by its page, then by the maker of its network card. */
    public Optional<RouterGuide> recognise(RouterTraces traces) {
        return first(guide -> guide.signs().fitDescription(traces))
                .or(() -> first(guide -> guide.signs().fitPage(traces)))
                .or(() -> first(guide -> guide.signs().fitAddress(traces)));
    }

    private Optional<RouterGuide> first(Predicate<RouterGuide> fits) {
        return all().stream().filter(fits).findFirst();
    }
}
