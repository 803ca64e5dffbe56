package dev.ajar.cli.command;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.option.OutputOptions;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.JsonReports;
import dev.ajar.cli.render.OpenJson;
import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.PortMapper;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.state.ManualRule;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** {@code ajar open --method manual}: somebody made the rule on the router's own page. */
final class ManualRuleRecorder {
    private final CliContext context;
    private final OutputOptions output;

    ManualRuleRecorder(CliContext context, OutputOptions output) {
        this.context = context;
        this.output = output;
    }

    ExitCode note(PortMapper actions, List<Mapping> mappings) {
        HostProbe hostProbe = context.hostProbe();
        Optional<InetAddress> here = hostProbe
                .home()
                .or(() -> hostProbe.routes().stream().findFirst())
                .map(LocalRoute::localAddress);
        boolean toHere = mappings.stream().anyMatch(one -> one.target() instanceof Target.ThisHost);
        if (here.isEmpty() && toHere) {
            return failed(new Failure.NoGateway(Message.verbatim("this machine is on no network")));
        }
        InetAddress address = here.orElseGet(InetAddress::getLoopbackAddress);
        return switch (actions.note(mappings, address)) {
            case Result.Err<List<ManualRule>>(Failure failure) -> failed(failure);
            case Result.Ok<List<ManualRule>>(List<ManualRule> noted) -> {
                tell(mappings, noted, ServiceHints.of(new ServiceCatalog(), mappings, hostProbe));
                yield ExitCode.DONE;
            }
        };
    }

    private void tell(List<Mapping> mappings, List<ManualRule> noted, List<String> hints) {
        if (output.json()) {
            context.terminal().out().println(OpenJson.ofManualRules(noted, hints));
            return;
        }
        for (ManualRule rule : noted) {
            context.terminal()
                    .out()
                    .println("noted  " + rule.label() + " to " + rule.internal() + ", forwarded by hand");
        }
        if (!output.quiet()) {
            hints.forEach(context.terminal().err()::println);
            context.terminal()
                    .err()
                    .println(
                            "ajar cannot see the rule on the router; a daemon tells when this machine's address changes. Check it: ajar check "
                                    + mappings.getFirst().typed());
        }
    }

    private ExitCode failed(Failure failure) {
        if (output.json()) {
            context.terminal().out().println(JsonReports.failed("open", failure));
        } else {
            FailureText.print(context.terminal(), failure, List.of());
        }
        return ExitCode.of(failure);
    }
}
