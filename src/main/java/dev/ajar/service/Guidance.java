package dev.ajar.service;

import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.message.Message;

/**
 * The manual steps for one router.
 *
 * @param how its make was recognised
 */
public record Guidance(Walkthrough walk, Message how) {}
