package dev.ajar.cli.command;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.hint.DeviceQuestion;
import dev.ajar.cli.hint.OwnInterfaceLines;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.GuideText;
import dev.ajar.doctor.HostProbe;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.RouterText;
import dev.ajar.service.Guidance;
import dev.ajar.service.PortService;
import dev.ajar.service.RouterRecognition;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSelection;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar guide}: how to forward a port by hand on the user's own router. */
public final class GuideCommand extends GatewayCommand {
    private static final Duration SEARCH = Duration.ofSeconds(2);

    private final PositionalParamSpec ports = OptionBuilder.ports(Message.of("help.option.ports"));
    private final OptionSpec router = OptionBuilder.text("--router", "NAME", Message.of("help.guide.router"));
    private final OptionSpec to = OptionBuilder.text("--to", "IP", Message.of("help.option.to"));
    private final OptionSpec markdown = OptionBuilder.flag(Message.of("help.guide.markdown"), "--markdown");
    private PortSelection selected = new PortSelection(List.of(), List.of());
    private Optional<InetAddress> client = Optional.empty();
    private Optional<RouterRecognition> named = Optional.empty();

    public GuideCommand(CliContext context) {
        super(context, Quiet.ANSWER);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(router).addOption(to).addOption(markdown);
        OptionBuilder.describe(
                own, Message.of("help.guide"), Message.of("help.guide.examples"), Message.of("help.guide.end"));
    }

    @Override
    protected void check() throws InvalidInputException {
        selected = ports();
        client = OptionBuilder.value(to, AddressSyntax::device);
        HostProbe hostProbe = context().hostProbe();
        named = OptionBuilder.value(router, name -> RouterRecognition.named(name, hostProbe));
        if (client.isEmpty()) {
            DeviceQuestion.ask("guide", selected, hostProbe);
        }
        if (client.isEmpty() && here(hostProbe).isEmpty()) {
            throw new InvalidInputException(Message.of("command.guide-no-address"));
        }
    }

    /** A make of router among the ports is told with its option. */
    private PortSelection ports() throws InvalidInputException {
        List<String> words = OptionBuilder.all(ports);
        try {
            return PortSelection.of(words, null, context().presets());
        } catch (InvalidInputException e) {
            GuideCatalog routers = new GuideCatalog();
            Optional<String> make = words.stream()
                    .filter(word -> routers.find(word).isPresent())
                    .findFirst();
            if (make.isEmpty()) {
                throw e;
            }
            List<String> others =
                    words.stream().filter(word -> !word.equals(make.get())).toList();
            throw new InvalidInputException(Message.of(
                    "command.guide-make",
                    "name",
                    make.get(),
                    "ports",
                    others.isEmpty() ? "25565" : new RouterText(String.join(" ", others)).display()));
        }
    }

    /** After the application, where all rules are for one and a form can tell them apart. */
    private Optional<String> name() {
        boolean alone = selected.applications().size() == 1
                && selected.requests().stream()
                                .map(PortRequest::externalPort)
                                .distinct()
                                .count()
                        == 1;
        return alone
                ? Optional.of(selected.applications().getFirst().id())
                        .map(id -> Character.toUpperCase(id.charAt(0)) + id.substring(1))
                : Optional.empty();
    }

    private static Optional<InetAddress> here(HostProbe hostProbe) {
        return hostProbe
                .home()
                .or(() -> hostProbe.routes().stream().findFirst())
                .map(LocalRoute::localAddress);
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        InetAddress here = here(context().hostProbe()).or(() -> client).orElseThrow();
        List<Mapping> mappings = PortRequest.toMappings(
                selected.requests(),
                MappingTerms.of(LeaseDuration.PERMANENT).to(client).called(name()));
        Guidance guidance = service.guide(new ServiceRequest.Guide(mappings, named, here, selection, SEARCH));
        Walkthrough walk = guidance.walk();
        if (output().json()) {
            terminal().document(GuideText.json(walk, guidance.how().toString()));
        } else {
            List<String> lines = OptionBuilder.isSet(markdown)
                    ? GuideText.markdown(terminal(), walk, guidance.how())
                    : GuideText.text(terminal(), walk, guidance.how());
            lines.forEach(terminal()::say);
            List<Message> instead = OwnInterfaceLines.below(walk.guide().id());
            if (!instead.isEmpty()) {
                terminal().say("");
                instead.forEach(line -> terminal().say(terminal().text(line)));
            }
            // A rule made by hand exposes the port as much as one ajar makes.
            if (!output().quiet()) {
                selected.warnings(new ServiceCatalog(), mappings)
                        .forEach(warning -> terminal().tell(terminal().text(warning)));
            }
        }
        return ExitCode.DONE;
    }
}
