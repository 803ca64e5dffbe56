package dev.ajar.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;

/** A question on the terminal. Anything but a yes is a no. */
final class ConfirmationPrompt {
    private static final int LONGEST = 80;

    private ConfirmationPrompt() {}

    static boolean agreed(String question, InputStream in, PrintStream out) {
        out.print(question + " [y/N] ");
        out.flush();
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST; c = in.read()) {
                line.append((char) c);
            }
        } catch (IOException e) {
            return false;
        }
        String answer = line.toString().strip().toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }
}
