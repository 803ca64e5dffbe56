package dev.ajar.cli.relay;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.Consent;
import dev.ajar.cli.option.GatewayOptions;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.option.RelayOptions;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.LeaseDuration;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.RelaySyntax;
import dev.ajar.syntax.TimeSyntax;
import java.util.List;
import java.util.Optional;

/** {@code ajar relay}. */
public final class RelayCommand implements CliCommand {
    private final CliContext context;
    private final GatewayOptions gatewayOptions;
    private final RelayOptions relayOptions = new RelayOptions();
    private final PositionalParamSpec rules = OptionBuilder.words("RULE", Message.of("help.relay.rules"));
    private final OptionSpec udp = OptionBuilder.flag(Message.of("help.relay.udp"), "--udp");
    private final OptionSpec noMap = OptionBuilder.flag(Message.of("help.relay.no-map"), "--no-map");
    private final OptionSpec lease = OptionBuilder.text("--lease", "TIME", Message.of("help.option.lease"));
    private final OptionSpec stay = OptionBuilder.text("--for", "TIME", Message.of("help.option.stay"));
    private final OptionSpec exposed = OptionBuilder.exposed();
    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.TROUBLE);
    private final OptionSpec json = OptionBuilder.flag(Message.of("help.relay.json"), "--json");

    public RelayCommand(CliContext context) {
        this.context = context;
        this.gatewayOptions = new GatewayOptions(context.settings(), context.protocols());
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(rules)
                .addOption(udp)
                .addOption(noMap)
                .addOption(lease)
                .addOption(stay)
                .addOption(exposed)
                .addOption(json)
                .addOption(quiet);
        relayOptions.addTo(empty);
        gatewayOptions.addChoiceTo(empty);
        OptionBuilder.describe(
                empty, Message.of("help.relay"), Message.of("help.relay.examples"), Message.of("help.relay.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> words = OptionBuilder.all(rules);
        Optional<ExitCode> done = new RelayVerbs(
                        context, OptionBuilder.isSet(json), OptionBuilder.isSet(quiet), OptionBuilder.isSet(udp))
                .of(words);
        return done.isPresent() ? done.get().number() : relay(words);
    }

    private int relay(List<String> words) throws InvalidInputException {
        if (words.isEmpty()) {
            throw new InvalidInputException(Message.of("relay.which-rule"));
        }
        if (OptionBuilder.isSet(json)) {
            throw new InvalidInputException(Message.of("relay.json-is-for-status"));
        }
        if (gatewayOptions.isByHand()) {
            throw new InvalidInputException(Message.of("relay.manual"));
        }
        LeaseDuration duration = context.lease(OptionBuilder.given(lease));
        return new RelayRunner(context, OptionBuilder.isSet(quiet))
                .run(
                        RelaySyntax.parse(words, OptionBuilder.isSet(udp)),
                        relayOptions.terms(),
                        OptionBuilder.isSet(noMap) ? Optional.empty() : Optional.of(duration),
                        gatewayOptions.one(context.hostProbe()::routes, context.hostProbe()::isOwn),
                        OptionBuilder.value(stay, TimeSyntax::stay),
                        Consent.of(exposed))
                .number();
    }
}
