/**
 * Interfaces whose resources are read and written as JSON. What distinguishes one make's pages and fields from
 * another's is a dialect, read from {@code profiles/routers}.
 */
@NullMarked
package dev.ajar.gateway.admin.rest;

import org.jspecify.annotations.NullMarked;
