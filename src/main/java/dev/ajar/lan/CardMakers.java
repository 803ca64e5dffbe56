package dev.ajar.lan;

import dev.ajar.message.ResourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The makers of network cards, by {@code profiles/network-cards.txt}. The file is read anew for each list of devices,
 * because a page asks rarely and a daemon that keeps it would need more memory for it than for all its ports.
 */
public final class CardMakers {
    private static final String FILE = "/profiles/network-cards.txt";
    private static final int PREFIX = 6;

    private CardMakers() {}

    /**
     * The makers of these cards.
     *
     * @param cards MAC addresses, such as {@code b8:27:eb:01:02:03}
     * @return by the card; without those that are not in the file, and those that a device has invented for privacy
     */
    public static Map<String, String> of(Collection<String> cards) {
        Map<String, String> prefixes = new HashMap<>();
        for (String card : cards) {
            prefix(card).ifPresent(prefix -> prefixes.put(card, prefix));
        }
        Map<String, String> known = makers(new HashSet<>(prefixes.values()));
        Map<String, String> makers = new HashMap<>();
        prefixes.forEach((card, prefix) -> {
            String maker = known.get(prefix);
            if (maker != null) {
                makers.put(card, maker);
            }
        });
        return makers;
    }

    /** Empty for what is no MAC address, and for one that is not of a maker (second bit of the first byte). */
    private static Optional<String> prefix(String card) {
        String digits = card.replaceAll("[:.-]", "").toUpperCase(Locale.ROOT);
        return digits.matches("[0-9A-F]{12}") && (Character.digit(digits.charAt(1), 16) & 2) == 0
                ? Optional.of(digits.substring(0, PREFIX))
                : Optional.empty();
    }

    private static Map<String, String> makers(Set<String> wanted) {
        Map<String, String> makers = new HashMap<>();
        if (wanted.isEmpty()) {
            return makers;
        }
        try (InputStream in = ResourceFile.open(CardMakers.class, FILE)) {
            if (in == null) {
                return makers;
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                for (int at = tab + 1; tab > 0 && at + PREFIX <= line.length(); at += PREFIX) {
                    String prefix = line.substring(at, at + PREFIX);
                    if (wanted.contains(prefix)) {
                        makers.put(prefix, line.substring(0, tab));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return makers;
    }
}
