package dev.ajar.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Commands and options by the names that other programs give them, such as upnpc, natpmpc, ufw and docker: no likeness
 * of letters leads from {@code stop} to {@code close}.
 */
final class OtherWords {
    private static final Map<String, String> COMMANDS = byWord(
            "close", "stop delete remove rm del unmap unforward disable off revoke deny block cancel kill",
            "open",
                    "forward add map expose allow enable on publish create permit redirect port tcp udp share tunnel start nat"
                            + " portforward port-forward upnpc natpmpc",
            "list", "ls ports show mappings rules forwards ps",
            "status", "info state whoami",
            "address", "ip myip wanip externalip external-ip wan publicip public-ip whatsmyip whatismyip ipaddress",
            "check", "test verify probe try firewall",
            "discover", "scan find search",
            "doctor", "diagnose diag debug troubleshoot why fix",
            "extend", "prolong lengthen",
            "watch", "history log logs events monitor top",
            "presets", "apps games applications",
            "web", "gui ui page browser dashboard devices clients hosts neighbours neighbors lan",
            "help", "man usage /? ?",
            "service install", "install autostart background",
            "service remove", "uninstall",
            "router add", "login password",
            "router upnp on", "upnp");

    /** The same in the languages of the messages. */
    private static final Map<String, String> IN_OTHER_LANGUAGES = byWord(
            "open",
            "öffnen öffne oeffnen abrir abre ouvrir ouvre otwórz otworz открыть открой відкрити відкрий aç 打开 开放",
            "close",
            "schließen schliessen cerrar cierra fermer ferme fechar zamknij закрыть закрой закрити закрий kapat 关闭",
            "help",
            "hilfe ayuda aide pomoc ajuda помощь справка допомога довідка yardım 帮助");

    /** What asks for such a command in programs that have options alone. */
    private static final Map<String, String> COMMANDS_AS_OPTIONS = byWord(
            "open", "-a -r -p --port --ports --open --add --forward",
            "close", "-d --delete --remove --close",
            "list", "-l --list",
            "status", "-s --status",
            "address", "-P",
            "help", "-? --?",
            "version", "--v -v");

    private static final Map<String, String> OPTIONS = byWord(
            "--lease permanent", "--forever --permanent --always",
            "--for", "--time --duration --ttl --expire --expires --until",
            "--to", "--ip --host --target --device --client --internal-ip --internal-host",
            "--external-port", "--external",
            "--name", "--description --desc --label --comment",
            "--yes-expose", "--force --yes -f -y",
            "--lang", "--language -l",
            "--quiet", "--silent",
            "--ipv4", "--v4 -4",
            "--ipv6", "--v6 -6",
            "--gateway", "--router -g");

    private OtherWords() {}

    /** The command of ajar that such a program's command is. */
    static Optional<String> command(String typed) {
        return Optional.ofNullable(COMMANDS.get(typed)).or(() -> Optional.ofNullable(IN_OTHER_LANGUAGES.get(typed)));
    }

    /** The command that such an option asks for, where no command is named. */
    static Optional<String> commandOfOption(String typed) {
        return Optional.ofNullable(COMMANDS_AS_OPTIONS.get(typed));
    }

    static Optional<String> option(String typed) {
        return Optional.ofNullable(OPTIONS.get(typed));
    }

    /** @param rows a word of ajar, and then those of others for it, parted by blanks */
    private static Map<String, String> byWord(String... rows) {
        Map<String, String> words = new HashMap<>();
        for (int i = 0; i < rows.length; i += 2) {
            for (String word : rows[i + 1].split(" ", -1)) {
                words.put(word, rows[i]);
            }
        }
        return Map.copyOf(words);
    }
}
