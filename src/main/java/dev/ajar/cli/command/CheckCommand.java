package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.CheckText;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.doctor.Check;
import dev.ajar.doctor.FactCollector;
import dev.ajar.doctor.Facts;
import dev.ajar.mapping.PortMapper;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.PortRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar check}: each condition a port needs to be reachable, one line each. Changes nothing. */
public final class CheckCommand extends GatewayCommand {
    private final PositionalParamSpec ports = OptionBuilder.ports(Message.of("help.option.ports"));
    private List<PortRequest> requests = List.of();

    public CheckCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(ports);
        OptionBuilder.describe(
                own, Message.of("help.check"), Message.of("help.check.examples"), Message.of("help.check.end"));
    }

    @Override
    boolean concernsTheDaemon() {
        return false;
    }

    @Override
    void check() throws InvalidInputException {
        requests = PortSelection.of(OptionBuilder.all(ports), null).requests();
    }

    @Override
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) {
        List<CheckText.Of> all = new ArrayList<>();
        FactCollector collector = new FactCollector(actions, context().hostProbe(), timeout);
        Facts router = collector.look(selection);
        for (PortRequest request : requests) {
            Mapping mapping =
                    FactCollector.asOpened(request.toMapping(MappingTerms.of(LeaseDuration.PERMANENT)), router);
            Facts facts = collector.with(router, mapping);
            all.add(new CheckText.Of(
                    mapping.label(), Check.of(facts, facts.port().orElseThrow())));
        }
        ExitCode exitCode = CheckText.exitCode(all);
        if (output().json()) {
            terminal().out().println(CheckText.json(all, exitCode));
        } else {
            CheckText.print(terminal(), all);
        }
        return exitCode;
    }
}
