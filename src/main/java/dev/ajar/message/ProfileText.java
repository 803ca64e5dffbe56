package dev.ajar.message;

import java.util.Locale;

/**
 * Texts of the profiles of services, applications and routers, which languages may translate: the key is made from the
 * English text, so that a profile needs none and a changed text is shown in English until it is translated anew.
 */
final class ProfileText {
    static final String AREA = "profile";

    /**
     * What the profiles of routers say. It is apart, so that only what shows it reads the three hundred lines: the
     * steps of a guide.
     */
    static final String ROUTER_AREA = "router-text";

    /** What the ports of applications are for, apart for the same reason: {@code ajar presets show} prints it. */
    static final String PURPOSE_AREA = "purpose";

    /** The sentences whose values may be texts of routers' profiles. */
    private static final String GUIDE = "guide.";

    /** The value of a sentence that is what a port is for. */
    private static final String PURPOSE = "purpose";

    private static final int LONGEST_KEY = 80;
    private static final int LONGEST_TEXT = 400;

    private ProfileText() {}

    /** Whether it may be one: most values are numbers and addresses, and only a purpose is a single word. */
    static boolean isSentence(String area, String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_TEXT
                && (text.indexOf(' ') > 0 || area.equals(PURPOSE_AREA))
                && Character.isLetter(text.charAt(0));
    }

    /** The area of what a profile says as this value of a message. */
    static String area(Message message, String value) {
        if (value.equals(PURPOSE)) {
            return PURPOSE_AREA;
        }
        return message.key().startsWith(GUIDE) ? ROUTER_AREA : AREA;
    }

    /** As the profile has it, where a guide for another device says it. */
    static String ofThisComputer(String text) {
        return text.replace("the device", "this computer");
    }

    /** {@code profile.it-trusts-every-client}, {@code router-text.the-password-is-on-the-label}. */
    static String key(String area, String text) {
        String words = withoutHyphens(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
        return area + "." + withoutHyphens(words.substring(0, Math.min(LONGEST_KEY, words.length())));
    }

    private static String withoutHyphens(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int to = text.endsWith("-") && text.length() > from ? text.length() - 1 : text.length();
        return text.substring(from, to);
    }

    /**
     * The full stop is left out where the English text has none, as within another sentence; one that was cut had one.
     */
    static String endingAs(String english, String own) {
        boolean stopped = own.endsWith(".") || own.endsWith("。");
        return stopped && !english.endsWith(".") && !english.endsWith("…") ? own.substring(0, own.length() - 1) : own;
    }
}
