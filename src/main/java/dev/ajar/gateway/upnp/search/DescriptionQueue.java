package dev.ajar.gateway.upnp.search;

import dev.ajar.gateway.upnp.description.RouterUrl;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the locations that a search hears of are fetched: a flood of answers must not become a flood of
 * requests.
 */
final class DescriptionQueue {
    private static final int MOST_DESCRIPTIONS = 48;

    /** More of the gateway than of others: every device on the LAN can forge answers in its name. */
    private static final int MOST_OF_THE_GATEWAY = 32;

    /** Of the gateway with those that failed and gave up their room to others. */
    private static final int MOST_TRIED = 96;

    /** Room of the gateway that is kept for locations with a usual name. */
    private static final int KEPT_FOR_USUAL = 8;

    private static final int MOST_OF_A_DEVICE = 4;

    private final DescriptionFetcher fetches;
    private final Set<RouterUrl> seen = new HashSet<>();
    private final Set<RouterUrl> forgiven = new HashSet<>();

    /** Where the gateway was last time, until an answer names the same. */
    private final Set<RouterUrl> remembered = new HashSet<>();

    private @Nullable CrowdedAnswers crowd;
    private int triedOfTheGateway;
    private int failedOfTheGateway;

    DescriptionQueue(DescriptionFetcher fetches) {
        this.fetches = fetches;
    }

    /** A location where the gateway was last time; no answer has named it yet. */
    void addRemembered(RouterUrl location) {
        if (remembered.add(location)) {
            addOfTheGateway(location);
        }
    }

    /** An answer has named it. */
    void named(RouterUrl location) {
        remembered.remove(location);
    }

    /** What has failed gives up its room, and a location with a usual name has some of its own. */
    void addOfTheGateway(RouterUrl location) {
        if (seen.contains(location)) {
            return;
        }
        int busy = triedOfTheGateway - failedOfTheGateway;
        int most = MOST_OF_THE_GATEWAY + (CrowdedAnswers.isUsual(location) ? KEPT_FOR_USUAL : 0);
        if (busy >= most || triedOfTheGateway >= MOST_TRIED) {
            if (crowd == null) {
                crowd = new CrowdedAnswers();
            }
            crowd.add(location);
            return;
        }
        seen.add(location);
        triedOfTheGateway++;
        if (busy >= MOST_OF_THE_GATEWAY) {
            fetches.addFirst(location);
        } else {
            fetches.add(location);
        }
    }

    void addOfAnother(RouterUrl location) {
        long ofThisDevice =
                seen.stream().filter(url -> url.host().equals(location.host())).count();
        boolean enough = seen.size() >= MOST_DESCRIPTIONS || ofThisDevice >= MOST_OF_A_DEVICE;
        if (!enough && seen.add(location)) {
            fetches.add(location);
        }
    }

    /** Forgets a location that could not be read and that no answer has named; false if an answer has. */
    boolean forgotRemembered(RouterUrl location) {
        boolean forgotten = remembered.remove(location);
        if (forgotten) {
            seen.remove(location);
            triedOfTheGateway--;
        }
        return forgotten;
    }

    /** One of the gateway's has failed: another takes its room. */
    void giveRoom() {
        failedOfTheGateway++;
        if (crowd != null) {
            crowd.next().ifPresent(this::addOfTheGateway);
        }
    }

    /** Fetches it again if it is named again, once: a router that is starting up resets its first connections. */
    void forgive(RouterUrl location) {
        if (crowd == null && forgiven.add(location)) {
            seen.remove(location);
        }
    }

    int failedOfTheGateway() {
        return failedOfTheGateway;
    }

    /** Whether an answer has named a location that was to be fetched. */
    boolean isAnyNamed() {
        return !forgiven.isEmpty() || !remembered.containsAll(seen);
    }

    /** Named, and not read to the end yet. */
    List<RouterUrl> unfinished() {
        return fetches.unfinished().stream()
                .filter(url -> !remembered.contains(url))
                .toList();
    }
}
