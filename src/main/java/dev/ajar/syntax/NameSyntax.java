package dev.ajar.syntax;

import dev.ajar.message.Message;

/** The name of a mapping in the router's list: the value of {@code --name}. */
public final class NameSyntax {
    /** Routers cut or refuse longer names. */
    private static final int LONGEST = 60;

    private NameSyntax() {}

    public static String check(String text) throws InvalidInputException {
        String name = text.strip();
        if (name.isEmpty()) {
            throw new InvalidInputException(Message.of("syntax.name-empty", "option", OptionName.NAME));
        }
        if (name.length() > LONGEST) {
            throw new InvalidInputException(Message.of(
                    "syntax.name-long", "option", OptionName.NAME, "length", name.length(), "most", LONGEST));
        }
        if (!name.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            throw new InvalidInputException(Message.of("syntax.name-signs", "option", OptionName.NAME));
        }
        return name;
    }
}
