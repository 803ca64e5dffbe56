package dev.ajar.container;

import dev.ajar.model.Addresses;
import dev.ajar.model.Port;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Where a container engine listens. */
public sealed interface EngineAddress {
    /** A socket in the file system. */
    record Unix(Path socket) implements EngineAddress {
        @Override
        public String toString() {
            return "unix://" + socket;
        }
    }

    /** A proxy that lets only some requests pass to the engine's socket. */
    record Tcp(InetAddress address, Port port) implements EngineAddress {
        public InetSocketAddress socket() {
            return new InetSocketAddress(address, port.number());
        }

        @Override
        public String toString() {
            return "tcp://" + Addresses.text(address) + ":" + port;
        }
    }
}
