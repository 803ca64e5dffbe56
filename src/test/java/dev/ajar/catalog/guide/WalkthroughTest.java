package dev.ajar.catalog.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.PageWords;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.cli.render.GuideText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.message.Language;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.Addresses;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The steps for every make. */
class WalkthroughTest {
    private static final Terminal TERMINAL =
            new Terminal(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false, true);

    private static final InetAddress HERE = Addresses.ipv4("192.168.1.20").orElseThrow();
    private static final Optional<InetAddress> ROUTER =
            Addresses.ipv4("192.168.1.1").map(a -> a);

    private static Mapping port(TransportProtocol protocol, int external, int internal) {
        return new Mapping(
                protocol,
                new Port(external),
                PortPolicy.EXACT,
                new Target.ThisHost(new Port(internal)),
                LeaseDuration.PERMANENT,
                "x");
    }

    private static Walkthrough walk(String make, Mapping... mappings) {
        return Walkthrough.of(new GuideCatalog().find(make).orElseThrow(), List.of(mappings), ROUTER, HERE);
    }

    @Test
    void the_steps_on_a_totolink() {
        Walkthrough walk = walk("totolink", port(TransportProtocol.TCP, 25565, 25566));

        assertThat(walk.steps().get(0).text())
                .asString()
                .contains("by cable or Wi-Fi", "http://192.168.1.1", "user name and password");
        assertThat(walk.steps().get(1).text()).hasToString("Go to Advanced Settings > Port Forwarding.");
        assertThat(walk.steps().get(2).entries())
                .containsExactly(
                        new GuideStep.Entry("Rule Type", Message.verbatim("User defined")),
                        new GuideStep.Entry("Rule Name", Message.verbatim("x")),
                        new GuideStep.Entry("Protocol", Message.verbatim("TCP")),
                        new GuideStep.Entry("IP Address", Message.verbatim("192.168.1.20")),
                        new GuideStep.Entry("External Port", Message.verbatim("25565")),
                        new GuideStep.Entry("Internal Port", Message.verbatim("25566")));
        assertThat(walk.steps().get(3).text()).hasToString("Press \"Add\".");
    }

    /** The mark of a box is no word of the page: it had stayed English in every language. */
    @Test
    void a_box_is_ticked_in_the_language_of_the_user() {
        Messages german = Messages.of(Language.GERMAN);
        for (RouterGuide guide : new GuideCatalog().all()) {
            Walkthrough walk = Walkthrough.of(guide, List.of(port(TransportProtocol.TCP, 80, 80)), ROUTER, HERE);
            Stream<Message> told = Stream.concat(
                    walk.upnp().stream(),
                    walk.steps().stream()
                            .flatMap(step -> step.entries().stream())
                            .map(GuideStep.Entry::value));

            assertThat(told.map(german::text)).as(guide.id()).noneMatch(text -> text.contains("ticked"));
        }
        assertThat(walk("openwrt").upnp().map(Message::toString))
                .hasValueSatisfying(text -> assertThat(text).contains(": tick \""));
    }

    /** {@code left empty} is no word of a page either, nor is a marked box in its maker's language. */
    @Test
    void what_a_profile_says_of_a_value_is_told_in_the_language_of_the_user() {
        Pattern own = Pattern.compile("(the|a|an|left|leave|your|any of) .*|angehakt|zaznaczone|coché|marcado");
        for (RouterGuide guide : new GuideCatalog().all()) {
            Stream<String> values = Stream.concat(
                    guide.upnp().map(RouterGuide.UpnpSwitch::value).stream(),
                    guide.form().stream()
                            .flatMap(form -> form.fields().stream())
                            .map(RouterGuide.Field::value));
            assertThat(values.filter(text -> own.matcher(text).matches()))
                    .as(guide.id())
                    .allMatch(text -> !PageWords.of(text).isVerbatim());
        }
        assertThat(Messages.of(Language.GERMAN).text(PageWords.of("the internet connection in use")))
                .isEqualTo("die benutzte Internetverbindung");
    }

    /** "the WAN in use" is no menu of a page: it had stayed English in every language. */
    @Test
    void a_menu_or_button_that_a_profile_describes_is_told_in_the_language_of_the_user() {
        Pattern own = Pattern.compile("(the|a|an|your|this) .*|[^,]* or [^,]*|.*\\((also|newer).*");
        for (RouterGuide guide : new GuideCatalog().all()) {
            Stream<List<String>> words = Stream.of(
                            guide.upnp().map(RouterGuide.UpnpSwitch::path),
                            guide.upnp().flatMap(RouterGuide.UpnpSwitch::then).map(List::of),
                            guide.form().map(RouterGuide.Form::path),
                            guide.form().flatMap(RouterGuide.Form::add).map(List::of),
                            guide.form().map(RouterGuide.Form::submit).map(List::of),
                            guide.reservation().map(RouterGuide.Reservation::path))
                    .flatMap(Optional::stream);
            assertThat(words.flatMap(List::stream)
                            .filter(word -> !word.equals("Create a new game or application"))
                            .filter(menu -> own.matcher(menu).matches()))
                    .as(guide.id())
                    .allMatch(menu -> !PageWords.of(menu).isVerbatim());
        }
        assertThat(Messages.of(Language.GERMAN)
                        .text(walk("unifi", port(TransportProtocol.TCP, 80, 80))
                                .upnp()
                                .orElseThrow()))
                .startsWith("Settings > Internet > die benutzte Internetverbindung: ");
    }

    /** In a sentence; in a table of fields they stand in columns of their own. */
    @Test
    void the_words_of_a_page_are_in_quotation_marks_in_every_language() {
        List<RouterGuide> guides = new GuideCatalog().all();
        for (Language language : Language.values()) {
            Messages messages = Messages.of(language);
            String left = language == Language.CHINESE ? "“" : "\"";
            String right = language == Language.CHINESE ? "”" : "\"";
            for (RouterGuide guide : guides) {
                Walkthrough walk = Walkthrough.of(guide, List.of(port(TransportProtocol.TCP, 80, 80)), ROUTER, HERE);
                guide.form()
                        .map(RouterGuide.Form::submit)
                        .ifPresent(submit -> assertThat(walk.steps().stream().map(step -> messages.text(step.text())))
                                .as(guide.id())
                                .anyMatch(text -> text.contains(left + submit + right)));
                guide.upnp()
                        .filter(upnp -> PageWords.of(upnp.value()).isVerbatim())
                        .ifPresent(upnp -> assertThat(messages.text(walk.upnp().orElseThrow()))
                                .as(guide.id())
                                .contains(left + upnp.label() + right, left + upnp.value() + right));
            }
        }
    }

    @Test
    void the_card_of_another_device_is_filled_in_where_it_is_known() {
        InetAddress camera = Addresses.ipv4("192.168.1.30").orElseThrow();
        Mapping other = port(TransportProtocol.TCP, 8554, 554).to(new Target.OtherHost(camera, new Port(554)));
        RouterGuide totolink = new GuideCatalog().find("totolink").orElseThrow();

        Walkthrough known = Walkthrough.of(
                totolink,
                List.of(other),
                ROUTER,
                HERE,
                device -> Optional.of("a0:b1:c2:d3:e4:f5").filter(card -> device.equals(camera)));
        Walkthrough unknown = Walkthrough.of(totolink, List.of(other), ROUTER, HERE);

        assertThat(known.steps().toString()).contains("Static DHCP. The device's MAC address is a0:b1:c2:d3:e4:f5.");
        assertThat(unknown.steps().toString()).contains("Static DHCP.").doesNotContain("MAC address is");
    }

    /** German bends "dieser Computer", so the device cannot take its place within the sentence. */
    @Test
    void another_language_says_that_the_device_is_meant() {
        InetAddress camera = Addresses.ipv4("192.168.1.30").orElseThrow();
        Mapping other = port(TransportProtocol.TCP, 8554, 554).to(new Target.OtherHost(camera, new Port(554)));
        RouterGuide totolink = new GuideCatalog().find("totolink").orElseThrow();
        Messages german = Messages.of(Language.GERMAN);
        String here = "Fügen Sie die MAC-Adresse und die IP-Adresse dieses Computers unter Static DHCP hinzu.";

        assertThat(told(german, Walkthrough.of(totolink, List.of(other), ROUTER, HERE)))
                .anyMatch(step -> step.endsWith(here + " Mit \"dieser Computer\" ist dabei das Gerät gemeint."));
        assertThat(told(german, Walkthrough.of(totolink, List.of(port(TransportProtocol.TCP, 80, 80)), ROUTER, HERE)))
                .anyMatch(step -> step.endsWith(here));
    }

    private static List<String> told(Messages messages, Walkthrough walk) {
        return walk.steps().stream().map(step -> messages.text(step.text())).toList();
    }

    @Test
    void the_rules_are_as_few_as_the_form_allows() {
        Mapping[] game = {
            port(TransportProtocol.TCP, 27015, 27015),
            port(TransportProtocol.UDP, 27015, 27015),
            port(TransportProtocol.UDP, 27016, 27016),
            port(TransportProtocol.TCP, 27016, 27016),
            port(TransportProtocol.UDP, 30000, 30000)
        };

        // Takes both protocols and ranges.
        assertThat(walk("totolink", game).rules()).hasSize(2);
        // One protocol a rule.
        assertThat(walk("fritzbox", game).rules()).hasSize(3);
    }

    @Test
    void ports_with_other_internal_ports_form_a_range_only_with_the_same_offset() {
        assertThat(walk(
                                "generic",
                                port(TransportProtocol.TCP, 8000, 80),
                                port(TransportProtocol.TCP, 8001, 81),
                                port(TransportProtocol.TCP, 8002, 443))
                        .rules())
                .extracting(FormRule::count)
                .containsExactly(2, 1);
    }

    /** No field is empty, and every line fits a terminal of 80 columns. */
    @Test
    void every_make_is_filled_in_and_fits() {
        for (RouterGuide guide : new GuideCatalog().all()) {
            Walkthrough walk = Walkthrough.of(
                    guide,
                    List.of(
                            port(TransportProtocol.TCP, 25565, 25565),
                            port(TransportProtocol.UDP, 25565, 25565),
                            port(TransportProtocol.UDP, 27015, 27015),
                            port(TransportProtocol.UDP, 27016, 27016)),
                    ROUTER,
                    HERE);
            List<String> lines = GuideText.text(TERMINAL, walk, Message.verbatim("as you named it"));
            assertThat(String.join("\n", lines)).as(guide.id()).doesNotContain("{", "}", "null");
            assertThat(lines)
                    .as(guide.id())
                    .allMatch(line -> line.length() <= 80 || line.strip().indexOf(' ') < 0);
            List<String> markdown = GuideText.markdown(TERMINAL, walk, Message.verbatim("as you named it"));
            assertThat(markdown).as(guide.id()).noneMatch(line -> line.contains("{"));
            assertThat(GuideText.json(walk, "named")).startsWith("{\"schema\":1,\"command\":\"guide\"");
            if (guide.form().isPresent()) {
                assertThat(walk.steps())
                        .as(guide.id())
                        .anyMatch(step -> step.text().toString().contains("ajar check 25565"));
                assertThat(walk.steps().getLast().text().key()).isEqualTo("guide.second-router");
            } else {
                assertThat(walk.steps()).as(guide.id()).hasSizeGreaterThan(1);
            }
        }
    }

    @Test
    void a_page_with_a_single_port_field_says_so() {
        RouterGuide single = new GuideCatalog()
                .all().stream()
                        .filter(guide -> guide.form()
                                .filter(form -> form.fields().stream()
                                        .noneMatch(f -> f.value().contains("{internal")))
                                .isPresent())
                        .findFirst()
                        .orElseThrow();

        assertThat(Walkthrough.of(single, List.of(port(TransportProtocol.TCP, 8443, 443)), ROUTER, HERE)
                        .steps())
                .anyMatch(step -> step.text().toString().contains("same port inside"));
    }
}
