package dev.ajar.cli.render;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.FailureKind;
import dev.ajar.service.CommandBackend;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON documents that no class beside this one writes: an API, described in {@code docs/json.md}. */
public final class JsonReports {
    private JsonReports() {}

    /** An error before any command could run. */
    public static String usage(String command, String message) {
        return JsonMembers.document(command, ExitCode.USAGE)
                .write(FailureKind.USAGE.code(), message, Message.of("advice.usage", "command", command));
    }

    public static String bug(String command, String message) {
        return JsonMembers.document(command, ExitCode.BUG).write("bug", message, Message.of("advice.bug"));
    }

    /** A command that did nothing but fail. */
    public static String failed(String command, Failure failure) {
        return JsonMembers.document(command, ExitCode.of(failure)).write(Optional.of(failure));
    }

    /**
     * @param changes what changed, for people
     * @param tooShort leases that end before the next run
     */
    public static String renew(
            int open,
            List<?> changes,
            List<Failure> failures,
            List<CommandBackend.ShortLease> tooShort,
            ExitCode exitCode) {
        return JsonMembers.document("renew", exitCode)
                .with("open", open)
                .with("changes", changes)
                .with("too_short", tooShort.stream().map(JsonReports::tooShort).toList())
                .write(failures.stream().findFirst());
    }

    private static Map<String, Object> tooShort(CommandBackend.ShortLease one) {
        return new JsonMembers()
                .with("mapping", one.label())
                .with("lease_seconds", one.lease().seconds())
                .with("interval_seconds", one.interval().toSeconds())
                .map();
    }
}
