package dev.ajar.service;

import dev.ajar.message.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/** A yes-or-no question on the terminal. Any answer but y, yes or the user's own word for it counts as no. */
public final class ConfirmationPrompt {
    private static final int LONGEST = 80;

    private ConfirmationPrompt() {}

    public static boolean agreed(String question, Messages messages, InputStream in, PrintStream out) {
        out.print(messages.text("service.confirm", "question", question) + " ");
        out.flush();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int c = in.read(); c >= 0 && c != '\n' && line.size() < LONGEST; c = in.read()) {
                line.write(c);
            }
        } catch (IOException e) {
            return false;
        }
        String answer = line.toString(StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
        return Stream.of(Messages.ENGLISH, messages)
                .flatMap(language -> Stream.of(language.text("service.yes").split(" ", -1)))
                .anyMatch(answer::equals);
    }
}
