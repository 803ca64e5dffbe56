package dev.ajar.lan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What devices tell of themselves, and what hostile ones send instead. */
class NamePacketsTest {
    private static final Inet4Address CAMERA = address("192.168.1.20");

    static Inet4Address address(String text) {
        return Addresses.ipv4(text).map(Inet4Address.class::cast).orElseThrow();
    }

    private static void name(ByteArrayOutputStream out, String... labels) {
        for (String label : labels) {
            byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
    }

    /** As avahi answers: the question again, and a name that goes on inside the packet. */
    static byte[] answer(String reverse, String... labels) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        name(data, labels);
        data.writeBytes(new byte[] {5, 'l', 'o', 'c', 'a', 'l', 0});
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {0, 0, (byte) 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0});
        name(packet, reverse.split("\\."));
        packet.writeBytes(
                new byte[] {0, 0, 12, 0, 1, (byte) 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 10, 0, (byte) data.size()});
        packet.writeBytes(data.toByteArray());
        return packet.toByteArray();
    }

    @Test
    void a_question_names_each_address_backwards() {
        byte[] question = NamePackets.question(List.of(CAMERA, address("192.168.1.21")));
        assertThat(question[5]).isEqualTo((byte) 2);
        assertThat(new String(question, StandardCharsets.ISO_8859_1))
                .contains("\u000220\u00011\u0003168\u0003192\u0007in-addr\u0004arpa\u0000\u0000\u000c\u0080\u0001");
    }

    @Test
    void the_name_is_read_without_its_ending() {
        assertThat(NamePackets.name(answer("20.1.168.192.in-addr.arpa", "garden camera"), CAMERA))
                .contains("garden camera");
    }

    @Test
    void a_name_of_another_address_is_not_believed() {
        assertThat(NamePackets.name(answer("1.1.168.192.in-addr.arpa", "your bank"), CAMERA))
                .isEmpty();
    }

    @Test
    void a_hostile_name_is_harmless_and_short() {
        assertThat(NamePackets.name(
                        answer("20.1.168.192.in-addr.arpa", "\u001b[2Jnas\u202e\u200b\n", "x".repeat(63)), CAMERA))
                .get()
                .asString()
                .startsWith("[2Jnas")
                .hasSizeLessThanOrEqualTo(60)
                .doesNotContainPattern("\\p{Cntrl}|[\u200b\u202e]");
        assertThat(NamePackets.name(answer("20.1.168.192.in-addr.arpa", "\u001b"), CAMERA))
                .isEmpty();
    }

    @Test
    void a_question_and_a_name_without_an_end_are_no_answer() {
        assertThat(NamePackets.name(NamePackets.question(List.of(CAMERA)), CAMERA))
                .isEmpty();
        byte[] loop = answer("20.1.168.192.in-addr.arpa", "nas");
        loop[loop.length - 11] = (byte) 0xc0;
        loop[loop.length - 10] = (byte) (loop.length - 11);
        assertThat(NamePackets.name(loop, CAMERA)).isEmpty();
    }

    @Test
    void no_packet_breaks_it() {
        Random random = new Random(7);
        byte[] good = answer("20.1.168.192.in-addr.arpa", "nas");
        for (int i = 0; i < 5000; i++) {
            byte[] packet = java.util.Arrays.copyOf(good, random.nextInt(good.length + 8));
            for (int change = random.nextInt(4); change > 0 && packet.length > 0; change--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
            }
            assertThat(NamePackets.name(packet, CAMERA))
                    .as("packet %d", i)
                    .matches(name -> name.filter(
                                    text -> text.length() > 60 || text.chars().anyMatch(Character::isISOControl))
                            .isEmpty());
        }
    }
}
