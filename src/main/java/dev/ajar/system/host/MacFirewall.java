package dev.ajar.system.host;

import dev.ajar.message.Message;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The firewall of macOS, from what {@code socketfilterfw} prints. It lets in by program and not by port. */
final class MacFirewall {
    static final String PROGRAM = "/usr/libexec/ApplicationFirewall/socketfilterfw";

    static final String LIST = PROGRAM + " --listapps";

    private static final String NAME = "macOS Firewall";

    private static final int MOST_APPS = 2_000;

    /** {@code 1 : /Applications/Game.app}, and below it {@code (Block incoming connections)}. */
    private static final Pattern APP =
            Pattern.compile("(?m)^ {0,4}\\d{1,4} : {1,4}(/[^\\n]{1,1000}?) *\\n\\s{0,40}\\( ?(Allow|Block) incoming");

    private MacFirewall() {}

    /**
     * What it does with a connection to these programs.
     *
     * @param global what {@code --getglobalstate} prints
     * @param apps what {@code --listapps} prints
     * @param programs the files of the programs that have the port
     */
    static FirewallState judge(String global, String apps, List<String> programs) {
        if (global.contains("State = 0")) {
            return new FirewallState.Open();
        }
        if (global.contains("State = 2")) {
            return new FirewallState.Closed(NAME, "sudo " + PROGRAM + " --setblockall off");
        }
        List<App> known = apps(apps);
        Optional<FirewallState> barred = known.stream()
                .filter(app -> !app.allowed() && programs.stream().anyMatch(app::has))
                .map(app -> unblocking(app.path()))
                .findFirst();
        boolean allowed = !programs.isEmpty()
                && programs.stream()
                        .allMatch(program -> known.stream().anyMatch(app -> app.allowed() && app.has(program)));
        return barred.orElse(
                allowed
                        ? new FirewallState.Open()
                        : new FirewallState.Unknown(Message.of("system.firewall-by-program"), LIST));
    }

    private static List<App> apps(String text) {
        return APP.matcher(text)
                .results()
                .limit(MOST_APPS)
                .map(row -> new App(row.group(1), row.group(2).equals("Allow")))
                .toList();
    }

    private record App(String path, boolean allowed) {
        /** An application is a folder with its program in it. */
        boolean has(String program) {
            return program.equals(path) || program.startsWith(path + "/");
        }
    }

    /** A name that a shell would read otherwise stands in no line to paste. */
    private static FirewallState unblocking(String app) {
        boolean plain = app.matches("/[A-Za-z0-9/ ._()+@-]{1,240}");
        return new FirewallState.Closed(NAME, plain ? "sudo " + PROGRAM + " --unblockapp \"" + app + "\"" : LIST);
    }
}
