package dev.ajar.system.host;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program that has a port on Windows.
 *
 * @param path its file; its name alone where the system tells no more, and empty where the program is not known
 */
record WindowsProgram(String path) {
    static final WindowsProgram UNKNOWN = new WindowsProgram("");

    /** What has the ports that the system itself serves. */
    private static final String KERNEL = "System";

    private static final Pattern VARIABLE = Pattern.compile("%([^%\\\\]{1,40})%");

    /** Where programs of the store are, to which rules for packages apply. */
    private static final Pattern PACKAGED = Pattern.compile("(?i).*\\\\(WindowsApps|SystemApps|XboxGames)\\\\.*");

    boolean isKnown() {
        return !path.isEmpty();
    }

    boolean mayBePackaged() {
        return (!isFile(path) && !path.equalsIgnoreCase(KERNEL))
                || PACKAGED.matcher(path).matches();
    }

    /**
     * Whether it is the program of a rule.
     *
     * @param environment to fill in {@code %ProgramFiles%}
     */
    WindowsMatch is(String app, Map<String, String> environment) {
        String its = plain(filled(app, environment));
        String own = plain(path);
        if (own.isEmpty()) {
            return WindowsMatch.MAYBE;
        }
        if (!letters(name(its)).equals(letters(name(own)))) {
            return WindowsMatch.NO;
        }
        if (its.equals(own)) {
            return WindowsMatch.YES;
        }
        boolean other = isFile(its)
                && isFile(own)
                && !its.contains("%")
                && !letters(its).equals(letters(own));
        return other ? WindowsMatch.NO : WindowsMatch.MAYBE;
    }

    /** What the code page of a program that prints, and of the one that reads, cannot have changed. */
    private static String letters(String path) {
        return path.replaceAll("[^ ->@-~]+", "?");
    }

    private static boolean isFile(String path) {
        return path.contains("\\");
    }

    private static String plain(String path) {
        return path.replace('/', '\\').replaceAll("\\\\{2,}", "\\\\").toLowerCase(Locale.ROOT);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    private static String filled(String text, Map<String, String> environment) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(environment.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(found.group(1)))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(found.group())));
    }
}
