package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second factor of the router itself: its owner presses a button on it or dials a code, and the change is made with
 * the token of that. ajar tells what to do and waits; without a user there nothing is begun.
 */
final class OwnerConfirmation {
    private static final Duration TO_CONFIRM = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int MOST_LOOKS = 120;
    private static final Pattern DIAL = Pattern.compile("dtmf;([*#0-9]{1,12})");
    private static final String SET = "SetConfig";
    private static final String ACTION = "NewAction";

    private final DigestSoapClient client;
    private final Optional<DigestSoapClient.Service> service;
    private final String head;
    private final Approval approval;

    /**
     * @param service of the confirmations; empty where the make has none
     * @param head what carries the token, with the placeholder {@code {token}}
     */
    OwnerConfirmation(
            DigestSoapClient client, Optional<DigestSoapClient.Service> service, String head, Approval approval) {
        this.client = client;
        this.service = service;
        this.head = head;
        this.approval = approval;
    }

    /**
     * Asks once.
     *
     * @param change makes the change with such a head
     * @return its answer, or that of the router to the question
     */
    Result<DigestSoapClient.Reply> ask(
            BiFunction<String, Deadline, Result<DigestSoapClient.Reply>> change, Deadline deadline) {
        if (service.isEmpty()) {
            return needed();
        }
        if (!approval.isAttended()) {
            return AdminFailures.refused(Message.of(Failure.FOR_A_PERSON));
        }
        DigestSoapClient.Service at = service.get();
        return client.call(at, "GetInfo", Map.of(), deadline).flatMap(info -> {
            if (info.error() != 0 || !info.text("NewEnabled").equals("1")) {
                return needed();
            }
            return client.call(at, SET, Map.of(ACTION, "start"), deadline)
                    .flatMap(begun -> begun.error() == 0 ? begun(at, begun, change, deadline) : Result.ok(begun));
        });
    }

    private static Result<DigestSoapClient.Reply> needed() {
        return AdminFailures.refused(Message.of("admin.approval-needed"));
    }

    private Result<DigestSoapClient.Reply> begun(
            DigestSoapClient.Service at,
            DigestSoapClient.Reply begun,
            BiFunction<String, Deadline, Result<DigestSoapClient.Reply>> change,
            Deadline deadline) {
        String token = begun.text("NewToken");
        Optional<Message> how = how(begun.text("NewMethods"));
        boolean usable = token.matches("[A-Za-z0-9._~+/=-]{1,200}");
        Deadline patient = Deadline.after(deadline.timeline(), TO_CONFIRM);
        Result<DigestSoapClient.Reply> made = usable && how.isPresent()
                ? confirmed(at, head.replace("{token}", token), how.get(), patient, change)
                : needed();
        // Another program could not ask before this one has ended.
        var unused = client.call(at, SET, Map.of(ACTION, "stop"), patient.atLeast(BETWEEN_LOOKS));
        return made;
    }

    /** What the owner can do; empty where there is nothing that ajar can wait for. */
    private static Optional<Message> how(String methods) {
        List<String> all = Arrays.asList(methods.split(",", -1));
        Matcher dial = DIAL.matcher(methods);
        if (dial.find()) {
            return Optional.of(Message.of("admin.approve-dial", "code", dial.group(1)));
        }
        return all.contains("button") ? Optional.of(Message.of("admin.approve-button")) : Optional.empty();
    }

    private Result<DigestSoapClient.Reply> confirmed(
            DigestSoapClient.Service at,
            String withToken,
            Message how,
            Deadline patient,
            BiFunction<String, Deadline, Result<DigestSoapClient.Reply>> change) {
        approval.tell(how);
        for (int i = 0; i < MOST_LOOKS && !patient.hasPassed(); i++) {
            Result<DigestSoapClient.Reply> looked = client.call(at, "GetState", Map.of(), withToken, patient);
            if (!(looked instanceof Result.Ok<DigestSoapClient.Reply>(DigestSoapClient.Reply reply))
                    || reply.error() != 0) {
                return looked;
            }
            switch (reply.text("NewState")) {
                case "authenticated" -> {
                    return change.apply(withToken, patient.atLeast(BETWEEN_LOOKS));
                }
                case "waitingforauth" -> patient.pause(BETWEEN_LOOKS);
                case "blocked" -> {
                    return AdminFailures.refused(Message.of("admin.approval-blocked"));
                }
                default -> {
                    return AdminFailures.refused(Message.of("admin.approval-denied"));
                }
            }
        }
        return AdminFailures.refused(Message.of("admin.approval-timeout"));
    }
}
