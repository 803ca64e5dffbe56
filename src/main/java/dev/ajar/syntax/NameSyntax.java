package dev.ajar.syntax;

/** The description a mapping gets in the router's own list. */
public final class NameSyntax {
    /** Routers cut or refuse longer ones. */
    private static final int LONGEST = 60;

    private NameSyntax() {}

    public static String check(String text) throws InvalidInputException {
        String name = text.strip();
        if (name.isEmpty()) {
            throw new InvalidInputException(
                    "--name is empty; leave it out or give the port a name such as \"Minecraft\"");
        }
        if (name.length() > LONGEST) {
            throw new InvalidInputException(
                    "--name has " + name.length() + " characters; " + LONGEST + " are the most routers keep");
        }
        if (!name.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            throw new InvalidInputException(
                    "--name may only have plain letters, digits and signs; routers garble others");
        }
        return name;
    }
}
