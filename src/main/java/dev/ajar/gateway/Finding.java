package dev.ajar.gateway;

import java.util.ArrayList;
import java.util.List;

/** What one search brought back: the gateways, best first, and everything that was tried. */
public record Finding(List<Gateway> gateways, List<Attempt> attempts) {
    public static final Finding NOTHING = new Finding(List.of(), List.of());

    public Finding plus(Finding other) {
        List<Gateway> allGateways = new ArrayList<>(gateways);
        allGateways.addAll(other.gateways);
        List<Attempt> allAttempts = new ArrayList<>(attempts);
        allAttempts.addAll(other.attempts);
        return new Finding(List.copyOf(allGateways), List.copyOf(allAttempts));
    }
}
