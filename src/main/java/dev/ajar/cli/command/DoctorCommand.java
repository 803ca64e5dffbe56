package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.DoctorText;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.FactCollector;
import dev.ajar.doctor.Facts;
import dev.ajar.mapping.PortMapper;
import dev.ajar.model.EntryName;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar doctor}: what is wrong, and the one next step. */
public final class DoctorCommand extends GatewayCommand {
    private static final LeaseDuration MOMENT = LeaseDuration.ofSeconds(120);

    private final PositionalParamSpec port =
            OptionBuilder.words("[PORT]", "The port in question, such as 25565 or 27015/udp.");
    private final OptionSpec bundle = OptionBuilder.text(
            "--bundle",
            "FILE",
            "Also write a report that can be attached to a question, without serial numbers, network cards and most of public addresses.");
    private Optional<Mapping> wanted = Optional.empty();

    public DoctorCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(port).addOption(bundle);
        OptionBuilder.describe(
                own,
                "Find out why a port is not reachable, and what to do about it.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar doctor              the network and the router",
                        "  ajar doctor 25565        and one port: on the router, and who listens here",
                        "  ajar doctor 25565 --bundle report.txt    to attach to a question",
                        ""),
                List.of(
                        "",
                        "It opens the port for a moment to see what the router says, and closes it again.",
                        "What the verdicts mean: docs/doctor.md"));
    }

    @Override
    boolean concernsTheDaemon() {
        return false;
    }

    @Override
    void check() throws InvalidInputException {
        List<String> given = OptionBuilder.all(port);
        if (given.isEmpty()) {
            return;
        }
        List<PortRequest> desiredMappings = PortSelection.of(given, null).desiredMappings();
        if (desiredMappings.size() > 1) {
            throw new InvalidInputException("the doctor examines one port at a time, and that is "
                    + desiredMappings.size()
                    + "; begin with: ajar doctor "
                    + desiredMappings.getFirst().externalPort()
                    + "/"
                    + desiredMappings.getFirst().protocol().label());
        }
        PortRequest desired = desiredMappings.getFirst();
        wanted = Optional.of(new Mapping(
                desired.protocol(),
                desired.externalPort(),
                PortPolicy.EXACT,
                new Target.ThisHost(desired.internalPort()),
                MOMENT,
                EntryName.standard(desired.protocol(), desired.externalPort())));
    }

    @Override
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) {
        FactCollector examination = new FactCollector(actions, context().hostProbe());
        Facts router = examination.look(selection);
        Facts facts =
                wanted.map(port -> examination.trying(router, port, selection)).orElse(router);
        Diagnosis diagnosis = Diagnosis.of(facts);
        if (output().json()) {
            terminal().out().println(DoctorText.json(facts, diagnosis));
        } else {
            DoctorText.print(terminal(), facts, diagnosis);
        }
        String file = OptionBuilder.given(bundle);
        return file == null || isWritten(Path.of(file), facts, diagnosis)
                ? DoctorText.exitCode(diagnosis)
                : ExitCode.BAD_STATE;
    }

    private boolean isWritten(Path file, Facts facts, Diagnosis diagnosis) {
        try {
            // What is there already is not ajar's to overwrite.
            Files.writeString(
                    file, DoctorText.report(facts, diagnosis), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            terminal().err().println("Written: " + file + ". Read it before you show it to others.");
            return true;
        } catch (FileAlreadyExistsException e) {
            terminal().err().println("ajar: " + file + " is there already; name another file.");
        } catch (IOException | InvalidPathException e) {
            terminal()
                    .err()
                    .println("ajar: " + file + " cannot be written (" + e.getMessage() + "); name another place.");
        }
        return false;
    }
}
