package dev.ajar.web;

import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The language of a page: the one its user chose, or else the one that the browser likes best of those that ajar has.
 * Pure.
 */
final class PageLanguage {
    /** Browsers list a handful; what another program sends is cut off. */
    private static final int MOST = 20;

    private static final String ENGLISH = "en";

    private PageLanguage() {}

    /** A language of an Accept-Language header, and how much it is liked: from 0, not at all, to 1. */
    private record Liked(String name, double much) {}

    /**
     * @param chosen the code of a language, or blank
     * @param accepted the header Accept-Language, or blank
     * @return English for what ajar does not have
     */
    static Messages of(String chosen, String accepted) {
        if (!chosen.isBlank()) {
            return Messages.wished(chosen);
        }
        return liked(accepted).stream()
                .filter(PageLanguage::isHere)
                .findFirst()
                .map(Messages::wished)
                .orElse(Messages.ENGLISH);
    }

    private static boolean isHere(String name) {
        return name.toLowerCase(Locale.ROOT).split("-", 2)[0].equals(ENGLISH)
                || Language.of(name).isPresent();
    }

    private static List<String> liked(String accepted) {
        return Arrays.stream(accepted.split(",", MOST + 1))
                .limit(MOST)
                .flatMap(part -> read(part.strip()).stream())
                .filter(one -> one.much() > 0)
                .sorted(Comparator.comparingDouble(Liked::much).reversed())
                .map(Liked::name)
                .toList();
    }

    /** Empty for what makes no sense. */
    private static Optional<Liked> read(String part) {
        String[] pieces = part.split("\\s*;\\s*", 2);
        if (!pieces[0].matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")) {
            return Optional.empty();
        }
        if (pieces.length == 1) {
            return Optional.of(new Liked(pieces[0], 1));
        }
        String weight = pieces[1].replaceFirst("(?i)^q\\s*=\\s*", "");
        return weight.matches("[01](\\.[0-9]{0,3})?")
                ? Optional.of(new Liked(pieces[0], Double.parseDouble(weight)))
                : Optional.empty();
    }
}
