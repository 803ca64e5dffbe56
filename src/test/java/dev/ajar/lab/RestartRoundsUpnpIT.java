package dev.ajar.lab;

import java.time.Duration;

class RestartRoundsUpnpIT extends RestartRounds {
    RestartRoundsUpnpIT() {
        super("upnp", Duration.ofSeconds(60));
    }
}
