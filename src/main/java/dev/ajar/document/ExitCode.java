package dev.ajar.document;

import dev.ajar.model.Failure;
import java.util.Arrays;
import java.util.List;

/** The exit codes: an API, described in {@code docs/exit-codes.md}. */
public enum ExitCode {
    DONE(0),
    BUG(1),
    USAGE(2),
    NO_GATEWAY(3),
    REFUSED(4),
    CONFLICT(5),
    NOT_REACHABLE(6),
    PARTLY(7),
    CANNOT(8),
    UNSAFE(9),
    UNWRITTEN(74),
    BUSY(75),
    BAD_STATE(78);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static ExitCode of(Failure failure) {
        return Arrays.stream(values())
                .filter(code -> code.number == failure.kind().exitCode())
                .findFirst()
                .orElseThrow();
    }

    /** Of several things done: all well, the failure of the first where none was done, or partly. */
    public static ExitCode of(List<Failure> failures, int total) {
        if (failures.isEmpty()) {
            return DONE;
        }
        return failures.size() == total ? of(failures.getFirst()) : PARTLY;
    }
}
