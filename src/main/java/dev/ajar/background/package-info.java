/**
 * The daemon as a background task of one user, started at login: a unit of systemd, an agent of launchd or a task of
 * the Task Scheduler. What is written and run is decided as values; {@link dev.ajar.background.BackgroundTask} carries
 * it out.
 */
@NullMarked
package dev.ajar.background;

import org.jspecify.annotations.NullMarked;
