package dev.ajar.cli.command;

import dev.ajar.cli.render.Terminal;
import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.Progress;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/**
 * All a command needs from outside.
 *
 * @param actions made for a way of telling progress; a failure when there is nowhere to keep notes
 * @param demo tells the story of the embedded router
 * @param settings what the environment and the configuration file say of an option, by its name
 * @param daemonClient the daemon that has to be asked instead, if there is one
 * @param keeper who renews what is opened, for people; empty when nobody does
 * @param hostProbe this machine and what its router shows to everybody
 * @param backend what goes on for longer than a command
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
        CommandBackend backend) {
    /** The story of the embedded router. */
    @FunctionalInterface
    public interface Demo {
        /** @return whether everything in it worked */
        boolean tell(Terminal terminal);
    }
}
