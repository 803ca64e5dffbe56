package dev.ajar.system.host;

import dev.ajar.model.Port;
import dev.ajar.model.Protocol;

import java.util.Arrays;
import java.util.Locale;

/** What ufw's own files say. Its rules stand in comments: {@code ### tuple ### allow tcp 25565 0.0.0.0/0 any 0.0.0.0/0 in}. */
final class UfwFiles {
    private UfwFiles() {}

    static boolean isOn(String settings) {
        return settings.lines().anyMatch(line -> line.strip().equalsIgnoreCase("ENABLED=yes"));
    }

    static FirewallVerdict judge(String rules, String defaults, Protocol protocol, Port port) {
        boolean open =
                defaults.lines()
                        .map(line -> line.replace("\"", "").strip())
                        .anyMatch("DEFAULT_INPUT_POLICY=ACCEPT"::equals);
        for (String line : rules.lines().toList()) {
            String[] words = line.strip().split("\\s+");
            if (line.startsWith("### tuple ###")
                    && words.length >= 9
                    && fits(words, protocol, port)) {
                open = words[3].toLowerCase(Locale.ROOT).startsWith("allow");
                break;
            }
        }
        return open
                ? new FirewallVerdict.Open()
                : new FirewallVerdict.Closed(
                        "ufw", "sudo ufw allow " + port + "/" + protocol.label());
    }

    /** From anywhere, to that port. */
    private static boolean fits(String[] words, Protocol protocol, Port port) {
        boolean named = words[4].equals("any") || words[4].equals(protocol.label());
        boolean fromAnywhere = words[8].equals("0.0.0.0/0") || words[8].equals("any");
        boolean inwards = words.length < 10 || words[9].startsWith("in");
        return named
                && fromAnywhere
                && inwards
                && Arrays.stream(words[5].split(","))
                        .anyMatch(range -> Ranges.contains(range, ':', port));
    }
}
