package dev.ajar.cli;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.RelaySyntax;
import dev.ajar.cli.input.TimeSyntax;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonRelays;
import dev.ajar.cli.output.RelayReport;
import dev.ajar.cli.output.RelayText;
import dev.ajar.model.LeaseDuration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ajar relay}. */
final class RelayCommand implements Verb {
    private static final String DEFAULT_LEASE = "1h";
    private static final String STATUS = "status";

    private final Surroundings surroundings;
    private final GatewayOptions gatewayOptions;
    private final RelayOptions relayOptions = new RelayOptions();
    private final PositionalParamSpec rules = Grammar.words(
            "RULE", "EXTERNAL:DEVICE:PORT, then /tcp, /udp or /both. EXTERNAL may be a range. status shows what runs.");
    private final OptionSpec udp = Grammar.flag("Rules that name no protocol are for UDP.", "--udp");
    private final OptionSpec noMap = Grammar.flag("Only relay: the rule on the router is there already.", "--no-map");
    private final OptionSpec lease =
            Grammar.text("--lease", "TIME", "How long each lease is; it is renewed. Default: 1h.");
    private final OptionSpec stay = Grammar.text("--for", "TIME", "End after that time. Default: at Ctrl-C.");
    private final OptionSpec exposed = Grammar.exposed();
    private final OptionSpec json = Grammar.flag("With status: one JSON document (docs/json.md).", "--json");

    RelayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.gatewayOptions = new GatewayOptions(surroundings.settings());
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
        Grammar.describe(
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
    public Integer call() throws BadInput {
        List<String> words = Grammar.all(rules);
        if (!words.isEmpty() && words.getFirst().equals(STATUS)) {
            if (words.size() > 1) {
                throw new BadInput("ajar relay status shows everything that runs; it takes no rule");
            }
            return status();
        }
        return relay(words);
    }

    private int status() {
        List<RelayReport> reports = surroundings.life().relays();
        if (Grammar.isSet(json)) {
            surroundings.terminal().out().println(JsonRelays.status(reports));
        } else {
            RelayText.print(surroundings.terminal(), reports);
        }
        return ExitCode.DONE.number();
    }

    private int relay(List<String> words) throws BadInput {
        if (words.isEmpty()) {
            throw new BadInput("what shall be carried where? Write it like: ajar relay 8554:192.168.1.20:554");
        }
        if (Grammar.isSet(json)) {
            throw new BadInput("--json is for: ajar relay status");
        }
        if (gatewayOptions.isByHand()) {
            throw new BadInput("--method manual: for a rule you made yourself there is --no-map");
        }
        String time = Grammar.given(lease);
        LeaseDuration duration = TimeSyntax.lease(
                time != null ? time : surroundings.settings().apply("lease").orElse(DEFAULT_LEASE));
        String end = Grammar.given(stay);
        return new RelayRun(surroundings)
                .run(
                        RelaySyntax.parse(words, Grammar.isSet(udp)),
                        relayOptions.terms(),
                        Grammar.isSet(noMap) ? Optional.empty() : Optional.of(duration),
                        gatewayOptions.one(surroundings.premises()::routes),
                        end == null ? Optional.empty() : Optional.of(TimeSyntax.stay(end)),
                        Set.copyOf(Grammar.all(exposed)))
                .number();
    }
}
