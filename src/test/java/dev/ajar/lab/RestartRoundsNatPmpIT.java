package dev.ajar.lab;

import java.time.Duration;

class RestartRoundsNatPmpIT extends RestartRounds {
    RestartRoundsNatPmpIT() {
        super("nat-pmp", Duration.ofSeconds(30));
    }
}
