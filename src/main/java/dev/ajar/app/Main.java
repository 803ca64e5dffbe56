package dev.ajar.app;

import dev.ajar.cli.Cli;
import dev.ajar.cli.LanguageOption;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.Terminal;
import dev.ajar.control.FirstSocket;
import dev.ajar.control.ServiceSocket;
import dev.ajar.demo.DemoStory;
import dev.ajar.document.ExitCode;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.lan.NameSource;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Messages;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.relay.worker.RelayWorker;
import dev.ajar.service.BuildVersion;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.ConfirmationPrompt;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceContext;
import dev.ajar.service.backend.LocalBackend;
import dev.ajar.service.client.MachinePorts;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.state.file.StateFolder;
import dev.ajar.state.file.SystemBootClock;
import dev.ajar.system.LocalClock;
import dev.ajar.system.SystemPause;
import dev.ajar.system.SystemProcesses;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The program's entry point. */
public final class Main {
    /** The launcher leaves it to the JDK to find out about the terminal. */
    private static final String CONSOLE = "console";

    private static final int USUAL_COLUMNS = 80;
    private static final int NARROWEST = 20;

    private Main() {}

    public static void main(String[] args) {
        if (isVersion(args)) {
            System.out.println("ajar " + BuildVersion.text());
            end(System.out.checkError() ? ExitCode.UNWRITTEN.number() : 0);
        }
        if (args.length > 0 && args[0].equals(RelayWorker.COMMAND)) {
            LibrarySettings.apply();
            RelayMain.run(Wiring.real(), args);
            end(0);
        }
        WatchedOutput out = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        end(run(Wiring.real(), System.getenv(), out, System.err, args));
    }

    /**
     * Ends at once. ajar has nothing to do at the end that a command has not done by then, and {@link System#exit}
     * looks through every jar for a log that wants to know.
     */
    private static void end(int exitCode) {
        System.out.flush();
        System.err.flush();
        ClassArchive.keep();
        Runtime.getRuntime().halt(exitCode);
    }

    private static boolean isVersion(String... args) {
        String[] rest = args.length > 0 && args[0].startsWith("--lang") ? LanguageOption.withoutLeading(args) : args;
        return rest.length > 0 && (rest[0].equals("--version") || rest[0].equals("-V"));
    }

    /** One command on one network. */
    static int run(Wiring base, Map<String, String> environment, OutputStream out, OutputStream err, String... args) {
        return run(
                base,
                RouterPlugin.of(environment, base.neighbours(), List.of(LanguageOption.withoutLeading(args))),
                environment,
                out,
                err,
                args);
    }

    /** @param router the use of the router's own interface */
    static int run(
            Wiring base,
            RouterPlugin router,
            Map<String, String> environment,
            OutputStream out,
            OutputStream err,
            String... args) {
        LibrarySettings.apply();
        StateFolder.locate(environment).toOptional().ifPresent(FirstSocket::prepare);
        Terminal terminal = terminal(out, err, environment, wished(environment, args));
        int exitCode = new Cli(context(base, router, environment, terminal)).run(args);
        return out instanceof WatchedOutput watched ? told(watched, terminal, exitCode) : exitCode;
    }

    /** A failure of the command itself counts more. */
    private static int told(WatchedOutput out, Terminal terminal, int exitCode) {
        if (out.lost().isEmpty()) {
            return exitCode;
        }
        if (!out.isAbandoned()) {
            String cause = String.valueOf(out.lost().get().getMessage());
            terminal.tell(terminal.text("cli.unwritten", "cause", new RouterText(cause).display()));
        }
        return exitCode == 0 ? ExitCode.UNWRITTEN.number() : exitCode;
    }

    /** Commands on one network. */
    static CliContext context(Wiring base, Map<String, String> environment, Terminal terminal) {
        return context(base, new RouterPlugin(environment, base.neighbours()), environment, terminal);
    }

    private static CliContext context(
            Wiring base, RouterPlugin router, Map<String, String> environment, Terminal terminal) {
        Wiring wiring = base.with(router.protocol(router.approval(terminal)));
        ServiceContext machine =
                machine(wiring, router, attendant -> base.with(router.protocol(attendant)), environment, terminal);
        LocalBackend backend = Boolean.getBoolean(InProcessRelay.PROPERTY)
                ? new LocalBackend(machine, InProcessRelay.in(base))
                : new LocalBackend(machine);
        Wiring command = wiring.forOneCommand();
        return new CliContext(
                terminal,
                new MachinePorts(
                        machine,
                        backend,
                        progress -> ports(command, environment, progress, terminal, backend),
                        router.isAttended(),
                        ServiceSocket.ofThisMachine()),
                shown -> demo(shown, wiring),
                LocalClock.ofThisMachine(),
                backend::setting,
                command.hostProbe(),
                backend,
                wiring.protocols(),
                router.tools(wiring, terminal.messages()));
    }

    private static ServiceContext machine(
            Wiring wiring,
            RouterPlugin router,
            Function<Approval, Wiring> attended,
            Map<String, String> environment,
            Terminal terminal) {
        NameSource enrolled = new LazyNames(() -> router.deviceNames(wiring));
        return new ServiceContext(
                environment,
                wiring.network(),
                wiring.timeline(),
                new SystemPause(),
                new SystemProcesses(),
                wiring.protocols(),
                wiring::keeper,
                new DaemonCommands(attended),
                (store, backend) -> LocalService.on(wiring, store, backend, Progress.silent()),
                (home, devices) -> wiring.deviceNames().or(enrolled).of(home, devices),
                wiring::neighbourList,
                wiring.hostProbe()::secondHop,
                question -> agreed(question, environment, terminal.messages()),
                warning -> warn(terminal, warning));
    }

    /** The launcher tells whether a user sits at the terminal. */
    private static boolean agreed(String question, Map<String, String> environment, Messages messages) {
        return toTerminal("ajar.asks")
                && ConfirmationPrompt.agreed(question, messages, System.in, typed(environment), System.err);
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
                .map(folder -> LocalService.on(
                        wiring,
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
                        router -> EmbeddedWiring.of(router, wiring.timeline())
                                .actions(new MemoryStateStore(), Progress.silent()),
                        wiring.timeline(),
                        terminal.out(),
                        terminal.messages())
                .tell();
    }

    /**
     * What the launcher tells: true or false, or "console" where a shell cannot find out (Windows). There the JDK does,
     * for standard input and output together: the launcher chooses java.base's console, which is null without a
     * terminal.
     */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean toTerminal(String property) {
        String told = System.getProperty(property, "");
        return told.equals(CONSOLE) ? System.console() != null : Boolean.parseBoolean(told);
    }

    /**
     * The sentences for the user: those asked for with the command, or else in the environment, or else by the system.
     */
    static Messages wished(Map<String, String> environment, String... args) {
        String option = "";
        for (String arg : args) {
            if (arg.startsWith("--lang")) {
                option = LanguageOption.given(args).orElse("");
                break;
            }
        }
        // Windows tells no program its user's language by the environment.
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        String system =
                windows ? System.getProperty("user.language", "") + "_" + System.getProperty("user.country", "") : "";
        return Messages.wished(
                option,
                environment.getOrDefault("AJAR_LANG", ""),
                environment.getOrDefault("LC_ALL", ""),
                environment.getOrDefault("LC_MESSAGES", ""),
                environment.getOrDefault("LANG", ""),
                system);
    }

    /**
     * Whether a stream of Windows is a console although standard input or the other stream is none, as after
     * {@code ajar list < NUL}: consoles have a code page of their own in most languages, and the JDK names it for them
     * alone.
     *
     * @param encoding of the stream
     * @param files the charset of files and pipes on this system, {@code native.encoding}
     */
    static boolean isConsole(String system, String encoding, String files) {
        return system.startsWith("Windows") && !encoding.isEmpty() && !encoding.equals(files);
    }

    private static boolean isConsole(String stream) {
        return isConsole(
                System.getProperty("os.name", ""),
                System.getProperty(stream, ""),
                System.getProperty("native.encoding", ""));
    }

    /** How the terminal encodes what is typed: before Java 25 that is told of what it shows alone. */
    static Charset typed(Map<String, String> environment) {
        String told = System.getProperty("stdin.encoding", System.getProperty("stdout.encoding", ""));
        return charset(true, encoding(told, environment));
    }

    /**
     * Where the C library has not installed the user's locale, as on most servers that one comes to by ssh, it says
     * ASCII; the name of the locale still says what the terminal shows.
     *
     * @param encoding that the JDK found
     */
    static String encoding(String encoding, Map<String, String> environment) {
        if (!encoding.equals("ANSI_X3.4-1968") && !encoding.equals("US-ASCII")) {
            return encoding;
        }
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        return locale.toLowerCase(Locale.ROOT).matches(".*\\.utf-?8(@.*)?") ? "UTF-8" : encoding;
    }

    /** A terminal shows the characters of one charset, at least those of ASCII; files and pipes get UTF-8. */
    static Charset charset(boolean terminal, String encoding) {
        if (!terminal || encoding.equals("UTF-8")) {
            return StandardCharsets.UTF_8;
        }
        boolean known = !encoding.isEmpty() && Charset.isSupported(encoding);
        return known ? Charset.forName(encoding) : StandardCharsets.US_ASCII;
    }

    /** The launcher tells whether stdout is a terminal: the JDK has no portable way to. */
    private static Terminal terminal(
            OutputStream out, OutputStream err, Map<String, String> environment, Messages wished) {
        boolean terminal = toTerminal("ajar.terminal");
        boolean colour = terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        Charset charset = charset(
                terminal || isConsole("stdout.encoding"),
                encoding(System.getProperty("stdout.encoding", ""), environment));
        Charset errors = charset(
                terminal || isConsole("stderr.encoding"),
                encoding(System.getProperty("stderr.encoding", ""), environment));
        int columns =
                terminal ? columns(System.getProperty("ajar.columns", ""), environment.getOrDefault("COLUMNS", "")) : 0;
        return terminal(out, err, colour, columns, charset, errors, wished);
    }

    /** The width of the terminal: as the launcher saw it, or as the shell says, or as most are. */
    static int columns(String seen, String told) {
        for (String text : new String[] {seen, told}) {
            if (text.matches("[1-9]\\d{1,3}")) {
                return Math.max(NARROWEST, Integer.parseInt(text));
            }
        }
        return USUAL_COLUMNS;
    }

    /** English where the terminal cannot show the letters of the language. */
    static Terminal terminal(
            OutputStream out,
            OutputStream err,
            boolean colour,
            int columns,
            Charset charset,
            Charset errors,
            Messages wished) {
        boolean shows = canShow(wished, charset) && canShow(wished, errors);
        boolean unicode =
                charset.equals(StandardCharsets.UTF_8) || charset.newEncoder().canEncode('→');
        return new Terminal(
                writer(out, charset), writer(err, errors), colour, unicode, columns, shows ? wished : Messages.ENGLISH);
    }

    private static boolean canShow(Messages wished, Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) || wished.canBeShown(charset.newEncoder());
    }

    private static PrintWriter writer(OutputStream stream, Charset charset) {
        return charset.equals(StandardCharsets.UTF_8)
                ? new PrintWriter(new OutputStreamWriter(stream, charset), true)
                : PlainWriter.on(stream, charset);
    }
}
