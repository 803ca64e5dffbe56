package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.hint.DeviceQuestion;
import dev.ajar.cli.hint.OwnInterfaceLines;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.DoctorText;
import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.Facts;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.service.Examination;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSelection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar doctor}: the cause of a problem, and the one next step. */
public final class DoctorCommand extends GatewayCommand {
    private static final LeaseDuration MOMENT = LeaseDuration.ofSeconds(120);

    private final PositionalParamSpec port = OptionBuilder.words("[PORT]", Message.of("help.doctor.port"));
    private final OptionSpec bundle = OptionBuilder.text("--bundle", "FILE", Message.of("help.doctor.bundle"));
    private Optional<Mapping> examined = Optional.empty();

    public DoctorCommand(CliContext context) {
        super(context);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        own.addPositional(port).addOption(bundle);
        OptionBuilder.describe(
                own, Message.of("help.doctor"), Message.of("help.doctor.examples"), Message.of("help.doctor.end"));
    }

    @Override
    protected void check() throws InvalidInputException {
        List<String> given = OptionBuilder.all(port);
        if (given.isEmpty()) {
            return;
        }
        PortSelection selected = PortSelection.of(given, null, context().presets());
        DeviceQuestion.refuse(
                "doctor", selected, context().hostProbe(), context().backend()::watch);
        List<PortRequest> requests = selected.requests();
        PortRequest first = requests.getFirst();
        if (requests.size() > 1) {
            throw new InvalidInputException(Message.of(
                    "command.doctor-one-port",
                    "number",
                    requests.size(),
                    "port",
                    first.externalPort() + "/" + first.protocol().label()));
        }
        examined = Optional.of(first.toMapping(MappingTerms.of(MOMENT)));
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        Examination found = service.doctor(new ServiceRequest.Examine(examined, selection, timeout));
        Facts facts = found.facts();
        Diagnosis diagnosis = found.diagnosis();
        ExitCode exitCode = DoctorText.exitCode(diagnosis);
        if (output().json()) {
            terminal().document(DoctorText.json(facts, diagnosis));
        } else {
            DoctorText.print(terminal(exitCode), facts, diagnosis, output().verbose());
            OwnInterfaceLines.ofEnrolled(context())
                    .forEach(line -> terminal(exitCode).say(terminal().text(line)));
        }
        String file = OptionBuilder.given(bundle);
        return file == null || isWritten(Path.of(file), facts, diagnosis) ? exitCode : ExitCode.BAD_STATE;
    }

    private boolean isWritten(Path file, Facts facts, Diagnosis diagnosis) {
        try {
            writePrivately(file, DoctorText.report(facts, diagnosis));
            if (!output().quiet()) {
                terminal().tell(terminal().text("command.bundle-written", "file", file));
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            terminal().tell(terminal().text("command.bundle-exists", "file", file));
        } catch (IOException | InvalidPathException e) {
            terminal()
                    .tell(terminal()
                            .text("command.bundle-unwritable", "file", file, "cause", String.valueOf(e.getMessage())));
        }
        return false;
    }

    /** For the owner alone from its creation on. A file that exists, a link included, is never overwritten. */
    private static void writePrivately(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (WritableByteChannel channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
