package dev.ajar.history;

import dev.ajar.message.Message;

/** Stable codes of the reasons for which a mapping is lost. */
final class LossReason {
    /** The lease ended, or another device took the port, because no renewal succeeded. */
    static final String NOT_RENEWED = "not_renewed";

    private LossReason() {}

    /** @param why of a {@code KeeperEvent.Lost} */
    static String codeOf(Message why) {
        return switch (why.key()) {
            case "keeper.disabled" -> "disabled";
            case "keeper.dropped" -> "dropped";
            case "keeper.expired" -> "expired";
            case "keeper.moved" -> "moved";
            case "keeper.redirected" -> "redirected";
            case "keeper.rerouted" -> "rerouted";
            case "keeper.router-restarted" -> "router_restarted";
            case "keeper.taken" -> "taken";
            case "keeper.taken-by-ajar" -> "taken_by_ajar";
            case "discovery.gone" -> "no_gateway";
            // The text of a failed renewal, which may come from the operating system.
            default -> NOT_RENEWED;
        };
    }
}
