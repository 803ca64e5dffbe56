package dev.ajar.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of ajar's entries in a router's table, where the user chose none: the port, so that people can distinguish
 * them, and a mark that differs between machines, users and state files. UPnP has no nonce, so the mark tells the
 * entries of one ajar from those of another on the same machine, or on the device that has a former address of this
 * machine now.
 */
public final class EntryName {
    /** The letters of marks. Every router keeps them, and no two look alike. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int MARK = 4;

    private static final Pattern STANDARD = Pattern.compile("(ajar \\d{1,5} (?:tcp|udp))(?: ([a-z0-9]{4}))?");

    /** As a router's own interface has them, where names may hold other characters: {@code ajar:25565 tcp abcd}. */
    private static final Pattern RULE = Pattern.compile("ajar[:-].{1,100}[ _-][" + LETTERS + "]{4}");

    private EntryName() {}

    /** A short ASCII name that differs within the few characters some routers keep. */
    public static String standard(TransportProtocol protocol, Port externalPort) {
        return "ajar " + externalPort + " " + protocol.label();
    }

    /** @param random as many bytes as a mark has letters */
    public static String mark(byte[] random) {
        StringBuilder mark = new StringBuilder(MARK);
        for (int i = 0; i < MARK; i++) {
            mark.append(LETTERS.charAt((random[i] & 0xFF) % LETTERS.length()));
        }
        return mark.toString();
    }

    public static byte[] room() {
        return new byte[MARK];
    }

    /** Adds the mark to a standard name; a name that the user chose stays as it is. */
    public static String marked(String name, String mark) {
        return !mark.isEmpty() && STANDARD.matcher(name).matches() ? name + " " + mark : name;
    }

    /** Whether {@code name} is one that an ajar gives: the port, perhaps with a mark. */
    public static boolean isStandard(String name) {
        String plain = name.strip();
        return STANDARD.matcher(plain).matches() || RULE.matcher(plain).matches();
    }

    /** Whether {@code name} ends in a mark, so that no other ajar gives the same one. */
    public static boolean isMarked(String name) {
        Matcher standard = STANDARD.matcher(name);
        return standard.matches() && standard.group(2) != null;
    }
}
