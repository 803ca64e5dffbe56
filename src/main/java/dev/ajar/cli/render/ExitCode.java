package dev.ajar.cli.render;

import dev.ajar.model.Failure;
import dev.ajar.model.Reachability;
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
        return switch (failure) {
            case Failure.NoGateway ignored -> NO_GATEWAY;
            case Failure.NoFirewall ignored -> NO_GATEWAY;
            case Failure.NoIpv6 ignored -> NO_GATEWAY;
            case Failure.Unreachable ignored -> NO_GATEWAY;
            case Failure.TimedOut ignored -> NO_GATEWAY;
            case Failure.Refused ignored -> REFUSED;
            case Failure.ForeignHostRefused ignored -> REFUSED;
            case Failure.Conflict ignored -> CONFLICT;
            case Failure.LeftOpen left -> of(left.cause());
            case Failure.SecondNat ignored -> NOT_REACHABLE;
            case Failure.NoResources ignored -> CANNOT;
            case Failure.Unsupported ignored -> CANNOT;
            case Failure.Malformed ignored -> CANNOT;
            case Failure.Unsafe ignored -> UNSAFE;
            case Failure.Usage ignored -> USAGE;
            case Failure.Busy ignored -> BUSY;
            case Failure.LocalPort ignored -> CONFLICT;
            case Failure.BadConfiguration ignored -> BAD_STATE;
            case Failure.BadState ignored -> BAD_STATE;
        };
    }

    /** Of several things done: all well, the first reason why none was, or partly. */
    public static ExitCode of(List<Failure> failures, int total) {
        if (failures.isEmpty()) {
            return DONE;
        }
        return failures.size() == total ? of(failures.getFirst()) : PARTLY;
    }

    /** Of open mappings behind a router that the internet may not reach. */
    public static ExitCode of(Reachability reachability) {
        return switch (reachability) {
            case PUBLIC, UNKNOWN -> DONE;
            case PRIVATE, CARRIER_GRADE -> NOT_REACHABLE;
        };
    }
}
