package dev.ajar.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say how to answer. */
public final class OutputOptions {
    private final OptionSpec json = OptionBuilder.flag("Answer with one JSON document (docs/json.md).", "--json");
    private final OptionSpec quiet = OptionBuilder.flag("Say nothing when all went well.", "-q", "--quiet");
    private final OptionSpec verbose =
            OptionBuilder.flag("Also say what was asked and what answered.", "-v", "--verbose");

    public void addTo(CommandSpec spec) {
        spec.addOption(json).addOption(quiet).addOption(verbose);
    }

    public boolean json() {
        return OptionBuilder.isSet(json);
    }

    public boolean quiet() {
        return OptionBuilder.isSet(quiet);
    }

    public boolean verbose() {
        return OptionBuilder.isSet(verbose);
    }
}
