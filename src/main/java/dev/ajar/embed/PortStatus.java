package dev.ajar.embed;

import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import java.net.InetAddress;
import java.util.Optional;

/** The status of a mapping that a program with ajar inside wants. */
public sealed interface PortStatus {
    /** Not asked yet, or the router has not answered yet. */
    record Waiting() implements PortStatus {}

    /** @param address the router's address on the internet side, as it told it last */
    record Open(Lease lease, Optional<InetAddress> address) implements PortStatus {}

    /** Another program has opened the same mapping, and renews it. */
    record OpenedByAnother() implements PortStatus {}

    /** It was open and is not; the router is being asked again. */
    record Lost(Optional<Failure> why) implements PortStatus {}

    /** It has not been open yet; the router is being asked again. */
    record Failed(Failure why) implements PortStatus {}

    /** It is not wanted any more: the program, the user or the end of the keeper closed it. */
    record Gone() implements PortStatus {}
}
