package dev.ajar.gateway.upnp.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.MeasurementLog;
import dev.ajar.testing.Samples;
import dev.ajar.testing.UninvolvedHost;
import dev.ajar.testing.WorkLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Documents made to read files, contact other hosts or exhaust memory; {@code ExternalEntityTest} shows that they
 * could.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDocumentsTest {
    private static final RouterUrl LOCATION = new RouterUrl(Samples.GATEWAY, 5000, "/d.xml");
    private static final long MOST_ALLOCATED = 16L << 20;

    private static String service(String control) {
        return "<service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType><controlURL>"
                + control
                + "</controlURL></service>";
    }

    private static Map<String, byte[]> documents(String otherHost) {
        Map<String, String> matrix = new LinkedHashMap<>();
        String body = "<root><device><serviceList>" + service("&x;") + "</serviceList></device></root>";
        for (String target : new String[] {
            "file:///etc/passwd",
            "http://" + otherHost + "/x",
            "ftp://" + otherHost + "/x",
            "jar:http://" + otherHost + "!/x"
        }) {
            matrix.put("entity " + target, "<!DOCTYPE root [<!ENTITY x SYSTEM \"" + target + "\">]>" + body);
        }
        matrix.put(
                "parameter entity", "<!DOCTYPE root [<!ENTITY % p SYSTEM \"http://" + otherHost + "/p\"> %p;]>" + body);
        matrix.put("external subset", "<!DOCTYPE root SYSTEM \"http://" + otherHost + "/x.dtd\">" + body);
        StringBuilder laughs = new StringBuilder("<!DOCTYPE root [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 12; i++) {
            laughs.append("<!ENTITY a").append(i).append(" \"");
            laughs.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
        }
        matrix.put("a billion laughs", laughs + "]><root>&a11;</root>");
        matrix.put(
                "quadratic growth",
                "<!DOCTYPE root [<!ENTITY a \"" + "a".repeat(30_000) + "\">]><root>" + "&a;".repeat(1_600) + "</root>");
        matrix.put("two hundred thousand deep", "<a>".repeat(200_000));
        matrix.put("a hundred thousand attributes", "<root " + "a='b' ".repeat(100_000) + "></root>");
        matrix.put("a mebibyte of text", "<root>" + "x".repeat(1 << 20) + "</root>");
        matrix.put(
                "an inclusion",
                "<root xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"http://"
                        + otherHost
                        + "/x\"/></root>");
        matrix.put("unclosed quotations", "<root " + "a=\"<b ".repeat(20_000));
        matrix.put("lone brackets", "<".repeat(200_000));
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        matrix.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        bytes.put(
                "a document type in UTF-16",
                ("\uFEFF<!DOCTYPE root [<!ENTITY x SYSTEM \"http://" + otherHost + "/x\">]>" + body)
                        .getBytes(StandardCharsets.UTF_16LE));
        return bytes;
    }

    @Test
    void h4_every_document_is_refused_cheaply() throws IOException {
        Duration slowest = Duration.ZERO;
        long most = 0;
        try (UninvolvedHost otherHost = new UninvolvedHost(Samples.ip("127.0.0.66"))) {
            Map<String, byte[]> documents = documents(otherHost.place());
            // The first run pays for the loading of classes.
            documents.values().forEach(bytes -> DescriptionReader.read(bytes, LOCATION));
            for (Map.Entry<String, byte[]> document : documents.entrySet()) {
                WorkLimit.Cost cost =
                        WorkLimit.run(() -> assertThat(DescriptionReader.read(document.getValue(), LOCATION)
                                        .toOptional())
                                .as(document.getKey())
                                .isEmpty());

                assertThat(cost.allocatedBytes()).as(document.getKey()).isLessThan(MOST_ALLOCATED);
                Duration took = cost.processor();
                slowest = slowest.compareTo(took) > 0 ? slowest : took;
                most = Math.max(most, cost.allocatedBytes());
            }
            assertThat(otherHost.visits()).isZero();
            MeasurementLog.record(
                    "H4",
                    "%d documents refused: the slowest in %d ms, the dearest for %d KiB, 0 visits"
                            .formatted(documents.size(), slowest.toMillis(), most / 1024));
        }
    }
}
