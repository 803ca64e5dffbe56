package dev.ajar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.launch.ServerProperties.PropertyUse;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import org.junit.jupiter.api.Test;

class ServerPropertiesTest {
    private static PropertyUse use(TransportProtocol protocol, int port) {
        return new PropertyUse(protocol, new Port(port));
    }

    @Test
    void the_server_port_and_an_enabled_query_port_are_read_but_not_remote_control() {
        assertThat(ServerProperties.parse("server-port=25570\nenable-rcon=true\nrcon.port=25575\nquery.port=25571\n"))
                .containsExactly(use(TransportProtocol.TCP, 25570));
        assertThat(ServerProperties.parse(
                        "server-port=25570\nenable-query=true\nquery.port=25571\nmanagement-server-port=9\n"))
                .containsExactly(use(TransportProtocol.TCP, 25570), use(TransportProtocol.UDP, 25571));
        assertThat(ServerProperties.parse("motd=hello\n")).containsExactly(use(TransportProtocol.TCP, 25565));
    }

    @Test
    void the_bedrock_edition_speaks_udp() {
        assertThat(ServerProperties.parse("server-port=19132\nserver-portv6=19133\n"))
                .containsExactly(use(TransportProtocol.UDP, 19132));
    }

    @Test
    void invalid_values_are_ignored() {
        assertThat(ServerProperties.parse("server-port=70000\n")).isEmpty();
        assertThat(ServerProperties.parse("server-port=\\u00zz\n")).isEmpty();
    }
}
