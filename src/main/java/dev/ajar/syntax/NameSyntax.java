package dev.ajar.syntax;

import dev.ajar.message.Message;

/** The description a mapping gets in the router's own list. */
public final class NameSyntax {
    /** Routers cut or refuse longer ones. */
    private static final int LONGEST = 60;

    private NameSyntax() {}

    public static String check(String text) throws InvalidInputException {
        String name = text.strip();
        if (name.isEmpty()) {
            throw new InvalidInputException(Message.of("syntax.name-empty"));
        }
        if (name.length() > LONGEST) {
            throw new InvalidInputException(Message.of("syntax.name-long", "length", name.length(), "most", LONGEST));
        }
        if (!name.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            throw new InvalidInputException(Message.of("syntax.name-signs"));
        }
        return name;
    }
}
