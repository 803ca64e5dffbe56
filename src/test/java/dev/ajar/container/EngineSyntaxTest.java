package dev.ajar.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.syntax.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSyntaxTest {
    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/docker.sock, unix:///var/run/docker.sock",
        "/run/podman/podman.sock,     unix:///run/podman/podman.sock",
        "tcp://127.0.0.1:2375,        tcp://127.0.0.1:2375",
        "http://192.168.1.20:2375/,   tcp://192.168.1.20:2375"
    })
    void addresses_of_engines_are_read(String text, String expected) throws InvalidInputException {
        assertThat(EngineSyntax.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "docker.sock",
                "unix://docker.sock",
                "unix:///",
                "unix:///a\u0000b",
                "tcp://proxy:2375",
                "tcp://8.8.8.8:2375",
                "tcp://127.0.0.1:0",
                "tcp://127.0.0.1:99999",
                "tcp://127.0.0.1",
                "ssh://me@host"
            })
    void others_are_refused(String text) {
        assertThatThrownBy(() -> EngineSyntax.parse(text)).isInstanceOf(InvalidInputException.class);
    }
}
