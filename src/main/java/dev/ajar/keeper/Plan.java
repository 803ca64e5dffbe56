package dev.ajar.keeper;

import java.time.Duration;
import java.util.Optional;

/**
 * What to do.
 *
 * @param due the most urgent thing, if anything is
 * @param next when something will be, if nothing is
 */
record Plan(Optional<KeeperStep> due, Duration next) {}
