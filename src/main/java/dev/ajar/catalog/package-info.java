/** Reads the data about routers, applications and services in the folder {@code profiles}. */
@NullMarked
package dev.ajar.catalog;

import org.jspecify.annotations.NullMarked;
