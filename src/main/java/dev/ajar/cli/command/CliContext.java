package dev.ajar.cli.command;

import dev.ajar.cli.render.Terminal;
import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.Progress;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.TimeSyntax;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command needs from outside.
 *
 * @param actions made for a way of showing progress; a failure if there is no folder for the state file
 * @param demo tells the story of the embedded router
 * @param settings the value of an option, by its name, in the environment or the configuration file
 * @param daemonClient asks the daemon to run a command, if there is a daemon
 * @param keeper the process that renews open ports, for people; empty if there is none
 * @param hostProbe this machine, and what its router shows without a question for a port
 * @param backend work that lasts longer than one request
 * @param protocols that {@code --method} may name
 * @param routers for {@code ajar router}
 */
public record CliContext(
        Terminal terminal,
        Function<Progress, Result<PortMapper>> actions,
        Demo demo,
        ZoneId zone,
        Function<String, Optional<String>> settings,
        DaemonClient daemonClient,
        Optional<String> keeper,
        HostProbe hostProbe,
        CommandBackend backend,
        MappingProtocols protocols,
        RouterTools routers) {
    /** Where no router can be enrolled. */
    public CliContext(
            Terminal terminal,
            Function<Progress, Result<PortMapper>> actions,
            Demo demo,
            ZoneId zone,
            Function<String, Optional<String>> settings,
            DaemonClient daemonClient,
            Optional<String> keeper,
            HostProbe hostProbe,
            CommandBackend backend,
            MappingProtocols protocols) {
        this(
                terminal,
                actions,
                demo,
                zone,
                settings,
                daemonClient,
                keeper,
                hostProbe,
                backend,
                protocols,
                RouterTools.NONE);
    }

    /**
     * The lease that the user gave, or else the configured one, or else the default of commands.
     *
     * @param given the value of {@code --lease}
     */
    LeaseDuration lease(@Nullable String given) throws InvalidInputException {
        Optional<String> text = Optional.ofNullable(given).or(() -> settings.apply("lease"));
        return text.isPresent() ? TimeSyntax.lease(text.get()) : MappingTerms.COMMAND_LEASE;
    }

    /** The story of the embedded router. */
    @FunctionalInterface
    public interface Demo {
        /** @return whether everything in it worked */
        boolean tell(Terminal terminal);
    }
}
