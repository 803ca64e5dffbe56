package dev.ajar.cli;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.cli.command.CliContext;
import dev.ajar.cli.reference.CommandReference;
import dev.ajar.cli.reference.CommandReference.OptionReference;
import dev.ajar.cli.reference.CommandReference.ParameterReference;
import dev.ajar.cli.reference.Shell;
import dev.ajar.cli.reference.Words;
import dev.ajar.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads picocli's grammar of all commands for manual pages and completions, and says what a shell offers where. */
final class Grammar {
    private static final List<String> LEASES = List.of("30m", "1h", "2h", "12h", "7d");

    private final CliContext context;
    private final List<String> presets;
    private final List<String> routers;

    Grammar(CliContext context) {
        this.context = context;
        presets = new ApplicationCatalog().all().stream().map(Application::id).toList();
        routers = new GuideCatalog().all().stream().map(RouterGuide::id).toList();
    }

    /** @param root with all its commands */
    List<CommandReference> of(CommandLine root) {
        return Stream.concat(Stream.of(root), root.getSubcommands().values().stream())
                .map(line -> command(line.getCommandSpec(), root))
                .toList();
    }

    private CommandReference command(CommandSpec spec, CommandLine root) {
        String name = spec.name();
        List<OptionReference> options = spec.options().stream()
                .map(option -> new OptionReference(
                        List.of(option.names()),
                        option.arity().max() == 0 ? "" : option.paramLabel(),
                        text(option.description()),
                        optionWords(option)))
                .toList();
        List<ParameterReference> parameters = spec.positionalParameters().stream()
                .map(parameter -> new ParameterReference(
                        label(parameter), text(parameter.description()), parameterWords(name, root)))
                .toList();
        return new CommandReference(
                name,
                text(spec.usageMessage().header()),
                lines(spec.usageMessage().description()),
                lines(spec.usageMessage().footer()),
                options,
                parameters);
    }

    private static String label(ArgSpec parameter) {
        String label = parameter.paramLabel();
        boolean several = parameter.arity().max() > 1 && !label.contains(" ");
        return several ? label + "..." : label;
    }

    private Words optionWords(OptionSpec option) {
        return switch (option.longestName()) {
            case "--method" -> Words.of(methods());
            case "--lease" -> Words.of(with(LEASES, "permanent"));
            case "--for", "--stay", "--idle" -> Words.of(LEASES);
            case "--every" -> Words.of("10m", "20m", "30m", "1h");
            case "--since" -> Words.of("1h", "1d", "2d", "7d");
            case "--timeout" -> Words.of("10s", "30s", "1m");
            case "--external-port" -> Words.of("any");
            case "--gateway" -> Words.of("all");
            case "--rate" -> Words.of("20", "off");
            case "--proxy-protocol" -> Words.of("v1", "v2");
            case "--preset" -> Words.of(presets);
            case "--router" -> Words.of(routers);
            case "--open" -> Words.of(presets);
            case "--config", "--bundle" -> Words.FILES;
            default -> Words.NONE;
        };
    }

    private Words parameterWords(String command, CommandLine root) {
        return switch (command) {
            case "open", "guide" -> Words.of(presets);
            case "check", "doctor" -> Words.of(presets).with(Words.More.OPEN_PORTS);
            case "close", "extend" -> Words.NONE.with(Words.More.OPEN_PORTS);
            case "relay" -> Words.of("status", "list", "stop");
            case "service" -> Words.of("install", "remove", "status");
            case "run" -> Words.NONE.with(Words.More.PROGRAM);
            case "config" -> Words.of("check").with(Words.More.FILES);
            case "presets" ->
                Words.of(Stream.concat(presets.stream(), Stream.of("show", "save", "remove"))
                        .toList());
            case "routers" -> Words.of(with(routers, "show"));
            case "completion" ->
                Words.of(Stream.of(Shell.values()).map(Shell::word).toList());
            case "help" -> Words.of(List.copyOf(root.getSubcommands().keySet()));
            default -> Words.NONE;
        };
    }

    private List<String> methods() {
        List<String> all = new ArrayList<>(List.of("auto"));
        context.protocols().all().forEach(protocol -> all.add(protocol.key().replace('_', '-')));
        return all;
    }

    private static List<String> with(List<String> words, String one) {
        return Stream.concat(words.stream(), Stream.of(one)).toList();
    }

    /** The grammar holds keys of messages until help is shown. */
    private String text(String[] key) {
        return key.length == 0 ? "" : context.terminal().text(Message.of(key[0]));
    }

    private List<String> lines(String[] key) {
        return text(key).lines().toList();
    }
}
