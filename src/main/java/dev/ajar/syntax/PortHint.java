package dev.ajar.syntax;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.model.Addresses;
import dev.ajar.model.RouterText;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a word was meant to be that is neither a port nor an application, as other programs and people write it. */
final class PortHint {
    private static final String PROTOCOL = "(/(?:tcp|udp|both))?";

    private static final Pattern RANGE = Pattern.compile(
            "(\\d{1,5})\\s*(?:-+|\\.{2,}|to|till|until|bis|до|至|到|[\u2010-\u2015\u2212~]+)\\s*(\\d{1,5})" + PROTOCOL);

    /** {@code minecraft:25566}, {@code 192.168.1.20:25565}, {@code http://localhost:8080/}. */
    private static final Pattern AT_HOST =
            Pattern.compile("(?:[a-z][a-z0-9+.-]*://)?([a-z0-9.-]*):(\\d{1,5})" + PROTOCOL + "/?");

    /** {@code 8080->80}. */
    private static final Pattern ARROW =
            Pattern.compile("(\\d{1,5})\\s*(?:[-=]+>|[\u2192\u21d2=])\\s*(\\d{1,5})" + PROTOCOL);

    /** {@code 25 565}, as thousands are written in many languages. */
    private static final Pattern GROUPED = Pattern.compile("(\\d{1,2})[ .'\u2019_](\\d{3})" + PROTOCOL);

    /** {@code 8080:192.168.1.20:80}. */
    private static final Pattern DEVICE_BETWEEN =
            Pattern.compile("(\\d{1,5}):(\\d{1,3}(?:\\.\\d{1,3}){3}):(\\d{1,5})" + PROTOCOL);

    private static final Pattern BOTH_BEHIND = Pattern.compile("(\\d{1,5})/(?:tcp\\W?udp|udp\\W?tcp|all|any)");

    private static final Pattern SEVERAL = Pattern.compile("\\d{1,5}(?:\\s*[;+&|]\\s*\\d{1,5})+");
    private static final Pattern PROTOCOL_BEHIND = Pattern.compile("(\\d{1,5})[^\\p{L}\\d/]?(tcp|udp|both)");
    private static final Pattern WORD_BEFORE = Pattern.compile("(tcp|udp|both|ports?)[^\\p{L}\\d/]?(\\d{1,5})");
    private static final Pattern AMONG_SIGNS = Pattern.compile("[^\\p{L}\\d-][^\\p{L}\\d]*(\\d{1,5})[^\\p{L}\\d]*");
    private static final Pattern SIGNS_BEHIND = Pattern.compile("(\\d{1,5})[^\\p{L}\\d/]+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}(?:[:-]\\d{1,5})?");
    private static final Pattern TIME = Pattern.compile(
            "(\\d{1,4})(?:(s)(?:ec|ecs|econds?)?|(m)(?:in|ins|inutes?)?|(h)(?:rs?|ours?)?|(d)(?:ays?)?)");

    /** What people say beside a name or between ports. */
    private static final Set<String> BESIDE =
            Set.of("and", "the", "server", "servers", "game", "please", "und", "et", "y", "e", "и", "і", "ve", "i");

    /** Options that are often written without their dashes. */
    private static final Set<String> OPTIONS =
            Set.of("for", "to", "from", "lease", "method", "name", "gateway", "help");

    private PortHint() {}

    /** @param word without letters but those of a protocol, a host or a link */
    static Optional<String> ofPort(String word) {
        String plain = plain(word);
        return isPort(word) ? Optional.empty() : shape(plain).filter(PortHint::isMeant);
    }

    /** {@code 25565 - 25570}, a range whose blanks part it. */
    static Optional<String> ofRange(List<String> words) {
        Matcher range = RANGE.matcher(plain(String.join(" ", words)));
        return words.size() == 3 && range.matches()
                ? Optional.of(range.group(1) + "-" + range.group(2) + protocol(range.group(3)))
                        .filter(PortHint::isMeant)
                : Optional.empty();
    }

    /** Also with the digits of every script as those of Latin. */
    private static String plain(String word) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(word, Normalizer.Form.NFKC)
                .strip()
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .map(one -> Character.isDigit(one) ? '0' + Character.digit(one, 10) : one)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static Optional<String> shape(String plain) {
        Matcher arrow = ARROW.matcher(plain);
        if (arrow.matches()) {
            return Optional.of(arrow.group(1) + ":" + arrow.group(2) + protocol(arrow.group(3)));
        }
        Matcher grouped = GROUPED.matcher(plain);
        if (grouped.matches()) {
            return Optional.of(grouped.group(1) + grouped.group(2) + protocol(grouped.group(3)));
        }
        Matcher device = DEVICE_BETWEEN.matcher(plain);
        if (device.matches()) {
            return Optional.of(
                    device.group(1) + ":" + device.group(3) + protocol(device.group(4)) + " --to " + device.group(2));
        }
        Matcher both = BOTH_BEHIND.matcher(plain);
        if (both.matches()) {
            return Optional.of(both.group(1) + "/both");
        }
        if (SEVERAL.matcher(plain).matches()) {
            return Optional.of(String.join(" ", plain.split("\\D+", -1)));
        }
        if (plain.indexOf('.') > 0 && Addresses.ipv4(plain).isPresent()) {
            return Optional.of("--to " + plain);
        }
        Matcher range = RANGE.matcher(plain);
        if (range.matches()) {
            return Optional.of(range.group(1) + "-" + range.group(2) + protocol(range.group(3)));
        }
        Matcher host = AT_HOST.matcher(plain);
        if (host.matches()) {
            return Optional.of(atHost(host.group(1), host.group(2), protocol(host.group(3))));
        }
        Matcher behind = PROTOCOL_BEHIND.matcher(plain);
        if (behind.matches()) {
            return Optional.of(behind.group(1) + "/" + behind.group(2));
        }
        for (Pattern signs : List.of(AMONG_SIGNS, SIGNS_BEHIND)) {
            Matcher among = signs.matcher(plain);
            if (among.matches()) {
                return Optional.of(among.group(1));
            }
        }
        return Optional.of(plain);
    }

    private static String protocol(String group) {
        return group == null ? "" : group;
    }

    private static String atHost(String host, String port, String protocol) {
        Optional<Application> application = host.isEmpty() ? Optional.empty() : new ApplicationCatalog().find(host);
        List<Application.PortUse> uses = application.stream()
                .flatMap(one -> one.ports().stream())
                .filter(Application.PortUse::required)
                .toList();
        if (uses.size() == 1 && !uses.getFirst().isRange()) {
            Application.PortUse use = uses.getFirst();
            String own = use.protocols().size() > 1
                    ? "/both"
                    : "/" + use.protocols().iterator().next().label();
            return port + ":" + use.first() + (own.equals("/tcp") ? "" : own);
        }
        boolean device = Addresses.ipv4(host)
                .filter(address -> !address.isLoopbackAddress() && !address.isAnyLocalAddress())
                .isPresent();
        return port + protocol + (device ? " --to " + host : "");
    }

    /**
     * @param name without signs
     * @param words all that were given
     * @param catalog has applications whose names are parted by a blank
     */
    static Optional<String> ofName(String name, List<String> words, ApplicationCatalog catalog) {
        String word = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        Optional<String> number =
                words.stream().filter(one -> NUMBER.matcher(one).matches()).findFirst();
        if (Set.of("tcp", "udp", "both").contains(word)) {
            return Optional.of(number.orElse("25565") + "/" + word);
        }
        if (Set.of("port", "ports").contains(word)) {
            return number;
        }
        Optional<String> range = ofRange(words);
        if (range.isPresent()) {
            return range;
        }
        if (OPTIONS.contains(word)) {
            int next = words.indexOf(name) + 1;
            return Optional.of("--" + word
                    + (next > 0 && next < words.size() ? " " + new RouterText(words.get(next)).display() : ""));
        }
        Optional<String> together = together(name, words, catalog);
        if (together.isPresent()) {
            return together;
        }
        Matcher time = TIME.matcher(word);
        if (time.matches()) {
            return Optional.of(
                    "--for " + time.group(1) + word.charAt(time.group(1).length()));
        }
        Matcher before = WORD_BEFORE.matcher(word);
        if (before.matches()) {
            String protocol = before.group(1).startsWith("port") ? "" : "/" + before.group(1);
            return Optional.of(before.group(2) + protocol).filter(PortHint::isMeant);
        }
        return ofPort(name);
    }

    /** An application whose name has a blank, or the others where the word only stands beside them. */
    private static Optional<String> together(String name, List<String> words, ApplicationCatalog catalog) {
        int at = words.indexOf(name);
        for (int from = Math.max(0, at - 2); from <= at; from++) {
            for (int to = Math.min(words.size(), at + 3); to > at && to - from > 1; to--) {
                String joined = String.join("-", words.subList(from, to));
                if (at >= 0 && catalog.find(joined).isPresent()) {
                    return Optional.of(joined.toLowerCase(Locale.ROOT));
                }
            }
        }
        List<String> others = words.stream()
                .filter(one -> !BESIDE.contains(one.toLowerCase(Locale.ROOT)))
                .toList();
        return BESIDE.contains(name.toLowerCase(Locale.ROOT)) && !others.isEmpty()
                ? Optional.of(new RouterText(String.join(" ", others)).display())
                : Optional.empty();
    }

    private static boolean isMeant(String near) {
        if (near.startsWith("--to ")) {
            return true;
        }
        int blank = near.indexOf(' ');
        return isPort(blank < 0 ? near : near.substring(0, blank));
    }

    private static boolean isPort(String word) {
        try {
            return !PortSyntax.parse(List.of(word)).isEmpty();
        } catch (InvalidInputException e) {
            return false;
        }
    }
}
