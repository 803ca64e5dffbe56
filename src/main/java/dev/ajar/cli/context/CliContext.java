package dev.ajar.cli.context;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.Terminal;
import dev.ajar.config.PresetFile;
import dev.ajar.doctor.HostProbe;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.MappingProtocols;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.client.PortServices;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.OwnPresets;
import dev.ajar.syntax.TimeSyntax;
import dev.ajar.system.LocalClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a command needs from outside.
 *
 * @param services do what changes or shows ports
 * @param demo tells the story of the embedded router
 * @param settings the value of an option, by its name, in the environment or the configuration file
 * @param hostProbe this machine, and what its router shows without a question for a port
 * @param backend work that lasts longer than one request
 * @param protocols that {@code --method} may name
 * @param routers for {@code ajar router}
 */
public record CliContext(
        Terminal terminal,
        PortServices services,
        Demo demo,
        LocalClock clock,
        Function<String, Optional<String>> settings,
        HostProbe hostProbe,
        CommandBackend backend,
        MappingProtocols protocols,
        RouterTools routers) {
    /** Where no router can be enrolled. */
    public CliContext(
            Terminal terminal,
            PortServices services,
            Demo demo,
            LocalClock clock,
            Function<String, Optional<String>> settings,
            HostProbe hostProbe,
            CommandBackend backend,
            MappingProtocols protocols) {
        this(terminal, services, demo, clock, settings, hostProbe, backend, protocols, RouterTools.NONE);
    }

    /**
     * Says nothing where the user wants to hear of failures alone; a document is printed all the same.
     *
     * @param quiet {@code -q}
     * @param json {@code --json}
     */
    public Terminal terminal(OptionSpec quiet, OptionSpec json) {
        return OptionBuilder.isSet(quiet) && !OptionBuilder.isSet(json) ? terminal.mute() : terminal;
    }

    /** The same with that terminal, for what has no options of its own. */
    public CliContext heard(OptionSpec quiet, OptionSpec json) {
        return new CliContext(
                terminal(quiet, json), services, demo, clock, settings, hostProbe, backend, protocols, routers);
    }

    /**
     * The lease that the user gave, or else the configured one, or else the default of commands.
     *
     * @param given the value of {@code --lease}
     */
    public LeaseDuration lease(@Nullable String given) throws InvalidInputException {
        Optional<String> text = Optional.ofNullable(given).or(() -> settings.apply("lease"));
        return text.isPresent() ? TimeSyntax.lease(text.get()) : LeaseDuration.STANDARD;
    }

    /**
     * The same for a port that stays open for a time: no longer, since perhaps no process closes it; and if the user
     * and the configuration say nothing, as long, since perhaps no process renews it.
     */
    public LeaseDuration lease(@Nullable String given, Optional<Duration> stay) throws InvalidInputException {
        boolean told = given != null || settings.apply("lease").isPresent();
        LeaseDuration lease = told || stay.isEmpty() ? lease(given) : LeaseDuration.PERMANENT;
        return TimeSyntax.leaseWithin(lease, stay);
    }

    /** The lease that the user gave or configured; empty where ajar chose it, and for one without an end. */
    public Optional<Duration> chosenLease(@Nullable String given) throws InvalidInputException {
        boolean chosen = given != null || settings.apply("lease").isPresent();
        return chosen && lease(given) instanceof LeaseDuration.Finite(Duration time)
                ? Optional.of(time)
                : Optional.empty();
    }

    /** The user's own presets, read anew at each use. */
    public OwnPresets.Source presets() {
        return () -> {
            Optional<PresetFile> file = backend.configPlace().map(PresetFile::beside);
            return file.isPresent() ? file.get().read() : OwnPresets.EMPTY;
        };
    }

    /** Whether the owner of the default gateway has given ajar its password. No request is sent. */
    public boolean isRouterEnrolled() {
        return routers.known().isPresent();
    }

    /** The story of the embedded router. */
    @FunctionalInterface
    public interface Demo {
        /** @return whether everything in it worked */
        boolean tell(Terminal terminal);
    }
}
