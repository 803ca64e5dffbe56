/**
 * HTTP to and from routers, for every gateway protocol that needs it. Apache HttpClient 5 at its slimmest: no TLS,
 * cookies, redirects, compression, retries or name look-ups; the bytes and the time of an exchange are limited.
 */
@NullMarked
package dev.ajar.http;

import org.jspecify.annotations.NullMarked;
