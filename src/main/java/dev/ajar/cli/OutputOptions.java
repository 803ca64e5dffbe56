package dev.ajar.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say how to answer. */
final class OutputOptions {
    private final OptionSpec json = Grammar.flag("Answer with one JSON document (docs/json.md).", "--json");
    private final OptionSpec quiet = Grammar.flag("Say nothing when all went well.", "-q", "--quiet");
    private final OptionSpec verbose = Grammar.flag("Also say what was asked and what answered.", "-v", "--verbose");

    void addTo(CommandSpec spec) {
        spec.addOption(json).addOption(quiet).addOption(verbose);
    }

    boolean json() {
        return Grammar.isSet(json);
    }

    boolean quiet() {
        return Grammar.isSet(quiet);
    }

    boolean verbose() {
        return Grammar.isSet(verbose);
    }
}
