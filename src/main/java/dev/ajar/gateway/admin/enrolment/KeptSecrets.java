package dev.ajar.gateway.admin.enrolment;

import dev.ajar.gateway.admin.Secret;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.file.LineStore;
import dev.ajar.system.process.BoundedRun;
import dev.ajar.system.process.SystemProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The desktop's keyring where there is one, else a file that only its user can read; or a variable of the environment.
 */
public final class KeptSecrets implements Secrets {
    private static final Duration KEYRING_TIME = Duration.ofSeconds(10);
    private static final String PROGRAM = "secret-tool";

    private final CardLines file;
    private final Map<String, String> environment;
    private final boolean keyring;
    private final Supplier<Optional<Path>> named;

    /**
     * @param keyring whether there may be a desktop's keyring
     * @param named the file that the configuration names; empty for none
     */
    public KeptSecrets(
            LineStore file, Map<String, String> environment, boolean keyring, Supplier<Optional<Path>> named) {
        this.file = new CardLines(file);
        this.environment = Map.copyOf(environment);
        this.keyring = keyring;
        this.named = named;
    }

    @Override
    public Result<Secret> read(Enrolment enrolment) {
        if (enrolment.place() == Enrolment.SecretPlace.NAMED_FILE) {
            return named.get().map(SecretFile::read).orElseGet(() -> missing(enrolment));
        }
        Optional<String> text = switch (enrolment.place()) {
            case ENVIRONMENT -> Optional.ofNullable(environment.get(VARIABLE));
            case KEYRING -> lookup(enrolment.card());
            case FILE -> stored(enrolment.card());
            case NAMED_FILE -> Optional.empty();
        };
        return text.filter(some -> !some.isEmpty())
                .map(some -> Result.ok(new Secret(some.toCharArray())))
                .orElseGet(() -> missing(enrolment));
    }

    private static Result<Secret> missing(Enrolment enrolment) {
        return Result.err(new Failure.Refused(
                Message.of("admin.no-secret", "place", enrolment.place().key()), Optional.empty()));
    }

    @Override
    public Result<Enrolment.SecretPlace> keep(String card, Secret secret) {
        if (keyring && store(card, secret)) {
            return Result.ok(Enrolment.SecretPlace.KEYRING);
        }
        Optional<Failure> failure = file.put(card, Map.of("card", card, "secret", secret.reveal()));
        return failure.<Result<Enrolment.SecretPlace>>map(Result::err)
                .orElseGet(() -> Result.ok(Enrolment.SecretPlace.FILE));
    }

    @Override
    public Optional<Failure> forget(Enrolment enrolment) {
        return switch (enrolment.place()) {
            case ENVIRONMENT, NAMED_FILE -> Optional.empty();
            case KEYRING -> {
                var unused = run("clear", enrolment.card()).run();
                yield Optional.empty();
            }
            case FILE -> file.remove(enrolment.card());
        };
    }

    private static BoundedRun run(String operation, String card) {
        return keyring(PROGRAM, operation, "service", "ajar", "router", card);
    }

    /** Windows has no such program, and one of that name in the current folder must not get the password. */
    private static BoundedRun keyring(String... command) {
        return new BoundedRun(KEYRING_TIME, SystemProgram.command(List.of(command)));
    }

    private boolean store(String card, Secret secret) {
        BoundedRun run = keyring(PROGRAM, "store", "--label=ajar router", "service", "ajar", "router", card)
                .reading(secret.reveal().getBytes(StandardCharsets.UTF_8));
        return run.run() instanceof BoundedRun.Outcome.Ended ended && ended.exitCode() == 0;
    }

    private static Optional<String> lookup(String card) {
        return run("lookup", card).run() instanceof BoundedRun.Outcome.Ended ended && ended.exitCode() == 0
                ? Optional.of(ended.output())
                : Optional.empty();
    }

    private Optional<String> stored(String card) {
        return file.of(card).toOptional().stream()
                .flatMap(List::stream)
                .flatMap(one -> Stream.ofNullable(one.scalars().get("secret")))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }
}
