package dev.ajar.gateway.upnp.xml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Result;
import dev.ajar.testing.WorkLimit;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenientXmlTest {
    private static XmlNode read(String text) {
        return LenientXml.read(text).toOptional().orElseThrow();
    }

    @Test
    void elements_text_and_nesting() {
        XmlNode root = read("<?xml version=\"1.0\"?>\r\n<!-- hi --><a x='>'><b> one </b><c/><b>two</b></a>");

        assertThat(root.name()).isEqualTo("a");
        assertThat(root.children()).extracting(XmlNode::name).containsExactly("b", "c", "b");
        assertThat(root.textOf("b")).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF<r><v>x</v></r>",
                "\r\n\r\n<r><v>x</v></r>",
                "junk before <r><v>x</v></r>",
                "<r><v>x</v></r>\u0000\u0000 junk <after>",
                "<p:r><undeclared:v>x</undeclared:v></p:r>",
                "<r><v><![CDATA[x]]></v></r>",
                "<r><v>x</wrong></v></r>",
                "<r><v>x</v",
                "<r><v>x</v><w>cut o",
                "<r w=\"unbalanced><v>x</v></r>",
                "<r><V >x</V ></r>",
                "<r><v\n>\n x \n</v\n></r>",
            })
    void a_readable_document_is_read(String document) {
        assertThat(read(document).textOf("v")).isEqualTo("x");
    }

    @Test
    void the_five_entities_and_numbers_are_decoded_and_a_raw_ampersand_stays() {
        assertThat(read("<v>&lt;&amp;&#65;&#x42;&gt; a & b &unknown; &#xD800000;</v>")
                        .text())
                .isEqualTo("<&AB> a & b &unknown; &#xD800000;");
    }

    @Test
    void utf_16_is_read_by_its_mark() {
        byte[] bytes = "\uFEFF<v>ü</v>".getBytes(StandardCharsets.UTF_16BE);

        assertThat(LenientXml.read(bytes).toOptional().orElseThrow().text()).isEqualTo("ü");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><r>&x;</r>",
                "<r><!DOCTYPE x></r>",
                "<!doctype html><html></html>",
                "<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'><r/>",
            })
    void a_document_type_is_refused(String document) {
        assertThat(LenientXml.read(document)).isInstanceOf(Result.Err.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "not xml at all", "<", "<<<<", "&&&", "</a>", "<!-- never ends"})
    void text_without_an_element_is_refused(String document) {
        assertThat(LenientXml.read(document)).isInstanceOf(Result.Err.class);
    }

    @Test
    void too_deep_too_many_and_too_long_are_refused_quickly() {
        WorkLimit.run(() -> {
            assertThat(LenientXml.read("<a>".repeat(80_000))).isInstanceOf(Result.Err.class);
            assertThat(LenientXml.read("<r>" + "<a/>".repeat(60_000) + "</r>")).isInstanceOf(Result.Err.class);
            assertThat(LenientXml.read("<r>" + "x".repeat(1 << 19) + "</r>")).isInstanceOf(Result.Err.class);
        });
    }

    /** Hostile documents within the size limit: the time must grow no faster than the length. */
    @Test
    void awkward_documents_take_linear_time() {
        WorkLimit.run(() -> {
            LenientXml.read("<r>" + "&".repeat(200_000) + "</r>");
            LenientXml.read("<r>" + "</x>".repeat(50_000) + "</r>");
            LenientXml.read("<r " + "a=\"".repeat(80_000));
            LenientXml.read("<r>" + "<".repeat(200_000));
            LenientXml.read("<r>" + "<![CDATA[".repeat(20_000));
            LenientXml.read("<r>" + "x<b/>".repeat(3000) + "</r>");
        });
    }

    @Test
    void random_bytes_never_throw() {
        Random random = new Random(20);
        String alphabet = "<>/!?-[]CDATA&#;:= \"'abr";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder noise = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                noise.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(LenientXml.read(noise.toString())).isNotNull();
        }
    }
}
