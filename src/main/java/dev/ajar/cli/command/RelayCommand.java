package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.cli.option.GatewayOptions;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.RelayOptions;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.RelayText;
import dev.ajar.model.LeaseDuration;
import dev.ajar.relay.RelayReport;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.RelaySyntax;
import dev.ajar.syntax.TimeSyntax;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ajar relay}. */
public final class RelayCommand implements CliCommand {
    private static final String DEFAULT_LEASE = "1h";
    private static final String STATUS = "status";

    private final CliContext context;
    private final GatewayOptions gatewayOptions;
    private final RelayOptions relayOptions = new RelayOptions();
    private final PositionalParamSpec rules = OptionBuilder.words(
            "RULE", "EXTERNAL:DEVICE:PORT, then /tcp, /udp or /both. EXTERNAL may be a range. status shows what runs.");
    private final OptionSpec udp = OptionBuilder.flag("Rules that name no protocol are for UDP.", "--udp");
    private final OptionSpec noMap =
            OptionBuilder.flag("Only relay: the rule on the router is there already.", "--no-map");
    private final OptionSpec lease =
            OptionBuilder.text("--lease", "TIME", "How long each lease is; it is renewed. Default: 1h.");
    private final OptionSpec stay = OptionBuilder.text("--for", "TIME", "End after that time. Default: at Ctrl-C.");
    private final OptionSpec exposed = OptionBuilder.exposed();
    private final OptionSpec json = OptionBuilder.flag("With status: one JSON document (docs/json.md).", "--json");

    public RelayCommand(CliContext context) {
        this.context = context;
        this.gatewayOptions = new GatewayOptions(context.settings());
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(rules)
                .addOption(udp)
                .addOption(noMap)
                .addOption(lease)
                .addOption(stay)
                .addOption(exposed)
                .addOption(json);
        relayOptions.addTo(empty);
        gatewayOptions.addChoiceTo(empty);
        OptionBuilder.describe(
                empty,
                "Carry a port to a device that cannot ask the router itself: a camera, a console, a printer.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar relay 8554:192.168.1.20:554        a camera's stream, as port 8554",
                        "  ajar relay 3074:192.168.1.30/both       a console, TCP and UDP",
                        "  ajar relay 50000-50049:192.168.1.40     a range, port by port",
                        "  ajar relay 554@8554:192.168.1.20:554    as port 554 outside, without being root",
                        "  ajar relay 8554:192.168.1.20:554 --allow 203.0.113.0/24 --for 2h",
                        "  ajar relay status                       what runs, and how much it carries",
                        ""),
                List.of(
                        "",
                        "It runs until Ctrl-C, and then closes the port. As a service: [[relay]] in the",
                        "configuration file, docs/relay.md. The device sees this machine's address;",
                        "--proxy-protocol tells it who came in."));
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> words = OptionBuilder.all(rules);
        if (!words.isEmpty() && words.getFirst().equals(STATUS)) {
            if (words.size() > 1) {
                throw new InvalidInputException("ajar relay status shows everything that runs; it takes no rule");
            }
            return status();
        }
        return relay(words);
    }

    private int status() {
        List<RelayReport> reports = context.backend().relays();
        if (OptionBuilder.isSet(json)) {
            context.terminal().out().println(RelayText.json(reports));
        } else {
            RelayText.print(context.terminal(), reports);
        }
        return ExitCode.DONE.number();
    }

    private int relay(List<String> words) throws InvalidInputException {
        if (words.isEmpty()) {
            throw new InvalidInputException(
                    "what shall be carried where? Write it like: ajar relay 8554:192.168.1.20:554");
        }
        if (OptionBuilder.isSet(json)) {
            throw new InvalidInputException("--json is for: ajar relay status");
        }
        if (gatewayOptions.isByHand()) {
            throw new InvalidInputException("--method manual: for a rule you made yourself there is --no-map");
        }
        String time = OptionBuilder.given(lease);
        LeaseDuration duration = TimeSyntax.lease(
                time != null ? time : context.settings().apply("lease").orElse(DEFAULT_LEASE));
        String end = OptionBuilder.given(stay);
        return new RelayRunner(context)
                .run(
                        RelaySyntax.parse(words, OptionBuilder.isSet(udp)),
                        relayOptions.terms(),
                        OptionBuilder.isSet(noMap) ? Optional.empty() : Optional.of(duration),
                        gatewayOptions.one(context.hostProbe()::routes),
                        end == null ? Optional.empty() : Optional.of(TimeSyntax.stay(end)),
                        Set.copyOf(OptionBuilder.all(exposed)))
                .number();
    }
}
