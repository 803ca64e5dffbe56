package dev.ajar.message;

import java.util.Locale;

/**
 * The forms that a sentence about several things may have, named and chosen as in the Unicode CLDR's rules for cardinal
 * numbers. Only whole numbers are counted, so the rules about decimals are left out.
 */
public enum Plural {
    ONE,
    FEW,
    MANY,
    OTHER;

    private static final long MILLION = 1_000_000;

    /** The end of the keys of such sentences, with its full stop. */
    public String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    static Plural oneOrOther(long count) {
        return count == 1 ? ONE : OTHER;
    }

    /** "De" stands before the thing after a whole million: un millón de puertos. */
    static Plural spanish(long count) {
        return count == 1 ? ONE : ofMillions(count);
    }

    /** The same as in Brazilian Portuguese: zero is singular. */
    static Plural french(long count) {
        return count == 0 || count == 1 ? ONE : ofMillions(count);
    }

    private static Plural ofMillions(long count) {
        return count != 0 && count % MILLION == 0 ? MANY : OTHER;
    }

    static Plural polish(long count) {
        if (count == 1) {
            return ONE;
        }
        return endsInTwoToFour(count) ? FEW : MANY;
    }

    static Plural eastSlavic(long count) {
        if (count % 10 == 1 && count % 100 != 11) {
            return ONE;
        }
        return endsInTwoToFour(count) ? FEW : MANY;
    }

    private static boolean endsInTwoToFour(long count) {
        long last = count % 10;
        long lastTwo = count % 100;
        return last >= 2 && last <= 4 && !(lastTwo >= 12 && lastTwo <= 14);
    }
}
