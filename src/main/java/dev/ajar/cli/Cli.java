package dev.ajar.cli;

import dev.ajar.cli.command.AddressCommand;
import dev.ajar.cli.command.CheckCommand;
import dev.ajar.cli.command.CloseCommand;
import dev.ajar.cli.command.ConfigCommand;
import dev.ajar.cli.command.ContainersCommand;
import dev.ajar.cli.command.DaemonCommand;
import dev.ajar.cli.command.DemoCommand;
import dev.ajar.cli.command.DiscoverCommand;
import dev.ajar.cli.command.DoctorCommand;
import dev.ajar.cli.command.ExtendCommand;
import dev.ajar.cli.command.GuideCommand;
import dev.ajar.cli.command.KubernetesCommand;
import dev.ajar.cli.command.ListCommand;
import dev.ajar.cli.command.OpenCommand;
import dev.ajar.cli.command.PresetsCommand;
import dev.ajar.cli.command.RenewCommand;
import dev.ajar.cli.command.RoutersCommand;
import dev.ajar.cli.command.RunCommand;
import dev.ajar.cli.command.ServiceCommand;
import dev.ajar.cli.command.StatusCommand;
import dev.ajar.cli.command.WatchCommand;
import dev.ajar.cli.command.WebCommand;
import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.reference.CommandReference;
import dev.ajar.cli.relay.RelayCommand;
import dev.ajar.cli.render.Terminal;
import dev.ajar.cli.router.RouterCommand;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command line: from arguments to an exit code. */
public final class Cli {
    /** What to do instead comes at its end. */
    private static final int LONGEST_SENTENCE = 512;

    private static final Map<String, Function<CliContext, CliCommand>> COMMANDS = commands();

    private final CliContext context;

    public Cli(CliContext context) {
        this.context = context;
    }

    private static Map<String, Function<CliContext, CliCommand>> commands() {
        Map<String, Function<CliContext, CliCommand>> commands = new LinkedHashMap<>();
        commands.put("open", OpenCommand::new);
        commands.put("close", CloseCommand::new);
        commands.put("extend", ExtendCommand::new);
        commands.put("list", ListCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("address", AddressCommand::new);
        commands.put("run", RunCommand::new);
        commands.put("relay", RelayCommand::new);
        commands.put("renew", RenewCommand::new);
        commands.put("daemon", DaemonCommand::new);
        commands.put("containers", ContainersCommand::new);
        commands.put("watch", WatchCommand::new);
        commands.put("web", WebCommand::new);
        commands.put("service", ServiceCommand::new);
        commands.put("config", ConfigCommand::new);
        commands.put("discover", DiscoverCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("guide", GuideCommand::new);
        commands.put("presets", PresetsCommand::new);
        commands.put("routers", RoutersCommand::new);
        commands.put("router", RouterCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("help", HelpCommand::new);
        commands.put("version", VersionCommand::new);
        return commands;
    }

    /** Those that no user types: a class for each is loaded only where one is named, or all are listed. */
    private static Map<String, Function<CliContext, CliCommand>> rare() {
        return Map.of("kubernetes", KubernetesCommand::new);
    }

    private static Optional<Function<CliContext, CliCommand>> named(String command) {
        // Without a lambda, which each start would link.
        @Nullable Function<CliContext, CliCommand> usual = COMMANDS.get(command);
        return Optional.ofNullable(usual == null && !command.isEmpty() ? rare().get(command) : usual);
    }

    private static Map<String, Function<CliContext, CliCommand>> all() {
        Map<String, Function<CliContext, CliCommand>> all = new LinkedHashMap<>(COMMANDS);
        all.putAll(rare());
        return all;
    }

    public int run(String... typed) {
        Terminal terminal = context.terminal();
        boolean language = typed.length > 0 && namesLanguage(typed);
        String[] args = language ? LanguageOption.withoutLeading(typed) : typed;
        CommandLine line = commandLine(args);
        int exitCode = language && LanguageOption.problem(typed).isPresent()
                ? usage(
                        new ParameterException(line, ""),
                        LanguageOption.problem(typed).get(),
                        typed)
                : line.execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return exitCode;
    }

    /** Whether {@link LanguageOption} has to look at the arguments: most starts do without it. */
    private static boolean namesLanguage(String... args) {
        for (String arg : args) {
            if (arg.startsWith("--lang")) {
                return true;
            }
        }
        return false;
    }

    static boolean knows(String command) {
        return named(command).isPresent();
    }

    /** All commands with their texts, {@code ajar} itself first. */
    public List<CommandReference> reference() {
        return new Grammar(context).of(commandLine());
    }

    /** Builds the grammar of the command that the user named; of all commands only to list them. */
    private CommandLine commandLine(String... args) {
        String first = args.length > 0 ? args[0] : "";
        Optional<CliCommand> named = named(first).map(command -> command.apply(context));
        named.ifPresent(CliCommand::begin);
        CommandLine root = line(new AjarCommand(context.terminal()));
        if (named.isPresent()) {
            root.addSubcommand(first, line(named.get()));
        } else {
            all().forEach((name, command) -> root.addSubcommand(name, line(command.apply(context))));
        }
        Terminal terminal = context.terminal();
        Terminal sized = HelpTexts.sized(terminal);
        Help.Ansi ansi = terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF;
        // An argument that begins with @ is not the name of a file of arguments.
        return root.setExpandAtFiles(false)
                .setOut(HelpLayout.wrapping(sized))
                .setErr(terminal.err())
                .setHelpFactory(new HelpTexts(sized))
                .setUsageHelpWidth(HelpTexts.UNWRAPPED)
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setParameterExceptionHandler(this::usage)
                .setExecutionExceptionHandler((e, line, parsed) -> e instanceof InvalidInputException
                        ? usage(new ParameterException(line, "", e), args)
                        : bug(e, line, args));
    }

    private static CommandLine line(CliCommand command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        command.define(spec);
        spec.addOption(OptionBuilder.help()).addOption(OptionBuilder.language());
        return new CommandLine(spec).setStopAtPositional(command.stopsAtCommand());
    }

    private static boolean wantsJson(String... args) {
        return Arrays.asList(args).contains("--json");
    }

    private int usage(ParameterException e, String... args) {
        return usage(e, UsageProblem.of(e), args);
    }

    private int usage(ParameterException e, Message problem, String... args) {
        Terminal terminal = context.terminal();
        String command = e.getCommandLine().getCommandName();
        if (wantsJson(args)) {
            terminal.document(JsonReports.usage(command, problem));
        } else {
            String help = command.equals("ajar") ? "ajar --help" : "ajar " + command + " --help";
            terminal.tell(terminal.text("cli.usage", "problem", shown(terminal.text(problem)), "help", help));
        }
        return ExitCode.USAGE.number();
    }

    /** A sentence without control characters, which an argument may contain. */
    private static String shown(String text) {
        return new RouterText(text).display(LONGEST_SENTENCE);
    }

    private int bug(Exception e, CommandLine line, String... args) {
        Terminal terminal = context.terminal();
        String problem = shown(e.toString());
        if (wantsJson(args)) {
            terminal.document(JsonReports.bug(line.getCommandName(), problem));
        } else {
            terminal.tell(terminal.text("cli.bug", "problem", problem));
            terminal.tell(terminal.text("cli.report-bug"));
        }
        List<String> given = Arrays.asList(args);
        if (given.contains("-v") || given.contains("--verbose")) {
            e.printStackTrace(terminal.err());
        }
        return ExitCode.BUG.number();
    }
}
