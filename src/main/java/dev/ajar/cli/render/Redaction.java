package dev.ajar.cli.render;

import dev.ajar.model.Addresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Removes from a report what identifies a user or a device: hardware addresses, serial numbers, tokens, host names, and
 * most of each address that is not the same in many homes. Private IPv4 addresses stay: the diagnosis needs them.
 */
public final class Redaction {
    private static final String CARD = "[network card]";
    private static final String HIDDEN = "[hidden]";
    private static final String HOST = "[host name]";

    /** Whatever a service or a router says in its own words may hold names that have no form of their own. */
    private static final Pattern SAID = Pattern.compile("(?s)(\\bsaid \\\\?\").*?(\\\\?\"\\))");

    /**
     * MAC and EUI-64: six or more groups of one or two digits (a firewall logs several addresses in one), groups of
     * four or six, or no separators. A word may stand before it or behind it, as in {@code mac:} and {@code eth0-}.
     */
    private static final Pattern MAC = Pattern.compile("(?i)(?<![0-9a-wyz])(?<!(?<![0-9a-z])[0-9a-f]{1,2}[:.-])(?:"
            + "(?:[0-9a-f]{1,2}:){5,15}[0-9a-f]{1,2}|(?:[0-9a-f]{1,2}-){5,15}[0-9a-f]{1,2}"
            + "|(?:[0-9a-f]{2}[. _]){7}[0-9a-f]{2}|(?:[0-9a-f]{2}[. _]){5}[0-9a-f]{2}"
            + "|[0-9a-f]{4}([.:-])[0-9a-f]{4}\\1[0-9a-f]{4}(?:\\1[0-9a-f]{4})?"
            + "|[0-9a-f]{6}[-:.][0-9a-f]{6}|[0-9a-f]{16}|[0-9a-f]{12})"
            + "(?![0-9a-f])(?![:.-][0-9a-f]{1,2}(?![0-9a-z]))");

    /** What is named a secret, or the name of a network, a user or a machine. */
    private static final Pattern NAMED = Pattern.compile("(?i)((?<![\\p{L}\\p{N}])(?:"
            + "pass(?:word|wd|phrase)?|pwd|psk|secret|(?:access[_-]?)?token|api[_-]?key|key(?==)"
            + "|auth(?:orization)?(?=[:=\\\\\"])|(?:set-)?cookie|session(?:[_-]?id)?|sid|[be]?ssid"
            + "|user(?:[_-]?name)?(?=[=\\\\\"])|login(?==)|host[ _-]?name)"
            + "\\\\?[\"']?\\s*[:=]\\s*(?:(?:bearer|basic|digest)\\s+)?(?:\\\\?[\"'])?)"
            + "(?:(?<=[\"'])[^\"'\\\\]+|[^\\s,;&\"')\\\\\\[]+)");

    private static final Pattern MAIL =
            Pattern.compile("[\\p{L}\\p{N}._%+-]+@(?:[\\p{L}\\p{N}-]+\\.)+[\\p{L}\\p{N}-]+");

    /** A folder called as its user. */
    private static final Pattern HOME =
            Pattern.compile("(?i)(/(?:home|users)/|(?<![\\p{L}\\p{N}/])~(?=[a-z_]))[^/\\s\"':,;)]+"
                    + "|([a-z]:[\\\\/]{1,2}(?:users|documents and settings)[\\\\/]{1,2})"
                    + "[^\\\\/:*?\"<>|\\r\\n]+(?=[\\\\/\"'<>|\\r\\n]|$)");

    /** Names that an installer gives to a machine, and those of shares. */
    private static final Pattern MACHINE =
            Pattern.compile("(?<=(?<![\\p{L}\\p{N}:\\\\])\\\\\\\\)[\\p{L}\\p{N}_-]+(?=\\\\)"
                    + "|\\b(?:DESKTOP|LAPTOP|WIN)-[\\p{L}\\p{N}]+"
                    + "|\\b[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*-(?:PC|pc|laptop|desktop|nas|NAS)\\b");

    /** A device's name for itself that is no UUID. */
    private static final Pattern UDN = Pattern.compile("(?i)\\buuid:[^\\s\"'<>:,;)]+");

    private static final Pattern CARD_NAME = Pattern.compile("(?i)(enx|wlx|wwx)[0-9a-f]{12}");

    /** The host in a URL, with the port that follows it; an address is judged as an address. */
    private static final Pattern URL_HOST =
            Pattern.compile("(?i)([a-z][a-z0-9+.-]*://)(?:[^/\\s@\"]*@)?([^/\\s:\"\\[\\]?#]+)");

    /** Names in dots of any ending. A file's name stands behind a single slash. */
    private static final Pattern DOTTED = Pattern.compile(
            "(?<![\\p{L}\\p{N}_./-])(?:[\\p{L}\\p{N}_-]+\\.)+[\\p{L}\\p{N}_-]*\\p{L}[\\p{L}\\p{N}_-]*\\.?(?![\\p{L}\\p{N}_(])");

    /** The first word of a mail or FTP server's greeting is its name. */
    private static final Pattern GREETING =
            Pattern.compile("(?m)(\\b220[ -]|\\* OK |\\+OK )(?!\\[host name])[\\p{L}\\p{N}_.-]+");

    private static final Pattern UUID =
            Pattern.compile("(?i)(?:uuid:)?\\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\\b");
    private static final Pattern TOKEN = Pattern.compile(
            "\\b(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{12,}\\b|\\b[0-9]{13,}\\b");
    private static final Pattern SERIAL = Pattern.compile(
            "(?i)((?:seri(?:al|en)(?:[\\s_-]*(?:number|nummer|num|no\\.?|nr\\.?))?|\\bS/N|\\bSN(?=\\W*[A-Z-]*[0-9]))(?:[\\s:=#>\"'\\\\]|is)*)"
                    + "[\\p{Alnum}][\\p{Alnum}._/-]{2,}");
    private static final Pattern IPV4 =
            Pattern.compile("(?<![\\d.])(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?!\\.?\\d)");

    /** Whatever could be one; what is none stays. */
    private static final Pattern IPV6 = Pattern.compile(
            "(?i)(?<![0-9a-z:.])(?=[0-9a-f]*:[0-9a-f:]*:|::)[0-9a-f:]{2,}(?:\\d{0,3}(?:\\.\\d{1,3}){3})?(?![0-9a-z])");

    private Redaction() {}

    /**
     * @param names further words to hide wherever they stand, such as the names of devices; addresses among them stay
     */
    public static String of(String text, Collection<String> names) {
        String without = SAID.matcher(text).replaceAll("$1" + HIDDEN + "$2");
        for (String name : names) {
            without = without(without, name);
        }
        without = UUID.matcher(without).replaceAll("[id]");
        without = UDN.matcher(without).replaceAll("[id]");
        without = NAMED.matcher(without).replaceAll("$1" + HIDDEN);
        without = HOME.matcher(without).replaceAll(Redaction::home);
        without = MACHINE.matcher(without).replaceAll(HOST);
        without = CARD_NAME.matcher(without).replaceAll("$1" + HIDDEN);
        without = IPV6.matcher(without).replaceAll(Redaction::ipv6);
        without = MAC.matcher(without).replaceAll(CARD);
        without = SERIAL.matcher(without).replaceAll("$1" + HIDDEN);
        without = URL_HOST.matcher(without).replaceAll(Redaction::host);
        without = MAIL.matcher(without).replaceAll(HIDDEN);
        without = IPV4.matcher(without).replaceAll(Redaction::address);
        without = DOTTED.matcher(without).replaceAll(Redaction::dotted);
        without = GREETING.matcher(without).replaceAll("$1" + HOST);
        return TOKEN.matcher(without).replaceAll(Redaction::token);
    }

    private static String without(String text, String name) {
        boolean telling = name.length() > 2 && Addresses.parse(name).isEmpty() && !name.startsWith("ajar");
        return telling
                ? Pattern.compile(
                                "(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])",
                                Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .replaceAll("[name]")
                : text;
    }

    private static String home(MatchResult match) {
        return quoted(Optional.ofNullable(match.group(1)).orElseGet(() -> match.group(2)) + "[name]");
    }

    private static String host(MatchResult match) {
        String host = match.group(2);
        boolean keeps = Addresses.parse(host).isPresent() || host.endsWith(".x.x") || host.startsWith("[");
        return quoted(match.group(1) + (keeps ? host : HOST));
    }

    /** What a sentence has in dots: a version, a file, a half-hidden address. */
    private static String dotted(MatchResult match) {
        String text = match.group();
        boolean harmless = text.matches("(?i)v?\\d+(\\.[\\dx]+)+\\.?|\\d+(\\.\\d+)*\\.x\\.x\\.?")
                || text.toLowerCase(Locale.ROOT).matches("[a-z0-9_-]+\\.(xml|json|toml)\\.?|e\\.g\\.?|i\\.e\\.?");
        return quoted(harmless ? text : HOST + (text.endsWith(".") ? "." : ""));
    }

    private static String ipv6(MatchResult match) {
        String text = match.group();
        String end = text.endsWith(":") && !text.endsWith("::") ? ":" : "";
        String literal = text.substring(0, text.length() - end.length());
        Optional<InetAddress> address = Addresses.parse(literal);
        return quoted(address.map(known -> known instanceof Inet6Address v6 ? ipv6(v6, literal) : literal)
                        .orElse(literal)
                + end);
    }

    private static String ipv6(Inet6Address address, String literal) {
        byte[] bytes = address.getAddress();
        String hex = HexFormat.of().formatHex(bytes);
        if (address.isMulticastAddress() || hex.startsWith("0".repeat(28))) {
            return literal;
        }
        if (address.isLinkLocalAddress()) {
            boolean fromCard = hex.startsWith("fffe", 22);
            boolean wellKnown = hex.substring(16).startsWith("0".repeat(12));
            return wellKnown ? literal : "fe80::" + (fromCard ? CARD : HIDDEN);
        }
        // A local prefix is as telling as a public one, but for its first byte.
        return (hex.startsWith("fd") ? "fd" : Integer.toHexString(Integer.parseInt(hex.substring(0, 4), 16)) + ":")
                + HIDDEN;
    }

    private static String address(MatchResult match) {
        int a = Integer.parseInt(match.group(1));
        int b = Integer.parseInt(match.group(2));
        boolean anySource = a == 10
                || a == 127
                || a == 0
                || a >= 224
                || (a == 192 && b == 168)
                || (a == 172 && b >= 16 && b < 32)
                || (a == 169 && b == 254);
        return anySource ? match.group() : a + "." + b + ".x.x";
    }

    /** The names of findings and of UPnP's mappings are as long as tokens, and no secret. */
    private static String token(MatchResult match) {
        boolean ours = match.group()
                .matches("([a-z]+\\d?_)+[a-z]+\\d?|[A-Z][a-z]+.*Mapping.*|NAT-PMP.*|WAN(IP|PPP)[A-Za-z0-9]*");
        return ours ? match.group() : HIDDEN;
    }

    private static String quoted(String text) {
        return java.util.regex.Matcher.quoteReplacement(text);
    }
}
