package dev.ajar.cli.router;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.FailureText;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.document.JsonReports;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.RouterAdministration;
import dev.ajar.gateway.admin.enrolment.RouterChanges;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.syntax.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code ajar router upnp}: the router's switch for UPnP, with the consent of its owner. */
final class RouterUpnp {
    private static final Duration TIME = Duration.ofSeconds(40);

    private final CliContext context;
    private final RouterAdministration administration;
    private final boolean agreed;
    private final boolean json;
    private final boolean quiet;

    /**
     * @param agreed whether the user has said yes to all questions beforehand
     * @param quiet whether what went well is not told
     */
    RouterUpnp(CliContext context, RouterAdministration administration, boolean agreed, boolean json, boolean quiet) {
        this.context = context;
        this.administration = administration;
        this.agreed = agreed;
        this.json = json;
        this.quiet = quiet;
    }

    /** Told before a router is looked for: a mistyped word is the user's first question. */
    static boolean isNoVerb(String word) {
        return !word.equals("on") && !word.equals("off");
    }

    /** @param verb {@code on}, {@code off}, or empty to look */
    int run(Enrolment router, String verb) throws InvalidInputException {
        return switch (verb) {
            case "" -> told(router, administration.upnp().isOn(router, administration.within(TIME)), "is");
            case "on" -> on(router);
            case "off" -> off(router);
            default -> throw new InvalidInputException(Message.of("router.usage"));
        };
    }

    private int on(Enrolment router) {
        if (!agreed && !context.routers().agrees().test(question(router))) {
            return failed(new Failure.Unsafe(Message.of("router.upnp-unasked"), Message.of("router.upnp-remedy")));
        }
        Result<Boolean> changed = administration.upnp().on(router, administration.within(TIME));
        return changed instanceof Result.Err<Boolean>(Failure failure)
                ? failed(failure)
                : told(router, Result.ok(true), changed.equals(Result.ok(true)) ? "switched" : "is");
    }

    private int off(Enrolment router) {
        Result<Boolean> changed = administration.upnp().undo(router, administration.within(TIME));
        if (changed instanceof Result.Err<Boolean>(Failure failure)) {
            return failed(failure);
        }
        return changed.equals(Result.ok(true))
                ? told(router, Result.ok(false), "switched")
                : failed(new Failure.Usage(Message.of("router.upnp-not-ours")));
    }

    private String question(Enrolment router) {
        return context.terminal()
                .text(
                        "router.upnp-question",
                        "router",
                        administration.title(router),
                        "address",
                        Addresses.text(router.address()));
    }

    /**
     * Asks whether UPnP is wanted in place of a rule, and switches it on. Nothing is sent before the yes.
     *
     * @return whether it is on now and was off before
     */
    boolean switchedOnInstead(Enrolment router) {
        if (!administration.hasUpnpSwitch(router) || !context.routers().agrees().test(question(router))) {
            return false;
        }
        Result<Boolean> changed = administration.upnp().on(router, administration.within(TIME));
        String title = administration.title(router);
        String told = changed instanceof Result.Err<Boolean>(Failure why)
                ? context.terminal().text("router.upnp-failed", "router", title, "why", why.detail())
                : context.terminal()
                        .text(
                                changed.equals(Result.ok(true)) ? "router.upnp-switched-on" : "router.upnp-is-on",
                                "router",
                                title);
        context.terminal().tell(told);
        return changed.equals(Result.ok(true));
    }

    /**
     * Before a router is forgotten: what ajar switched on there can be switched off only with its password.
     *
     * @return why it could not be switched off although the user wants that; the password is then still needed
     */
    Optional<Failure> offerUndo(Enrolment router) {
        boolean changed =
                administration.upnp().changed(router) instanceof Result.Ok<Optional<RouterChanges.UpnpOn>> found
                        && found.value().isPresent();
        if (!changed) {
            return Optional.empty();
        }
        String title = administration.title(router);
        boolean undo = agreed
                || context.routers()
                        .agrees()
                        .test(context.terminal().text("router.upnp-undo-question", "router", title));
        Result<Boolean> undone =
                undo ? administration.upnp().undo(router, administration.within(TIME)) : Result.ok(false);
        String told = undone instanceof Result.Err
                ? "router.upnp-not-undone"
                : undone.equals(Result.ok(true)) ? "router.upnp-undone" : "router.upnp-stays";
        if (!quiet || undone instanceof Result.Err) {
            context.terminal().tell(context.terminal().text(told, "router", title));
        }
        return undone instanceof Result.Err<Boolean>(Failure failure) ? Optional.of(failure) : Optional.empty();
    }

    private int told(Enrolment router, Result<Boolean> on, String what) {
        if (on instanceof Result.Err<Boolean>(Failure failure)) {
            return failed(failure);
        }
        boolean isOn = on.equals(Result.ok(true));
        Optional<Instant> since = since(router);
        if (json) {
            context.terminal()
                    .document(JsonMembers.document("router", ExitCode.DONE)
                            .with("upnp", isOn)
                            .with("upnp_switched_on_by_ajar_at", since.map(Instant::toString))
                            .write(Optional.empty()));
            return ExitCode.DONE.number();
        }
        String title = administration.title(router);
        String line = what.equals("switched")
                ? context.terminal().text(isOn ? "router.upnp-switched-on" : "router.upnp-undone", "router", title)
                : context.terminal().text(isOn ? "router.upnp-is-on" : "router.upnp-is-off", "router", title);
        context.terminal().say(line);
        since.filter(when -> isOn && !what.equals("switched"))
                .ifPresent(when -> context.terminal().say(changedLine(when)));
        return ExitCode.DONE.number();
    }

    private Optional<Instant> since(Enrolment router) {
        return administration
                .upnp()
                .changed(router)
                .toOptional()
                .flatMap(change -> change)
                .map(RouterChanges.UpnpOn::at);
    }

    /** For {@code ajar router}: what ajar changed there. */
    void printChange(Enrolment router) {
        since(router).ifPresent(when -> context.terminal().say(changedLine(when)));
    }

    private String changedLine(Instant when) {
        return context.terminal()
                .text(
                        "router.upnp-changed",
                        "day",
                        context.clock().at(when).toLocalDate().toString());
    }

    private int failed(Failure failure) {
        if (json) {
            context.terminal().document(JsonReports.failed("router", failure));
        } else {
            FailureText.print(context.terminal(), failure);
        }
        return ExitCode.of(failure).number();
    }
}
