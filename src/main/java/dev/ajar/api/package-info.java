/**
 * Opens ports on the home router from a Java program, keeps them open, and says why when it cannot.
 *
 * <pre>{@code
 * try (OpenPort port = OpenPort.openAndWait(PortRequest.tcp(25565).named("My game"))) {
 *     print("Friends join at " + port.joinAddress().orElse("the router's address"));
 *     play();
 * } // closed on the router
 * }</pre>
 *
 * <p>{@link dev.ajar.api.Ajar} is the way in. Only this package is promised to stay as it is (semantic versioning);
 * everything else of ajar may change with any version.
 *
 * <p>Threads. No method blocks the caller's thread except {@code close()}, for two seconds at most, and those whose
 * name ends in {@code AndWait}. Every type is for any thread. ajar's own threads are daemon threads, begin with the
 * first port, and end with {@code close()}. Callbacks run one after the other on a thread of ajar's own, and so does
 * what a program hangs on a {@link java.util.concurrent.CompletionStage}. A callback may call the methods that block,
 * and holds up those after it meanwhile; waiting there for a stage to complete would be in vain.
 *
 * <p>Units. Durations are {@link java.time.Duration}s; ports are numbers from 1 to 65535; addresses are never looked up
 * by name.
 */
@NullMarked
package dev.ajar.api;

import org.jspecify.annotations.NullMarked;
