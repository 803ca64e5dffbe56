package dev.ajar.app;

import dev.ajar.cli.Cli;
import dev.ajar.cli.Version;
import dev.ajar.cli.command.CliContext;
import dev.ajar.cli.render.Terminal;
import dev.ajar.demo.DemoStory;
import dev.ajar.mapping.Progress;
import dev.ajar.model.Result;
import dev.ajar.relay.worker.RelayWorker;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.ConfirmationPrompt;
import dev.ajar.service.LocalBackend;
import dev.ajar.service.MachinePorts;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceContext;
import dev.ajar.state.FileStateStore;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.StateFolder;
import dev.ajar.state.SystemBootClock;
import dev.ajar.system.SystemPause;
import dev.ajar.system.SystemProcesses;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** The program's entry point. */
public final class Main {
    /** The launcher leaves it to the JDK to find out about the terminal. */
    private static final String CONSOLE = "console";

    private Main() {}

    public static void main(String[] args) {
        if (args.length > 0 && (args[0].equals("--version") || args[0].equals("-V"))) {
            System.out.println("ajar " + Version.text());
            return;
        }
        if (args.length > 0 && args[0].equals(RelayWorker.COMMAND)) {
            quietLibraries();
            RelayMain.run(Wiring.real(), args);
            System.exit(0);
        }
        System.exit(run(Wiring.real(), System.getenv(), System.out, System.err, args));
    }

    /** One command on one network. */
    static int run(Wiring base, Map<String, String> environment, OutputStream out, OutputStream err, String... args) {
        return run(base, new RouterPlugin(environment, base.neighbours()), environment, out, err, args);
    }

    /** @param router the use of the router's own interface */
    static int run(
            Wiring base,
            RouterPlugin router,
            Map<String, String> environment,
            OutputStream out,
            OutputStream err,
            String... args) {
        quietLibraries();
        Terminal terminal = terminal(out, err, environment);
        return new Cli(context(base, router, environment, terminal)).run(args);
    }

    /** Commands on one network. */
    static CliContext context(Wiring base, Map<String, String> environment, Terminal terminal) {
        return context(base, new RouterPlugin(environment, base.neighbours()), environment, terminal);
    }

    private static CliContext context(
            Wiring base, RouterPlugin router, Map<String, String> environment, Terminal terminal) {
        Wiring wiring = base.with(router.protocol());
        ServiceContext machine = machine(wiring, environment, terminal);
        LocalBackend backend = new LocalBackend(machine);
        Wiring command = wiring.forOneCommand();
        return new CliContext(
                terminal,
                new MachinePorts(
                        machine, backend, progress -> ports(command, environment, progress, terminal, backend)),
                shown -> demo(shown, wiring),
                ZoneId.systemDefault(),
                backend::setting,
                command.hostProbe(),
                backend,
                wiring.protocols(),
                router.tools(wiring));
    }

    /** Keeps slf4j from searching every jar for a logger, and from saying so. */
    private static void quietLibraries() {
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    private static ServiceContext machine(Wiring wiring, Map<String, String> environment, Terminal terminal) {
        return new ServiceContext(
                environment,
                wiring.network(),
                wiring.timeline(),
                new SystemPause(),
                new SystemProcesses(),
                wiring.protocols(),
                wiring::keeper,
                new DaemonCommands(wiring),
                (store, backend) -> wiring.ports(store, backend, Progress.SILENT),
                Main::agreed,
                warning -> warn(terminal, warning));
    }

    /** The launcher tells whether a user sits at the terminal. */
    private static boolean agreed(String question) {
        return toTerminal("ajar.asks") && ConfirmationPrompt.agreed(question, System.in, System.err);
    }

    private static void warn(Terminal terminal, String warning) {
        terminal.err().println("ajar: " + warning + ".");
    }

    private static Result<PortService> ports(
            Wiring wiring,
            Map<String, String> environment,
            Progress progress,
            Terminal terminal,
            CommandBackend backend) {
        return StateFolder.locate(environment)
                .map(folder -> wiring.ports(
                        new FileStateStore(
                                folder,
                                wiring.protocols(),
                                new SystemBootClock(wiring.timeline()),
                                warning -> warn(terminal, warning)),
                        backend,
                        progress));
    }

    private static boolean demo(Terminal terminal, Wiring wiring) {
        return new DemoStory(
                        router -> Wiring.embedded(router, wiring.timeline())
                                .actions(new MemoryStateStore(), Progress.SILENT),
                        wiring.timeline(),
                        terminal.out())
                .tell();
    }

    /**
     * What the launcher tells: true or false, or "console" where a shell cannot find out (Windows). There the JDK does, for
     * standard input and output together: the launcher chooses java.base's console, which is null without a terminal.
     */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean toTerminal(String property) {
        String told = System.getProperty(property, "");
        return told.equals(CONSOLE) ? System.console() != null : Boolean.parseBoolean(told);
    }

    /** Windows' consoles show the characters of one code page; everywhere else, and in files and pipes, it is UTF-8. */
    static Charset charset(boolean terminal, String launcher, String console) {
        return terminal && launcher.equals(CONSOLE) && !console.isEmpty() && Charset.isSupported(console)
                ? Charset.forName(console)
                : StandardCharsets.UTF_8;
    }

    /** The launcher tells whether stdout is a terminal: the JDK has no portable way to. */
    private static Terminal terminal(OutputStream out, OutputStream err, Map<String, String> environment) {
        boolean terminal = toTerminal("ajar.terminal");
        boolean colour = terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        String encoding = System.getProperty("stdout.encoding", "");
        boolean unicode = encoding.toUpperCase(Locale.ROOT).startsWith("UTF") || !terminal;
        Charset charset = charset(terminal, System.getProperty("ajar.terminal", ""), encoding);
        return new Terminal(writer(out, charset), writer(err, charset), colour, unicode);
    }

    private static PrintWriter writer(OutputStream stream, Charset charset) {
        return new PrintWriter(new OutputStreamWriter(stream, charset), true);
    }
}
