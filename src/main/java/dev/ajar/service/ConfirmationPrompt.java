package dev.ajar.service;

import dev.ajar.message.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.stream.Stream;

/** A yes-or-no question on the terminal. Any answer but y, yes or the user's own word for it counts as no. */
public final class ConfirmationPrompt {
    private static final int LONGEST = 80;

    private ConfirmationPrompt() {}

    /** @param typed how the terminal encodes what is typed */
    public static boolean agreed(String question, Messages messages, InputStream in, Charset typed, PrintStream out) {
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
        String answer = line.toString(typed).strip().toLowerCase(Locale.ROOT);
        return Stream.of(Messages.ENGLISH, messages)
                .flatMap(language -> Stream.of(language.text("service.yes").split(" ", -1)))
                .anyMatch(answer::equals);
    }
}
