package dev.ajar.model;

/**
 * The table of failures: one row for each kind of {@link Failure}, with everything that follows from the kind.
 */
public enum FailureKind {
    // code, exit code, silence, other protocol may help, may have happened, helped by hand, retry
    NO_GATEWAY("no_gateway", 3, true, true, false, true, Retry.SILENCE),
    NO_FIREWALL("no_gateway", 3, true, true, false, false, Retry.SILENCE),
    NO_IPV6("no_gateway", 3, false, false, false, false, Retry.SILENCE),
    UNREACHABLE("unreachable", 3, true, true, true, true, Retry.SILENCE),
    TIMED_OUT("timed_out", 3, true, true, true, true, Retry.SILENCE),
    KEPT_IN("own_firewall", 3, true, true, false, false, Retry.SILENCE),
    ADDRESS_MISMATCH("address_mismatch", 8, false, false, false, false, Retry.REFUSAL),
    REFUSED("refused", 4, false, true, false, true, Retry.REFUSAL),
    FOREIGN_HOST_REFUSED("refused", 4, false, false, false, true, Retry.REFUSAL),
    CONFLICT("conflict", 5, false, false, false, false, Retry.CONFLICT),
    LOCAL_PORT("local_port", 5, false, false, false, false, Retry.REFUSAL),
    SECOND_NAT("second_nat", 6, false, false, false, false, Retry.REFUSAL),
    LINE_DOWN("line_down", 6, false, false, false, false, Retry.SILENCE),
    NO_RESOURCES("no_resources", 8, false, true, false, false, Retry.REFUSAL),
    UNSUPPORTED("unsupported", 8, false, true, false, true, Retry.REFUSAL),
    MALFORMED("malformed", 8, false, true, true, true, Retry.REFUSAL),
    UNSAFE("unsafe", 9, false, false, false, false, Retry.REFUSAL),
    USAGE("usage", 2, false, false, false, false, Retry.REFUSAL),
    BUSY("busy", 75, false, false, false, false, Retry.BUSY),
    BAD_CONFIGURATION("bad_config", 78, false, false, false, false, Retry.REFUSAL),
    BAD_STATE("bad_state", 78, false, false, false, false, Retry.REFUSAL);

    /** The reason for the pause before the next attempt. */
    public enum Retry {
        /** The router may be starting. */
        SILENCE,
        /** A setting must be changed first. */
        REFUSAL,
        /** Another device has the port for the length of a lease. */
        CONFLICT,
        /** Another ajar process is about to end. */
        BUSY
    }

    private final String code;
    private final int exitCode;
    final boolean silence;
    final boolean otherProtocolMayHelp;
    final boolean mayHaveHappened;
    private final boolean helpedByHand;
    private final Retry retry;

    FailureKind(
            String code,
            int exitCode,
            boolean silence,
            boolean otherProtocolMayHelp,
            boolean mayHaveHappened,
            boolean helpedByHand,
            Retry retry) {
        this.code = code;
        this.exitCode = exitCode;
        this.silence = silence;
        this.otherProtocolMayHelp = otherProtocolMayHelp;
        this.mayHaveHappened = mayHaveHappened;
        this.helpedByHand = helpedByHand;
        this.retry = retry;
    }

    /** The {@code code} of an error in JSON, as documented in {@code docs/json.md}. */
    public String code() {
        return code;
    }

    /** The exit code, as documented in {@code docs/exit-codes.md}. */
    public int exitCode() {
        return exitCode;
    }

    /** Whether a rule made by hand on the router's page can do what failed. */
    public boolean isHelpedByHand() {
        return helpedByHand;
    }

    public Retry retry() {
        return retry;
    }
}
