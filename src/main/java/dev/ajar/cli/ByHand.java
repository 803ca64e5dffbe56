package dev.ajar.cli;

import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonReports;
import dev.ajar.cli.output.Troubles;
import dev.ajar.doctor.Premises;
import dev.ajar.manager.Actions;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.profile.ServiceCatalog;
import dev.ajar.state.HandMade;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** {@code ajar open --method manual}: somebody made the rule on the router's own page. */
final class ByHand {
    private final Surroundings surroundings;
    private final OutputOptions output;

    ByHand(Surroundings surroundings, OutputOptions output) {
        this.surroundings = surroundings;
        this.output = output;
    }

    ExitCode note(Actions actions, List<Mapping> mappings) {
        Premises premises = surroundings.premises();
        Optional<InetAddress> here =
                premises.home().or(() -> premises.routes().stream().findFirst()).map(LocalRoute::localAddress);
        boolean toHere = mappings.stream().anyMatch(one -> one.target() instanceof Target.ThisHost);
        if (here.isEmpty() && toHere) {
            return failed(new Failure.NoGateway("this machine is on no network"));
        }
        InetAddress address = here.orElseGet(InetAddress::getLoopbackAddress);
        return switch (actions.note(mappings, address)) {
            case Result.Err<List<HandMade>>(Failure failure) -> failed(failure);
            case Result.Ok<List<HandMade>>(List<HandMade> noted) -> {
                tell(mappings, noted, ServiceHints.of(new ServiceCatalog(), mappings, premises));
                yield ExitCode.DONE;
            }
        };
    }

    private void tell(List<Mapping> mappings, List<HandMade> noted, List<String> hints) {
        if (output.json()) {
            surroundings.terminal().out().println(JsonReports.byHand(noted, hints));
            return;
        }
        for (HandMade rule : noted) {
            surroundings
                    .terminal()
                    .out()
                    .println("noted  " + rule.label() + " to " + rule.internal() + ", forwarded by hand");
        }
        if (!output.quiet()) {
            hints.forEach(surroundings.terminal().err()::println);
            surroundings
                    .terminal()
                    .err()
                    .println(
                            "ajar cannot see the rule on the router; a daemon tells when this machine's address changes. Check it: ajar check "
                                    + mappings.getFirst().typed());
        }
    }

    private ExitCode failed(Failure failure) {
        if (output.json()) {
            surroundings.terminal().out().println(JsonReports.failed("open", failure));
        } else {
            Troubles.print(surroundings.terminal(), failure, List.of());
        }
        return ExitCode.of(failure);
    }
}
