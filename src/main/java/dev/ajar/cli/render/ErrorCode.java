package dev.ajar.cli.render;

import dev.ajar.model.Failure;

/** The {@code code} of an error in JSON: an API, described in {@code docs/json.md}. */
final class ErrorCode {
    static final String USAGE = "usage";
    static final String BUG = "bug";

    private ErrorCode() {}

    static String of(Failure failure) {
        return switch (failure) {
            case Failure.NoGateway ignored -> "no_gateway";
            case Failure.NoFirewall ignored -> "no_gateway";
            case Failure.NoIpv6 ignored -> "no_gateway";
            case Failure.Unreachable ignored -> "unreachable";
            case Failure.TimedOut ignored -> "timed_out";
            case Failure.Refused ignored -> "refused";
            case Failure.ForeignHostRefused ignored -> "refused";
            case Failure.Conflict ignored -> "conflict";
            case Failure.LeftOpen left -> of(left.cause());
            case Failure.SecondNat ignored -> "second_nat";
            case Failure.NoResources ignored -> "no_resources";
            case Failure.Unsupported ignored -> "unsupported";
            case Failure.Malformed ignored -> "malformed";
            case Failure.Unsafe ignored -> "unsafe";
            case Failure.Usage ignored -> USAGE;
            case Failure.Busy ignored -> "busy";
            case Failure.LocalPort ignored -> "local_port";
            case Failure.BadConfiguration ignored -> "bad_config";
            case Failure.BadState ignored -> "bad_state";
        };
    }
}
