package dev.ajar.gateway.admin;

import dev.ajar.gateway.Gateway;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;

/**
 * The rules of one router during one login. Calls block, and never throw for what a router does. What a write did is seen only
 * by reading again: several routers say yes and do nothing.
 */
public interface RuleTable extends AutoCloseable {
    Result<RuleList> read(Deadline deadline);

    /** Adds a rule, after {@link #read}; no rule of its name exists. Other rules stay as they are. */
    Result<Written> add(RuleRequest request, Deadline deadline);

    /** Removes that rule, as just read, and no other. */
    Result<Gateway.Removed> remove(RouterRule rule, Deadline deadline);

    /** Ends the login. Many routers have a single session, which would lock their owner out. */
    @Override
    void close();

    /** The router said that it wrote the rule. */
    record Written() {}
}
