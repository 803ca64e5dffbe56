/**
 * What every way of talking to a router's own interface needs: the connection with its time limit, bodies in JSON,
 * and the bounds on logins and on lists that are read only in part.
 */
@NullMarked
package dev.ajar.gateway.admin.connection;

import org.jspecify.annotations.NullMarked;
