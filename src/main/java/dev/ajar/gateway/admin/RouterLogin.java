package dev.ajar.gateway.admin;

import dev.ajar.model.Result;
import dev.ajar.system.Deadline;

/** Logs in to one router, once for each call: a second try with a wrong password would lock some routers. */
@FunctionalInterface
public interface RouterLogin {
    Result<RuleTable> login(Deadline deadline);
}
