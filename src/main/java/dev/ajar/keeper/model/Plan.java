package dev.ajar.keeper.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What the keeper has to do next.
 *
 * @param due the most urgent step that is due, if there is one
 * @param next when the next step is due; now, if one is due
 */
public record Plan(Optional<KeeperStep> due, Duration next) {}
