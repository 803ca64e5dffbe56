/**
 * The conversations of routers' own interfaces. Each class is named for the way of talking; what distinguishes the makes that talk
 * so is data in {@code profiles/routers}.
 */
@NullMarked
package dev.ajar.gateway.admin.client;

import org.jspecify.annotations.NullMarked;
