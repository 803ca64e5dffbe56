package dev.ajar.cli.router;

import dev.ajar.catalog.RouterInterface;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.RouterTools;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.RouterReport;
import dev.ajar.cli.render.Terminal;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Secret;
import dev.ajar.gateway.admin.client.InterfaceDetection;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.http.CertificatePin;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks what enrolling a router needs: a yes to its certificate or to plain HTTP, and the password. */
final class RouterEnroller {
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final Duration PRESS = Duration.ofMinutes(2);

    private final CliContext context;
    private final RouterAdministration administration;
    private final Terminal asking;
    private final boolean agreed;

    /**
     * @param asking where what a question is about is shown, also with {@code -q}
     * @param agreed whether the user has said yes to all questions beforehand
     */
    RouterEnroller(CliContext context, RouterAdministration administration, Terminal asking, boolean agreed) {
        this.context = context;
        this.administration = administration;
        this.asking = asking;
        this.agreed = agreed;
    }

    /**
     * @param at where the interface is; empty for the usual places
     * @param user to log in with; empty for the usual one of the make
     * @param fromInput whether the password is on standard input
     */
    int add(Optional<URI> at, Optional<String> user, boolean fromInput, boolean json, Deadline deadline) {
        return switch (administration.look(at, deadline).flatMap(router -> add(router, user, fromInput, json))) {
            case Result.Err<Enrolment>(Failure failure) -> {
                if (json) {
                    context.terminal().document(JsonReports.failed("router", failure));
                } else {
                    FailureText.print(context.terminal(), failure);
                }
                yield ExitCode.of(failure).number();
            }
            case Result.Ok<Enrolment>(Enrolment enrolment) -> {
                if (json) {
                    context.terminal().document(RouterReport.json(List.of(enrolment)));
                } else {
                    RouterReport.printAdded(context.terminal(), enrolment, administration.title(enrolment));
                }
                yield ExitCode.DONE.number();
            }
        };
    }

    private Result<Enrolment> add(
            RouterAdministration.Router router, Optional<String> user, boolean fromInput, boolean json) {
        if (router.detected().isEmpty()) {
            return Result.err(noInterface(router));
        }
        InterfaceDetection.Detected detected = router.detected().get();
        if (!json) {
            boolean asked =
                    !agreed && (detected.pin().isPresent() || detected.make().revealed());
            RouterReport.printDetected(asked ? asking : context.terminal(), router, detected);
        }
        Result<?> confirmed = detected.pin().isPresent()
                ? confirmed(context, detected.pin().get(), agreed)
                : confirmedPlain(detected.make());
        if (confirmed instanceof Result.Err<?>(Failure failure)) {
            return Result.err(failure);
        }
        RouterTools.Passwords passwords = context.routers().passwords();
        Optional<Secret> environment = fromInput ? Optional.empty() : passwords.fromEnvironment();
        Result<Optional<Secret>> named =
                fromInput || environment.isPresent() ? Result.ok(Optional.empty()) : passwords.fromNamedFile();
        if (named instanceof Result.Err<Optional<Secret>>(Failure failure)) {
            return Result.err(failure);
        }
        Optional<Enrolment.SecretPlace> stays = environment
                .map(some -> Enrolment.SecretPlace.ENVIRONMENT)
                .or(() -> named.toOptional().flatMap(some -> some).map(some -> Enrolment.SecretPlace.NAMED_FILE));
        Optional<Secret> secret = environment.or(() -> named.toOptional().flatMap(some -> some));
        if (secret.isEmpty() && !fromInput && detected.make().secret() == RouterInterface.SecretKind.APP_TOKEN) {
            Result<Secret> granted = administration.authorize(router, this::tellToPress, administration.within(PRESS));
            if (granted instanceof Result.Err<Secret>(Failure failure)) {
                return Result.err(failure);
            }
            secret = granted.toOptional();
        } else {
            secret = secret.or(() -> ask(detected.make(), user, fromInput));
        }
        if (secret.filter(given -> !given.isEmpty()).isEmpty()) {
            return Result.err(new Failure.Usage(Message.of("router.no-password")));
        }
        try (Secret once = secret.get()) {
            // The user may have thought long, so the time for the attempt begins here.
            return administration.enrol(
                    router, user.or(detected.make()::user).orElse(""), once, stays, administration.within(TIME));
        }
    }

    private void tellToPress() {
        context.terminal().tell(context.terminal().text("router.press"));
        context.terminal().err().flush();
    }

    private Optional<Secret> ask(RouterInterface make, Optional<String> user, boolean fromInput) {
        RouterTools.Passwords passwords = context.routers().passwords();
        return fromInput
                ? passwords.fromInput()
                : passwords.fromTerminal(
                        context.terminal().text(promptKey(make.secretFor(user)), "router", make.title()));
    }

    private static String promptKey(RouterInterface.SecretKind kind) {
        return switch (kind) {
            case PASSWORD -> "router.ask-password";
            case API_KEY -> "router.ask-key";
            case APP_TOKEN -> "router.ask-token";
        };
    }

    private Result<Boolean> confirmedPlain(RouterInterface make) {
        if (!make.revealed() || agreed) {
            return Result.ok(true);
        }
        Terminal terminal = context.terminal();
        return context.routers().agrees().test(terminal.text("router.plain-question"))
                ? Result.ok(true)
                : Result.err(new Failure.Unsafe(Message.of("router.plain"), Message.of("router.plain-remedy")));
    }

    /** @return the pin, if the user says that it is the router's */
    static Result<CertificatePin> confirmed(CliContext context, CertificatePin pin, boolean agreed) {
        return agreed
                        || context.routers()
                                .agrees()
                                .test(context.terminal().text("router.certificate-question", "pin", pin.display()))
                ? Result.ok(pin)
                : Result.err(new Failure.Unsafe(
                        Message.of("router.certificate-unconfirmed"), Message.of("router.certificate-remedy")));
    }

    /** @return the card, if the user says that it is the same router's */
    static Result<String> confirmedCard(CliContext context, Enrolment before, String now, boolean agreed) {
        return agreed
                        || context.routers()
                                .agrees()
                                .test(context.terminal()
                                        .text(
                                                "router.card-question",
                                                "address",
                                                Addresses.text(before.address()),
                                                "before",
                                                before.card(),
                                                "now",
                                                now))
                ? Result.ok(now)
                : Result.err(new Failure.Unsafe(
                        AdminFailures.otherCard(before.address(), before.card(), now)
                                .detail(),
                        Message.of("router.card-remedy")));
    }

    static Failure noInterface(RouterAdministration.Router router) {
        return new Failure.NoGateway(
                Message.of("router.no-interface", "address", Addresses.text(router.address())),
                List.of(Message.of("router.no-interface-next")));
    }
}
