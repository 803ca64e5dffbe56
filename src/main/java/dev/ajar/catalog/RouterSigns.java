package dev.ajar.catalog;

import java.util.List;
import java.util.Locale;

/**
 * The signs by which a make is recognised: words in a router's description or page, in any letter case.
 *
 * @param manufacturers in its UPnP description
 * @param models in its UPnP description; if given, the manufacturer alone is not enough
 * @param servers in the SERVER header of its SSDP or HTTP answers
 * @param titles in the title of its admin page
 * @param realms of its HTTP authentication
 * @param macs the first six hexadecimal digits of its LAN address, which are only a hint
 */
public record RouterSigns(
        List<String> manufacturers,
        List<String> models,
        List<String> servers,
        List<String> titles,
        List<String> realms,
        List<String> macs) {
    public RouterSigns {
        manufacturers = List.copyOf(manufacturers);
        models = List.copyOf(models);
        servers = List.copyOf(servers);
        titles = List.copyOf(titles);
        realms = List.copyOf(realms);
        macs = List.copyOf(macs);
    }

    boolean fitDescription(RouterTraces traces) {
        boolean named = !manufacturers.isEmpty() || !models.isEmpty();
        return named
                && (manufacturers.isEmpty() || anyIn(manufacturers, traces.manufacturer()))
                && (models.isEmpty() || anyIn(models, traces.model()));
    }

    boolean fitPage(RouterTraces traces) {
        return anyIn(servers, traces.server()) || anyIn(titles, traces.title()) || anyIn(realms, traces.realm());
    }

    boolean fitAddress(RouterTraces traces) {
        return macs.stream().anyMatch(traces.mac()::startsWith);
    }

    private static boolean anyIn(List<String> words, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
    }
}
