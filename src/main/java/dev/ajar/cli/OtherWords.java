package dev.ajar.cli;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands and options by the names that other programs give them, such as upnpc, natpmpc, ufw and docker: no likeness of
 * letters leads from {@code stop} to {@code close}.
 */
final class OtherWords {
    private static final Map<String, String> COMMANDS = byWord(Map.of(
            "close", "stop delete remove rm del unmap unforward disable off revoke deny block",
            "open", "forward add map expose allow enable on publish create permit redirect",
            "list", "ls ports show mappings rules forwards ps",
            "status", "info state whoami",
            "address", "ip myip wanip externalip external-ip wan",
            "check", "test verify scan probe try",
            "doctor", "diagnose diag debug troubleshoot why fix",
            "extend", "prolong lengthen",
            "watch", "history log logs events monitor top",
            "presets", "apps games applications"));

    private static final Map<String, String> OPTIONS = byWord(Map.of(
            "--for", "--time --duration --ttl --expire --expires --until",
            "--to", "--ip --host --target --device --client --internal-ip --internal-host",
            "--external-port", "--external",
            "--name", "--description --desc --label --comment",
            "--yes-expose", "--force --yes -f -y",
            "--lang", "--language -l",
            "--quiet", "--silent",
            "--ipv4", "--v4 -4",
            "--ipv6", "--v6 -6",
            "--gateway", "--router -g"));

    private OtherWords() {}

    /** The command of ajar that such a program's command is. */
    static Optional<String> command(String typed) {
        return Optional.ofNullable(COMMANDS.get(typed));
    }

    static Optional<String> option(String typed) {
        return Optional.ofNullable(OPTIONS.get(typed));
    }

    private static Map<String, String> byWord(Map<String, String> words) {
        return words.entrySet().stream()
                .flatMap(one -> Stream.of(one.getValue().split(" ")).map(word -> Map.entry(word, one.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
