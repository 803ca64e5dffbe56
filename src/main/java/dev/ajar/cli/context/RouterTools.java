package dev.ajar.cli.context;

import dev.ajar.gateway.admin.Secret;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What {@code ajar router} needs from outside.
 *
 * @param administration a failure if there is no folder for what it keeps
 * @param passwords where the user can give a password
 * @param agrees asks a question on the terminal; no where there is none
 */
public record RouterTools(
        Supplier<Result<RouterAdministration>> administration, Passwords passwords, Predicate<String> agrees) {
    /** In the daemon, which never enrols a router. */
    public static final RouterTools NONE = new RouterTools(
            () -> Result.err(new Failure.Usage(Message.of("router.not-here"))), Passwords.NONE, question -> false);

    /** The router whose password ajar has, if it is the default gateway. */
    public Optional<Enrolment> known() {
        return administration.get().toOptional().flatMap(RouterAdministration::known);
    }

    /** Where a password can come from. Never from an argument, which every user of the machine can read. */
    public interface Passwords {
        Passwords NONE = new Passwords() {
            @Override
            public Optional<Secret> fromTerminal(String prompt) {
                return Optional.empty();
            }

            @Override
            public Optional<Secret> fromInput() {
                return Optional.empty();
            }

            @Override
            public Optional<Secret> fromEnvironment() {
                return Optional.empty();
            }

            @Override
            public Result<Optional<Secret>> fromNamedFile() {
                return Result.ok(Optional.empty());
            }
        };

        /** Asks without echo; empty where there is no terminal. */
        Optional<Secret> fromTerminal(String prompt);

        /** The first line of standard input; empty if there is none. */
        Optional<Secret> fromInput();

        Optional<Secret> fromEnvironment();

        /** From the file that the configuration names; empty where it names none. */
        Result<Optional<Secret>> fromNamedFile();
    }
}
