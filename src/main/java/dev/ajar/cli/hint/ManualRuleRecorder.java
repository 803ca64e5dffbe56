package dev.ajar.cli.hint;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OutputOptions;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.doctor.HostProbe;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.document.OpenJson;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ajar open --method manual}: records a rule that the user made on the router's own page. */
public final class ManualRuleRecorder {
    private final CliContext context;
    private final OutputOptions output;

    public ManualRuleRecorder(CliContext context, OutputOptions output) {
        this.context = context;
        this.output = output;
    }

    public ExitCode record(PortService service, List<Mapping> mappings) {
        HostProbe hostProbe = context.hostProbe();
        Optional<InetAddress> here = hostProbe
                .home()
                .or(() -> hostProbe.routes().stream().findFirst())
                .map(LocalRoute::localAddress);
        boolean toHere = mappings.stream().anyMatch(one -> one.target() instanceof Target.ThisHost);
        if (here.isEmpty() && toHere) {
            return failed(new Failure.NoGateway(Message.of("open.manual-no-network")));
        }
        InetAddress address = here.orElseGet(InetAddress::getLoopbackAddress);
        return switch (service.record(new ServiceRequest.ByHand(mappings, address))) {
            case Result.Err<List<ReportedMapping>>(Failure failure) -> failed(failure);
            case Result.Ok<List<ReportedMapping>>(List<ReportedMapping> recorded) -> {
                List<Message> hints = new ArrayList<>(FirewallHints.of(recorded, hostProbe));
                hints.addAll(ServiceHints.of(new ServiceCatalog(), mappings, hostProbe, Set.of()));
                print(mappings, recorded, hints);
                yield ExitCode.DONE;
            }
        };
    }

    private void print(List<Mapping> mappings, List<ReportedMapping> recorded, List<Message> hints) {
        Terminal terminal = context.terminal();
        if (output.json()) {
            terminal.document(OpenJson.ofManualRules(recorded, hints));
            return;
        }
        if (!output.quiet()) {
            for (ReportedMapping rule : recorded) {
                terminal.say(terminal.text("open.manual-noted", "port", rule.label(), "target", rule.internal()));
            }
            hints.forEach(hint -> terminal.tell(terminal.text(hint)));
            terminal.tell(terminal.text(
                    "open.manual-check", "port", mappings.getFirst().typed()));
        }
    }

    private ExitCode failed(Failure failure) {
        if (output.json()) {
            context.terminal().document(JsonReports.failed("open", failure));
        } else {
            FailureText.print(context.terminal(), failure);
        }
        return ExitCode.of(failure);
    }
}
