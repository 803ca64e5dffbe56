package dev.ajar.cli.option;

import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.RelayTerms;
import dev.ajar.syntax.TimeSyntax;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** On what terms a relay carries, as options. */
public final class RelayOptions {
    private final OptionSpec allow =
            OptionBuilder.texts("--allow", "1", "CIDR", "Who may come in, such as 203.0.113.0/24. Default: everybody.");
    private final OptionSpec maxConnections =
            OptionBuilder.text("--max-connections", "N", "Connections at once for each rule. Default: 2000.");
    private final OptionSpec perSource =
            OptionBuilder.text("--per-source", "N", "Of those from one address. Default: 32.");
    private final OptionSpec rate = OptionBuilder.text(
            "--rate",
            "N",
            "New connections a second from one address, ten times that from all; off for any number. Default: 20.");
    private final OptionSpec idle = OptionBuilder.text(
            "--idle", "TIME", "End connections on which nothing passes for that long. Default: 2h4m, UDP 2m.");
    private final OptionSpec proxy =
            OptionBuilder.text("--proxy-protocol", "V", "Tell the device who came in: v1 or v2 of the PROXY protocol.");

    public void addTo(CommandSpec spec) {
        spec.addOption(allow)
                .addOption(maxConnections)
                .addOption(perSource)
                .addOption(rate)
                .addOption(idle)
                .addOption(proxy);
    }

    public RelayTerms terms() throws InvalidInputException {
        return new RelayTerms(
                RelayTerms.allow(OptionBuilder.all(allow)),
                given(maxConnections, text -> RelayTerms.count("--max-connections", text)),
                given(perSource, text -> RelayTerms.count("--per-source", text)),
                given(rate, RelayTerms::rate),
                given(idle, TimeSyntax::idle),
                given(proxy, RelayTerms::proxy));
    }

    @FunctionalInterface
    private interface TermParser<T> {
        T parse(String text) throws InvalidInputException;
    }

    private static <T> Optional<T> given(OptionSpec option, TermParser<T> parser) throws InvalidInputException {
        @Nullable String text = OptionBuilder.given(option);
        return text == null ? Optional.empty() : Optional.of(parser.parse(text));
    }
}
