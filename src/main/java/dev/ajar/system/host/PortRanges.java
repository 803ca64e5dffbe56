package dev.ajar.system.host;

import dev.ajar.model.Port;

/** {@code 25565}, {@code any}, and runs of ports as firewalls write them. */
final class PortRanges {
    private PortRanges() {}

    /** A command about one port, for a row of them that begins with it, as each firewall writes that. */
    static String inCommand(String command, Port first, Port last) {
        return first.equals(last)
                ? command
                : command.replaceAll("(--[sd]port )" + first + "\\b", "$1" + first + ":" + last)
                        .replaceAll(
                                "((?<!-)(?:\\b[sd]port |--add-port=|\\blocalport=|\"ajar ))" + first + "\\b",
                                "$1" + first + "-" + last)
                        .replaceAll("\\ballow " + first + "/", "allow " + first + ":" + last + "/");
    }

    static boolean contains(String text, char dash, Port port) {
        String range = text.strip();
        if (range.equals("any")) {
            return true;
        }
        int at = range.indexOf(dash);
        try {
            int first = Integer.parseInt(at < 0 ? range : range.substring(0, at).strip());
            int last = at < 0 ? first : Integer.parseInt(range.substring(at + 1).strip());
            return first <= port.number() && port.number() <= last;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
