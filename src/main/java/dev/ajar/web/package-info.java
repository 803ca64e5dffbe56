/**
 * What the daemon offers over HTTP on this machine: metrics for monitoring systems, and a page for people. Nothing here
 * listens unless the configuration or the user says so.
 */
@NullMarked
package dev.ajar.web;

import org.jspecify.annotations.NullMarked;
