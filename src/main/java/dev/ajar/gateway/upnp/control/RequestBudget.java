package dev.ajar.gateway.upnp.control;

/** Counts what one opening asks of a router, over all of its services. */
final class RequestBudget {
    private final int most;
    private int spent;

    RequestBudget(int most) {
        this.most = most;
    }

    void spend() {
        spent++;
    }

    /** Whether {@code requests} more may be made. */
    boolean allows(int requests) {
        return spent + requests <= most;
    }
}
