/**
 * Chooses the way of talking to a router's own interface ({@link dev.ajar.gateway.admin.client.Conversations}), and
 * holds the ways whose login answers a challenge or a digest. Each class is named for the way of talking; what
 * distinguishes the makes that talk so is data in {@code profiles/routers}.
 */
@NullMarked
package dev.ajar.gateway.admin.client;

import org.jspecify.annotations.NullMarked;
