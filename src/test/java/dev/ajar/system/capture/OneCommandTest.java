package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.discovery.Discovery;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemNetworkView;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.MachineSource;
import dev.ajar.system.machine.Translation;
import dev.ajar.testing.ManualTimeline;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the parts of one command see of this machine. */
class OneCommandTest {
    private static Machine picture() throws IOException {
        return new LinuxSource(new RecordedKernel("plain", true), new ManualTimeline()).look();
    }

    /** A gateway that this machine has not talked to before shows its card when it is asked, after the first look. */
    @Test
    void the_cards_of_neighbours_are_seen_later_than_the_rest() throws IOException {
        Machine first = picture();
        Machine later = first.knowing(Map.of(Addresses.ipv4("192.168.77.1").orElseThrow(), "00:16:3e:00:00:01"));
        List<Machine> looks = new ArrayList<>(List.of(first));
        NetworkView once = new SystemNetworkView(new MachineSource() {
                    @Override
                    public Machine look() {
                        return looks.isEmpty() ? later : looks.removeFirst();
                    }

                    @Override
                    public Optional<InetAddress> sourceTowards(InetAddress destination) {
                        return Optional.empty();
                    }
                })
                .once();

        assertThat(once.machine().neighbours()).isEqualTo(first.neighbours());
        assertThat(once.neighboursNow()).isEqualTo(later.neighbours());
        assertThat(new Discovery(once, List.of()).translation()).contains(Translation.CONTAINER);
        assertThat(once.machine().neighbours()).isEqualTo(first.neighbours());
    }

    /** The parts of a command are put together in several places, each of which asks for its view. */
    @Test
    void every_part_of_a_command_shares_one_picture() throws IOException {
        Machine picture = picture();
        AtomicInteger taken = new AtomicInteger();
        NetworkView once = new SystemNetworkView(new MachineSource() {
                    @Override
                    public Machine look() {
                        taken.incrementAndGet();
                        return picture;
                    }

                    @Override
                    public Map<InetAddress, String> neighbours() {
                        return picture.neighbours();
                    }

                    @Override
                    public Optional<InetAddress> sourceTowards(InetAddress destination) {
                        return Optional.empty();
                    }
                })
                .once();

        assertThat(once.once()).isSameAs(once);
        assertThat(once.routes()).isNotEmpty();
        assertThat(once.once().machine(IpVersion.IPV4)).isSameAs(once.machine());
        assertThat(once.neighboursNow()).isEqualTo(picture.neighbours());
        assertThat(taken).hasValue(1);
    }
}
