/** What ajar knows of routers, applications and services: data of the folder {@code profiles}, never code. */
@NullMarked
package dev.ajar.catalog;

import org.jspecify.annotations.NullMarked;
