package dev.ajar.syntax;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that a mistyped one was meant to be. */
public final class NearWord {
    /** Longer words are no names, and comparing them would take long. */
    private static final int LONGEST = 40;

    private NearWord() {}

    /** @return empty where none is so near that it can be meant */
    public static Optional<String> of(String typed, Collection<String> known) {
        String word = typed.toLowerCase(Locale.ROOT);
        if (word.length() < 3 || word.length() > LONGEST) {
            return Optional.empty();
        }
        int most = word.length() < 5 ? 1 : 2;
        return known.stream()
                .filter(one -> Math.abs(one.length() - word.length()) <= most)
                .filter(one -> distance(word, one) <= most)
                .min(Comparator.comparingInt(one -> distance(word, one)));
    }

    /** How many letters have to be added, left out, replaced or swapped with the next. */
    private static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int least = Math.min(steps[i - 1][j] + 1, steps[i][j - 1] + 1);
                least = Math.min(least, steps[i - 1][j - 1] + replaced);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                steps[i][j] = swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
            }
        }
        return steps[from.length()][to.length()];
    }
}
