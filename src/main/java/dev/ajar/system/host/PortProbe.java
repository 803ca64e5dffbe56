package dev.ajar.system.host;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;

/** Whether a program could listen on a port of this machine. */
public interface PortProbe {
    /** @return false where another one has it, or this process may not */
    boolean isFree(TransportProtocol protocol, InetAddress at, Port port);
}
