package dev.ajar.cli.option;

import dev.ajar.message.Message;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.OptionName;
import dev.ajar.syntax.RelayTerms;
import dev.ajar.syntax.TimeSyntax;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options for the terms of a relay. */
public final class RelayOptions {
    private final OptionSpec allow = OptionBuilder.texts("--allow", "1", "CIDR", Message.of("help.option.allow"));
    private final OptionSpec maxConnections =
            OptionBuilder.text("--max-connections", "N", Message.of("help.option.max-connections"));
    private final OptionSpec perSource = OptionBuilder.text("--per-source", "N", Message.of("help.option.per-source"));
    private final OptionSpec rate = OptionBuilder.text("--rate", "N", Message.of("help.option.rate"));
    private final OptionSpec idle = OptionBuilder.text("--idle", "TIME", Message.of("help.option.idle"));
    private final OptionSpec proxy =
            OptionBuilder.text("--proxy-protocol", "V", Message.of("help.option.proxy-protocol"));

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
                OptionBuilder.value(maxConnections, text -> RelayTerms.count(OptionName.MAX_CONNECTIONS, text)),
                OptionBuilder.value(perSource, text -> RelayTerms.count(OptionName.PER_SOURCE, text)),
                OptionBuilder.value(rate, RelayTerms::rate),
                OptionBuilder.value(idle, TimeSyntax::idle),
                OptionBuilder.value(proxy, RelayTerms::proxy));
    }
}
