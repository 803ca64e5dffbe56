package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.PortWish;
import dev.ajar.cli.output.CheckText;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.doctor.Check;
import dev.ajar.doctor.Examination;
import dev.ajar.doctor.Facts;
import dev.ajar.manager.Actions;
import dev.ajar.model.EntryName;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Selection;
import dev.ajar.model.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar check}: all that has to be right for a port, one line each. Changes nothing. */
final class CheckCommand extends Action {
    private final PositionalParamSpec ports =
            Grammar.ports("What ajar open takes: a port, or an application such as minecraft.");
    private List<PortWish> wishes = List.of();

    CheckCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(ports);
        Grammar.describe(
                own,
                "Check a port from the server on this machine out to the internet.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar check 25565         who listens, firewall, router, address",
                        "  ajar check minecraft     the same by name",
                        ""),
                List.of("", "It changes nothing. For one verdict and one next step: ajar doctor PORT"));
    }

    @Override
    boolean concernsTheDaemon() {
        return false;
    }

    @Override
    void check() throws BadInput {
        wishes = Wanted.of(Grammar.all(ports), null).wishes();
    }

    @Override
    ExitCode run(Actions actions, Selection selection, Duration timeout) {
        List<CheckText.Of> all = new ArrayList<>();
        Examination examination = new Examination(actions, surroundings().premises());
        Facts router = examination.look(selection);
        for (PortWish wish : wishes) {
            Mapping mapping = new Mapping(
                    wish.protocol(),
                    wish.externalPort(),
                    PortPolicy.EXACT,
                    new Target.ThisHost(inside(wish, router)),
                    LeaseDuration.PERMANENT,
                    EntryName.standard(wish.protocol(), wish.externalPort()));
            Facts facts = examination.with(router, mapping);
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

    /** Where only the external port was named, what ajar opened says where it leads. */
    private static Port inside(PortWish wish, Facts router) {
        return router.survey().holdings().stream()
                .filter(holding -> holding.protocol() == wish.protocol())
                .filter(holding -> holding.externalPort().equals(wish.externalPort()))
                .filter(holding -> wish.externalPort().equals(wish.internalPort()))
                .map(holding -> holding.claim().internal().port())
                .findFirst()
                .orElse(wish.internalPort());
    }
}
