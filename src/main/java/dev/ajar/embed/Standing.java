package dev.ajar.embed;

import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import java.net.InetAddress;
import java.util.Optional;

/** How a mapping that a program wants stands with its router. */
public sealed interface Standing {
    /** Not asked yet, or the router has not answered yet. */
    record Waiting() implements Standing {}

    /** @param address the router's address on the internet side, as it told it last */
    record Open(Lease lease, Optional<InetAddress> address) implements Standing {}

    /** Another program has opened the same mapping, and renews it. */
    record OpenedByAnother() implements Standing {}

    /** It was open and is not; the router is being asked again. */
    record Lost(Optional<Failure> why) implements Standing {}

    /** It has not been open yet; the router is being asked again. */
    record Failed(Failure why) implements Standing {}

    /** It is not wanted any more: the program, the user or the end of the keeper closed it. */
    record Gone() implements Standing {}
}
