package dev.ajar.message;

import java.util.Optional;
import java.util.regex.Pattern;

/** What an error of the system or a library says, for people. */
public final class ErrorText {
    private static final int MOST_CAUSES = 8;

    /** Java puts the name of a cause into the text of an exception that has none. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}[A-Z]\\w*|\\b\\w+(?:Exception|Error)\\b");

    private ErrorText() {}

    /** Its own words, else those of its causes; empty if there are none, and never the name of a class. */
    public static Optional<String> of(Throwable error) {
        Throwable one = error;
        for (int i = 0; i < MOST_CAUSES && one != null; i++) {
            String text = one.getMessage();
            if (text != null && !text.isBlank() && !CLASS_NAME.matcher(text).find()) {
                return Optional.of(text);
            }
            one = one.getCause();
        }
        return Optional.empty();
    }
}
