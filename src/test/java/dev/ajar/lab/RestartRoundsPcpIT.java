package dev.ajar.lab;

import java.time.Duration;

class RestartRoundsPcpIT extends RestartRounds {
    RestartRoundsPcpIT() {
        super("pcp", Duration.ofSeconds(30));
    }
}
