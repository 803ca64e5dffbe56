package dev.ajar.gateway.admin.enrolment;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.RouterLogin;
import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Switches UPnP on where the owner has agreed that every device in the home may then open ports, and back to what it
 * was. Each call is one login.
 */
public final class UpnpConsent {
    private final Function<Enrolment, Result<RouterLogin>> login;
    private final RouterChanges changes;
    private final Timeline timeline;

    /** @param login with the kept secret, to the enrolled network card alone */
    UpnpConsent(Function<Enrolment, Result<RouterLogin>> login, RouterChanges changes, Timeline timeline) {
        this.login = login;
        this.changes = changes;
        this.timeline = timeline;
    }

    /** Whether UPnP is on; a failure where the interface has no switch for it. */
    public Result<Boolean> isOn(Enrolment router, Deadline deadline) {
        return during(router, deadline, UpnpSwitch::read).map(UpnpSwitch.Setting::on);
    }

    /** What ajar changed there. */
    public Result<Optional<RouterChanges.UpnpOn>> changed(Enrolment router) {
        return changes.upnp(router.card());
    }

    /**
     * Switches it on. How it was is written down first.
     *
     * @return whether anything was changed
     */
    public Result<Boolean> on(Enrolment router, Deadline deadline) {
        return during(
                router,
                deadline,
                (one, end) -> one.read(end).flatMap(before -> {
                    if (before.on()) {
                        return Result.ok(false);
                    }
                    Optional<Failure> unwritten =
                            changes.save(router.card(), new RouterChanges.UpnpOn(timeline.instant(), before));
                    return unwritten.isPresent()
                            ? Result.err(unwritten.get())
                            : write(one, one.on(before), end).flatMap(now -> {
                                // The router said yes and did nothing, so there is nothing to undo.
                                return now ? Result.ok(true) : forgotten(router).flatMap(done -> notSwitched());
                            });
                }));
    }

    /** @return whether it is as {@code wanted} afterwards */
    private static Result<Boolean> write(UpnpSwitch one, UpnpSwitch.Setting wanted, Deadline deadline) {
        return one.write(wanted, deadline).map(now -> now.on() == wanted.on());
    }

    private static Result<Boolean> notSwitched() {
        return Result.err(new Failure.Malformed(Message.of("admin.upnp-not-switched"), Optional.empty()));
    }

    /**
     * Puts the switch back to what it was before ajar changed it. How it was stays written down until that is seen.
     *
     * @return whether anything was changed; not where ajar had changed nothing
     */
    public Result<Boolean> undo(Enrolment router, Deadline deadline) {
        return changed(router).flatMap(change -> {
            if (change.isEmpty()) {
                return Result.ok(false);
            }
            UpnpSwitch.Setting before = change.get().before();
            return during(router, deadline, (one, end) -> write(one, before, end))
                    .flatMap(done -> done ? forgotten(router) : notSwitched());
        });
    }

    private Result<Boolean> forgotten(Enrolment router) {
        return changes.remove(router.card()).<Result<Boolean>>map(Result::err).orElseGet(() -> Result.ok(true));
    }

    private <T> Result<T> during(
            Enrolment router, Deadline deadline, BiFunction<UpnpSwitch, Deadline, Result<T>> work) {
        return login.apply(router)
                .flatMap(to -> to.once(
                        deadline.leniently(),
                        (table, end) -> table.upnp()
                                .map(one -> work.apply(one, end))
                                .orElseGet(() -> AdminFailures.refused(Message.of("admin.upnp-unknown")))));
    }
}
