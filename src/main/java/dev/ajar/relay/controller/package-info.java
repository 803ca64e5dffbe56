/** Starts and ends relay processes, and asks for their status. */
@NullMarked
package dev.ajar.relay.controller;

import org.jspecify.annotations.NullMarked;
