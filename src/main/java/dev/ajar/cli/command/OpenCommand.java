package dev.ajar.cli.command;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.ManualHint;
import dev.ajar.cli.render.OpenDoubts;
import dev.ajar.cli.render.OpenEnd;
import dev.ajar.cli.render.OpenJson;
import dev.ajar.cli.render.OpenSummary;
import dev.ajar.cli.render.OpenText;
import dev.ajar.mapping.OpenReport;
import dev.ajar.mapping.PortMapper;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.IpVersionSyntax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar open}. */
public final class OpenCommand extends GatewayCommand {
    private final OpenOptions options = new OpenOptions();
    private final ServiceCatalog services = new ServiceCatalog();
    private @Nullable OpenRequest checked;

    public OpenCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        options.addTo(own);
        OptionBuilder.describe(
                own, Message.of("help.open"), Message.of("help.open.examples"), Message.of("help.open.end"));
    }

    @Override
    void check() throws InvalidInputException {
        checked = options.request(context(), services, output().json());
    }

    private OpenRequest request() {
        if (checked == null) {
            throw new IllegalStateException("not checked yet");
        }
        return checked;
    }

    /** A relay runs in the process that the user started. */
    @Override
    boolean concernsTheDaemon() {
        return !options.isRelayed();
    }

    @Override
    Optional<Failure> objection() {
        return request().objection();
    }

    @Override
    boolean takesByHand() {
        return true;
    }

    @Override
    boolean takesAll() {
        return true;
    }

    @Override
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) throws InvalidInputException {
        OpenRequest request = request();
        if (isByHand()) {
            return new ManualRuleRecorder(context(), output()).record(actions, request.mappings());
        }
        UpstreamOption upstream = options.upstream(context());
        if (!request.isOverIpv4()) {
            upstream.refuseWithoutIpv4();
        }
        OpenReport report = upstream.extend(
                open(actions, selection, timeout),
                actions,
                selection,
                request.ownership(),
                timeout,
                !output().json() && !output().quiet());
        ExitCode exitCode = OpenSummary.exitCode(report);
        print(report, exitCode, upstream);
        tellAttempts(report.attempts());
        return options.isRelayed()
                ? RelayFallback.of(
                                context(),
                                report,
                                selection,
                                request.ownership().stay(),
                                request.agreed())
                        .orElse(exitCode)
                : exitCode;
    }

    private OpenReport open(PortMapper actions, GatewaySelector selection, Duration timeout)
            throws InvalidInputException {
        OpenRequest request = request();
        if (!request.isOverIpv4()) {
            IpVersionSyntax.refuseNamed(selection);
            if (isForAll()) {
                throw new InvalidInputException(Message.of("open.all-is-ipv4"));
            }
            return actions.open(request.mappings(), selection.overIpv6(), request.ownership(), timeout);
        }
        if (isForAll()) {
            return actions.openOnAll(request.mappings(), selection, request.ownership(), timeout);
        }
        // A router that the user named is named by its IPv4 address.
        boolean named = selection.gateway().isPresent() || selection.location().isPresent();
        return named || !request.isOverIpv6()
                ? actions.open(request.mappings(), selection, request.ownership(), timeout)
                : actions.openOverBoth(request.mappings(), selection, request.ownership(), timeout);
    }

    private void print(OpenReport report, ExitCode exitCode, UpstreamOption upstream) {
        OpenRequest request = request();
        Optional<ManualHint> manual =
                ManualHintFinder.of(report, request.typed(), context().hostProbe());
        if (output().json()) {
            OpenJson.Aside aside = new OpenJson.Aside(warnings(report), hints(report, upstream), manual);
            terminal().out().println(OpenJson.of(report, exitCode, context().keeper(), aside));
            return;
        }
        OpenText.print(
                terminal(),
                report,
                output().quiet(),
                new OpenEnd(
                        request.ownership().stay(),
                        context().keeper(),
                        context().zone()));
        if (!output().quiet()) {
            request.warnings()
                    .forEach(warning -> terminal().err().println(terminal().text(warning)));
            hints(report, upstream).forEach(terminal().err()::println);
        }
        manual.ifPresent(hint -> hint.print(terminal()));
    }

    private List<String> warnings(OpenReport report) {
        List<String> all = new ArrayList<>();
        request().warnings().forEach(warning -> all.add(shown(warning)));
        OpenDoubts.of(report).forEach(doubt -> all.add(shown(doubt)));
        return List.copyOf(all);
    }

    /** Asking a local service what it is takes a moment, so the outcome is printed first. */
    private List<String> hints(OpenReport report, UpstreamOption upstream) {
        List<String> all = new ArrayList<>();
        upstream.unused(report).map(this::shown).ifPresent(all::add);
        if (request().isNarrowed() && report.failure().isEmpty() && !report.isAnyOpen()) {
            all.add(shown(Message.of("open.narrowed-in-vain")));
        }
        if (report.isAnyOpen()) {
            ServiceHints.of(services, request().mappings(), context().hostProbe())
                    .forEach(hint -> all.add(shown(hint)));
        }
        return List.copyOf(all);
    }

    private String shown(Message message) {
        return output().json() ? message.toString() : terminal().text(message);
    }
}
