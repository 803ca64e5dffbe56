/**
 * Every HTTP byte to and from a router. Apache HttpClient 5 at its slimmest: no TLS, cookies, redirects, compression,
 * retries or name look-ups; a cap on the bytes and on the whole time of an exchange.
 */
@NullMarked
package dev.ajar.http;

import org.jspecify.annotations.NullMarked;
