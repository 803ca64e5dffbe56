package dev.ajar.cli.render;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Removes from a report what identifies a user or a device: hardware addresses, serial numbers, tokens, and most of each
 * public address. Private addresses stay: they are the same in many homes, and the diagnosis needs them.
 */
public final class Redaction {
    /** In pairs, in Cisco's groups of four, and without separators. */
    private static final Pattern MAC = Pattern.compile("(?i)\\b(?:(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}"
            + "|(?:[0-9a-f]{4}[.-]){2}[0-9a-f]{4}|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12})\\b");

    /** An IPv6 address whose last half is made from the hardware address (RFC 4291, appendix A). */
    private static final Pattern EUI_64 =
            Pattern.compile("(?i)\\b(fe80)::?(?:0:)*[0-9a-f]{1,4}:[0-9a-f]{0,2}ff:fe[0-9a-f]{2}:[0-9a-f]{1,4}\\b");

    private static final Pattern CARD_NAME = Pattern.compile("\\b(enx|wlx|wwx)[0-9a-f]{12}\\b");
    private static final Pattern HOST_NAME = Pattern.compile(
            "\\b[A-Za-z0-9-]+\\.(?:[A-Za-z0-9-]+\\.)*(?:org|net|com|de|fr|uk|io|me|info|dyndns|nl|eu|ch|at|be|it|es"
                    + "|pl|se|no|dk|us|ca|au|family|home|lan|local|localdomain|internal|cloud|app|dev|xyz|online|site|tv)\\b");
    private static final Pattern UUID =
            Pattern.compile("(?i)\\b(?:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\\b");
    private static final Pattern TOKEN =
            Pattern.compile("\\b(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{16,}\\b");
    private static final Pattern SERIAL = Pattern.compile(
            "(?i)((?:serial\\s*(?:number|no\\.?)?|S/N|SN(?=\\s*[:=]?\\s*[A-Za-z-]*[0-9]))\\s*[:=]?\\s*)[A-Za-z0-9-]{4,}");
    private static final Pattern IPV4 = Pattern.compile("\\b(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\b");
    private static final Pattern IPV6 = Pattern.compile("(?i)\\b([23][0-9a-f]{3}):[0-9a-f:]*[0-9a-f]\\b");

    private Redaction() {}

    public static String of(String text) {
        String without = UUID.matcher(text).replaceAll("[id]");
        without = MAC.matcher(without).replaceAll("[network card]");
        without = CARD_NAME.matcher(without).replaceAll("$1[hidden]");
        without = EUI_64.matcher(without).replaceAll("$1::[network card]");
        without = HOST_NAME.matcher(without).replaceAll("[host name]");
        without = SERIAL.matcher(without).replaceAll("$1[hidden]");
        without = IPV6.matcher(without).replaceAll("$1:[hidden]");
        without = IPV4.matcher(without).replaceAll(Redaction::address);
        return TOKEN.matcher(without).replaceAll(Redaction::token);
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
        boolean ours = match.group().matches("[a-z]+(_[a-z]+)+|[A-Z][a-z]+.*Mapping.*|NAT-PMP.*");
        return ours ? match.group() : "[hidden]";
    }
}
