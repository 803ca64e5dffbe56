package dev.ajar.cli;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.reference.CommandReference;
import dev.ajar.cli.reference.CommandReference.OptionReference;
import dev.ajar.cli.reference.CommandReference.ParameterReference;
import dev.ajar.cli.reference.CompletionValues;
import dev.ajar.cli.reference.CompletionValues.More;
import dev.ajar.cli.reference.Shell;
import dev.ajar.message.Language;
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

    private CompletionValues optionWords(OptionSpec option) {
        return switch (option.longestName()) {
            case "--method" -> CompletionValues.of(methods());
            case "--lease" -> CompletionValues.of(with(LEASES, "permanent"));
            case "--for", "--stay", "--idle" -> CompletionValues.of(LEASES);
            case "--every" -> CompletionValues.of("10m", "20m", "30m", "1h");
            case "--since" -> CompletionValues.of("1h", "1d", "2d", "7d");
            case "--timeout" -> CompletionValues.of("10s", "30s", "1m");
            case "--external-port" -> CompletionValues.of("any");
            case "--gateway" -> CompletionValues.of("all");
            case "--lang" -> CompletionValues.of(languages());
            case "--rate" -> CompletionValues.of("20", "off");
            case "--proxy-protocol" -> CompletionValues.of("v1", "v2");
            case "--preset" -> CompletionValues.of(presets);
            case "--router" -> CompletionValues.of(routers);
            case "--open" -> CompletionValues.of(presets).with(More.PROTOCOLS);
            case "--yes-expose" -> CompletionValues.of(new ServiceCatalog().ids());
            case "--max-connections" -> CompletionValues.of("100", "1000", "10000");
            case "--per-source" -> CompletionValues.of("10", "50");
            case "--interface" -> CompletionValues.NONE.with(More.INTERFACES);
            case "--from-address" -> CompletionValues.NONE.with(More.ADDRESSES);
            case "--to" -> CompletionValues.NONE.with(More.DEVICES);
            case "--config", "--bundle" -> CompletionValues.FILES;
            default -> CompletionValues.NONE;
        };
    }

    private CompletionValues parameterWords(String command, CommandLine root) {
        return switch (command) {
            case "open", "guide" -> CompletionValues.of(presets).with(More.PROTOCOLS);
            case "check", "doctor" -> CompletionValues.of(presets).with(More.OPEN_PORTS);
            case "close", "extend" -> CompletionValues.NONE.with(More.OPEN_PORTS);
            case "relay" -> CompletionValues.of("status", "list", "stop");
            case "router" -> CompletionValues.of("add", "list", "forget", "trust", "upnp");
            case "service" -> CompletionValues.of("install", "remove", "status");
            case "run" -> CompletionValues.NONE.with(More.PROGRAM);
            case "config" -> CompletionValues.of("check").with(More.FILES);
            case "presets" ->
                CompletionValues.of(Stream.concat(presets.stream(), Stream.of("show", "save", "remove"))
                        .toList());
            case "routers" -> CompletionValues.of(with(routers, "show"));
            case "completion" ->
                CompletionValues.of(Stream.of(Shell.values()).map(Shell::word).toList());
            case "help" -> CompletionValues.of(List.copyOf(root.getSubcommands().keySet()));
            default -> CompletionValues.NONE;
        };
    }

    private List<String> methods() {
        List<String> all = new ArrayList<>(List.of("auto"));
        context.protocols().all().forEach(protocol -> all.add(protocol.key().replace('_', '-')));
        return all;
    }

    /** Without regions, which {@code --lang} does not need. */
    private static List<String> languages() {
        return Stream.concat(
                        Stream.of("en"),
                        Stream.of(Language.values()).map(one -> one.code().split("_", 2)[0]))
                .toList();
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
