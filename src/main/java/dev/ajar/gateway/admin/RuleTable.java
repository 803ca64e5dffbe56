package dev.ajar.gateway.admin;

import dev.ajar.gateway.Gateway;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of one router during one login. Calls block, and never throw for what a router does. What a write did is
 * seen only by reading again: several routers say yes and do nothing.
 */
public interface RuleTable extends AutoCloseable {
    Result<RuleList> read(Deadline deadline);

    /** Why that rule cannot be made here, as far as the last {@link #read} tells; nothing is sent. */
    default Optional<Failure> obstacle(RuleRequest request) {
        return Optional.empty();
    }

    /** Adds a rule, after {@link #read}; no rule of its name exists. Other rules stay as they are. */
    Result<Written> add(RuleRequest request, Deadline deadline);

    /**
     * After a change whose answer was lost, or that was not seen to be saved: puts into effect what was saved, and
     * saves what is in effect, so that the list tells both. Staged changes of others stay as they are.
     */
    default Result<Written> settle(Deadline deadline) {
        return Result.ok(new Written());
    }

    /** Removes that rule, as just read, and no other. */
    Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline);

    /** The router's address on the internet side, by its own interface; an empty one where its line has none. */
    default Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return AdminFailures.addressNotTold();
    }

    /** The router's switch for UPnP; empty where this interface has none that is known. */
    default Optional<UpnpSwitch> upnp() {
        return Optional.empty();
    }

    /**
     * What the router's own list calls these devices of its network, as far as it has names for them. Changes nothing.
     *
     * @return none where this interface has no list that is known, or does not show it to this user
     */
    default Map<Inet4Address, RouterText> deviceNames(Collection<Inet4Address> devices, Deadline deadline) {
        return Map.of();
    }

    /** Ends the login. Many routers have a single session, which would lock their owner out. */
    @Override
    void close();

    /** The router said that it wrote the rule. */
    record Written() {}
}
