package dev.ajar.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random private values in every notation, in the middle of other text: none of them is left in a report. */
@Tag("hostile")
class RedactionPropertyTest {
    private static final int ROUNDS = 400;
    private static final String ALNUM = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(16);

    private String hex(int digits) {
        return IntStream.range(0, digits)
                .mapToObj(i -> Integer.toHexString(random.nextInt(16)))
                .collect(Collectors.joining());
    }

    private static String grouped(String hex, int size, String separator) {
        return IntStream.range(0, hex.length() / size)
                .mapToObj(i -> hex.substring(i * size, i * size + size))
                .collect(Collectors.joining(separator));
    }

    private String word(int length) {
        return random.ints(length, 0, ALNUM.length())
                .mapToObj(i -> ALNUM.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private void gone(String secret, String text) {
        for (String around :
                List.of("%s", "it is %s now", "\"x\":\"%s\"", "(%s)", "%s, and more.", "at %s: no answer")) {
            String report = Redaction.of(around.formatted(text), List.of());
            assertThat(report.toLowerCase(Locale.ROOT))
                    .as("%s in %s", secret, around.formatted(text))
                    .doesNotContain(secret.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void hardware_addresses_in_every_notation() {
        for (int i = 0; i < ROUNDS; i++) {
            String mac = random.nextBoolean() ? hex(12) : hex(16);
            String shown = random.nextBoolean() ? mac : mac.toUpperCase(Locale.ROOT);
            for (String text : Stream.of(
                            shown,
                            grouped(shown, 2, ":"),
                            grouped(shown, 2, "-"),
                            grouped(shown, 2, "."),
                            grouped(shown, 4, "."),
                            grouped(shown, 4, "-"))
                    .toList()) {
                gone(text, text);
            }
            String six = grouped(shown.substring(0, 12), 6, "-");
            gone(six, six);
        }
    }

    @Test
    void the_card_in_an_ipv6_address_however_it_is_compressed() {
        for (int i = 0; i < ROUNDS; i++) {
            String card = "2" + hex(5) + "fffe" + hex(6);
            String id = grouped(card, 4, ":");
            String plain = id.replaceAll("(^|:)0{1,3}(?=[0-9a-f])", "$1");
            String subnet = "1" + hex(3);
            for (String text : List.of(
                    "fe80::" + plain,
                    "fe80:0:0:0:" + plain,
                    "fe80:0000:0000:0000:" + id,
                    "fe80::" + plain.toUpperCase(Locale.ROOT) + "%eth0",
                    "2001:db8:" + subnet + "::" + plain.substring(plain.indexOf(':') + 1),
                    "2A02:" + subnet + ":" + subnet + ":1:" + plain,
                    "fd12:" + subnet + "::" + plain)) {
                gone(plain.substring(plain.indexOf(':') + 1), text);
            }
            String tail = "1" + hex(3);
            gone(tail, "2003:" + subnet + "::" + tail);
            gone(tail, "[2003:" + subnet + ":0:" + tail + "::1]:8080");
        }
    }

    @Test
    void host_names_of_any_ending() {
        for (int i = 0; i < ROUNDS; i++) {
            String name = "h" + word(6);
            String ending = word(2).replaceAll("\\d", "x") + "q";
            gone(name, name + "." + ending);
            gone(name, name + ".home." + ending);
            gone(name, "http://" + name + "/rootDesc.xml");
            gone(name, "https://user@" + name + ":8443/x");
            gone(name, "220 " + name + " ESMTP");
            gone(name, "tcp 25565 (it said \"" + name + " ready\").");
        }
    }

    @Test
    void serial_numbers_uuids_and_nonces() {
        for (int i = 0; i < ROUNDS; i++) {
            String serial = word(4) + "7" + word(4);
            for (String label : List.of(
                    "Serial number: ",
                    "serialNumber=",
                    "S/N ",
                    "serial ",
                    "SERIAL NO. ",
                    "<serialNumber>",
                    "serial_number\":\"")) {
                gone(serial, label + serial);
            }
            String uuid = hex(32);
            String dashed = uuid.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
            gone(dashed, "uuid:" + dashed + "::upnp:rootdevice");
            gone(dashed, dashed.toUpperCase(Locale.ROOT));
            gone(uuid, uuid);
            String nonce = hex(24);
            gone(nonce, "PCP MAP " + nonce);
        }
    }

    @Test
    void names_that_have_no_form_are_hidden_where_they_are_known() {
        for (int i = 0; i < ROUNDS; i++) {
            String name = "Pc" + word(6);
            assertThat(Redaction.of("forwards tcp 25565 to " + name + ", another device", List.of(name)))
                    .isEqualTo("forwards tcp 25565 to [name], another device");
        }
    }

    @Test
    void what_a_diagnosis_needs_stays() {
        for (String text : List.of(
                "10:19:20 search from 192.168.1.20 to 239.255.255.250: no answer",
                "\"verdict\":{\"id\":\"points_to_former_address\",\"certainty\":\"cannot_tell\"}",
                "lo PCP 127.0.0.1 port 5351: no answer. Next: ajar open 25565:25566",
                "Switch it on. Then run ajar doctor again.",
                "UPnP IGD:2, Example RX-5, miniupnpd/2.3.1, ff02::c and ::1",
                "\"interface\":\"eth0\",\"protocol\":\"NAT-PMP\",\"outcome\":\"silent\"")) {
            assertThat(Redaction.of(text, List.of())).isEqualTo(text);
        }
    }
}
