package dev.ajar.gateway.admin;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The failures that routers' own interfaces have in common. None quotes an answer, which may repeat the password. */
public final class AdminFailures {
    private AdminFailures() {}

    public static <T> Result<T> wrongPassword() {
        return refused(Message.of("admin.wrong-password"));
    }

    /** @param right what the user of the router must be allowed to do */
    public static <T> Result<T> noRight(String right) {
        return refused(Message.of("admin.no-right", "right", right));
    }

    public static <T> Result<T> refused(Message why) {
        return Result.err(new Failure.Refused(why, Optional.empty()));
    }

    /** The rule has ajar's name and is not as ajar made it. */
    public static <T> Result<T> changedByOwner(RouterRule rule) {
        return refused(Message.of("admin.changed-by-owner", "name", rule.name().display()));
    }

    /** @param detail what the router said of values it did not take */
    public static <T> Result<T> badValues(String detail) {
        return Result.err(new Failure.Unsupported(
                Message.of("admin.bad-values", "detail", new RouterText(detail).display()), Optional.empty()));
    }

    /** The router refuses the port, for a rule or a service of its own that its list does not show. */
    public static <T> Result<T> portTaken() {
        return Result.err(new Failure.Conflict(Message.of("admin.port-taken"), Optional.empty(), Optional.empty()));
    }

    /** Whether another port may be free. */
    public static boolean isPortTaken(Failure failure) {
        return failure.detail().key().equals("admin.port-taken");
    }

    /** The answer is not what the interface of this make sends. */
    public static <T> Result<T> notUnderstood() {
        return Result.err(new Failure.Malformed(Message.of("admin.not-understood"), Optional.empty()));
    }

    /** Another device has the address of the router that was enrolled, or the router another network card. */
    public static Failure otherCard(InetAddress address, String before, String now) {
        return new Failure.NoGateway(
                Message.of("admin.other-card", "address", Addresses.text(address), "before", before, "now", now),
                List.of(Message.of("advice.router-look")));
    }

    /** The session ended early: another administrator logged in, or the router restarted. */
    public static <T> Result<T> sessionLost() {
        return refused(Message.of("admin.session-lost"));
    }

    /** Whether a new login may help. */
    public static boolean isSessionLost(Failure failure) {
        return failure.detail().key().equals("admin.session-lost");
    }

    /** This interface, or the user of the router that ajar is, does not see the router's line. */
    public static <T> Result<T> addressNotTold() {
        return Result.err(new Failure.Unsupported(Message.of("admin.no-address"), Optional.empty()));
    }

    /** The list is cut off, too long, or not as this make writes it. */
    public static <T> Result<T> listUnknown() {
        return Result.err(new Failure.Malformed(Message.of("admin.list-unknown"), Optional.empty()));
    }
}
