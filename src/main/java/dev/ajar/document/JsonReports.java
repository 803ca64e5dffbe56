package dev.ajar.document;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.FailureKind;
import java.util.Optional;

/** The JSON documents that no class beside this one writes: an API, described in {@code docs/json.md}. */
public final class JsonReports {
    private JsonReports() {}

    /** An error before any command could run. */
    public static String usage(String command, Message problem) {
        return JsonMembers.document(command, ExitCode.USAGE)
                .write(
                        FailureKind.USAGE.code(),
                        problem,
                        Message.of("advice.usage", "command", command.equals("ajar") ? "open" : command));
    }

    public static String bug(String command, String problem) {
        return JsonMembers.document(command, ExitCode.BUG)
                .write("bug", Message.verbatim(problem), Message.of("advice.bug"));
    }

    /** A command that did nothing but fail. */
    public static String failed(String command, Failure failure) {
        return JsonMembers.document(command, ExitCode.of(failure)).write(Optional.of(failure));
    }
}
