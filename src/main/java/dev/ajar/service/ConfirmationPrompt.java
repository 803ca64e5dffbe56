package dev.ajar.service;

import dev.ajar.message.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;

/** A yes-or-no question on the terminal. Any other answer counts as no. */
public final class ConfirmationPrompt {
    private static final int LONGEST = 80;

    private ConfirmationPrompt() {}

    public static boolean agreed(String question, InputStream in, PrintStream out) {
        out.print(Messages.ENGLISH.text("service.confirm", "question", question) + " ");
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
