package dev.ajar.catalog.guide;

import dev.ajar.catalog.PageWords;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Mapping;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The steps for forwarding ports by hand on a router.
 *
 * @param steps in order
 * @param usually whether the names on the page are only the usual ones, not compared with a source
 */
public record Walkthrough(RouterGuide guide, List<FormRule> rules, List<GuideStep> steps, boolean usually) {
    private static final String DEVICE = "{device}";

    public Walkthrough {
        rules = List.copyOf(rules);
        steps = List.copyOf(steps);
    }

    /**
     * @param router its address on this network, where that is known
     * @param here this machine's address there
     */
    public static Walkthrough of(
            RouterGuide guide, List<Mapping> mappings, Optional<InetAddress> router, InetAddress here) {
        return of(guide, mappings, router, here, device -> Optional.empty());
    }

    /**
     * The same, with the network card of another device.
     *
     * @param cards of this network's devices, by their addresses; empty where it is not known
     */
    public static Walkthrough of(
            RouterGuide guide,
            List<Mapping> mappings,
            Optional<InetAddress> router,
            InetAddress here,
            Function<InetAddress, Optional<String>> cards) {
        boolean both = guide.form().map(RouterGuide.Form::takesBoth).orElse(true);
        boolean ranges = guide.form().map(RouterGuide.Form::ranges).orElse(true);
        List<FormRule> rules = FormRules.of(mappings, here, both, ranges);
        List<GuideStep> steps = new ArrayList<>();
        steps.add(GuideStep.of(arrival(guide, router)));
        guide.form().ifPresent(form -> steps.addAll(forwarding(form, rules)));
        guide.instead().map(Walkthrough::said).map(GuideStep::of).ifPresent(steps::add);
        if (guide.form().isPresent()) {
            guide.reservation().ifPresent(reservation -> steps.add(reservation(reservation, rules, cards)));
            steps.add(check(rules));
            steps.add(GuideStep.of(Message.of("guide.friends")));
            steps.add(GuideStep.of(Message.of("guide.second-router")));
        }
        return new Walkthrough(guide, rules, steps, guide.verified().isEmpty());
    }

    /** Where to switch on UPnP, which makes the steps unnecessary; empty where the router has none. */
    public Optional<Message> upnp() {
        return guide.upnp().map(upnp -> {
            Message set = upnp.value().equals(PageWords.TICKED) ? ticked(upnp) : set(upnp);
            return upnp.note()
                    .map(note -> Message.of("guide.upnp-with-note", "set", set, "note", note))
                    .orElse(set);
        });
    }

    private static Message set(RouterGuide.UpnpSwitch upnp) {
        Message menus = PageWords.path(upnp.path());
        return upnp.then()
                .map(button -> Message.of(
                        "guide.upnp-and-press",
                        "menus",
                        menus,
                        "switch",
                        upnp.label(),
                        "value",
                        said(upnp),
                        "button",
                        button))
                .orElseGet(() -> Message.of("guide.upnp", "menus", menus, "switch", upnp.label(), "value", said(upnp)));
    }

    private static Message ticked(RouterGuide.UpnpSwitch upnp) {
        Message menus = PageWords.path(upnp.path());
        return upnp.then()
                .map(button ->
                        Message.of("guide.tick-and-press", "menus", menus, "switch", upnp.label(), "button", button))
                .orElseGet(() -> Message.of("guide.tick", "menus", menus, "switch", upnp.label()));
    }

    /** The value within a sentence, where quotation marks show which words are the page's. */
    private static Message said(RouterGuide.UpnpSwitch upnp) {
        Message value = PageWords.of(upnp.value());
        return value.isVerbatim() ? Message.of("guide.word", "word", upnp.value()) : value;
    }

    /** What the profile says, in the language of its readers. */
    public static Message said(String text) {
        return Message.of("guide.said", "text", text);
    }

    private static Message arrival(RouterGuide guide, Optional<InetAddress> router) {
        RouterGuide.Admin admin = guide.admin();
        List<String> usual = admin.addresses();
        if (usual.isEmpty() && admin.app().isPresent()) {
            return Message.of("guide.open-app", "app", admin.app().get(), "login", admin.login());
        }
        Optional<String> address =
                router.map(Addresses::text).or(() -> usual.stream().findFirst());
        if (address.isEmpty()) {
            return Message.of("guide.open-page", "login", admin.login());
        }
        return usual.isEmpty() || usual.contains(address.get())
                ? Message.of("guide.open-address", "address", address.get(), "login", admin.login())
                : Message.of(
                        "guide.open-address-or",
                        "address",
                        address.get(),
                        "usual",
                        String.join(", ", usual.stream().limit(2).toList()),
                        "login",
                        admin.login());
    }

    private static List<GuideStep> forwarding(RouterGuide.Form form, List<FormRule> rules) {
        List<GuideStep> steps = new ArrayList<>();
        steps.add(GuideStep.of(Message.of("guide.go-to", "menus", PageWords.path(form.path()))));
        for (int i = 0; i < rules.size(); i++) {
            steps.add(new GuideStep(heading(form, i + 1, rules.size()), entries(form, rules.get(i))));
            steps.add(GuideStep.of(Message.of("guide.press", "button", form.submit())));
        }
        boolean needsSamePort =
                form.fields().stream().noneMatch(field -> field.value().contains("{internal"));
        if (needsSamePort && rules.stream().anyMatch(rule -> !rule.isSamePortInside())) {
            steps.add(GuideStep.of(Message.of("guide.same-port")));
        }
        form.save().map(Walkthrough::said).map(GuideStep::of).ifPresent(steps::add);
        form.note()
                .map(note -> GuideStep.of(Message.of("guide.note", "note", note)))
                .ifPresent(steps::add);
        return steps;
    }

    private static Message heading(RouterGuide.Form form, int number, int all) {
        if (all == 1) {
            return form.add()
                    .map(button -> Message.of("guide.press-and-fill-in", "button", button))
                    .orElseGet(() -> Message.of("guide.fill-in"));
        }
        return form.add()
                .map(button ->
                        Message.of("guide.press-and-fill-in-rule", "button", button, "number", number, "all", all))
                .orElseGet(() -> Message.of("guide.fill-in-rule", "number", number, "all", all));
    }

    private static List<GuideStep.Entry> entries(RouterGuide.Form form, FormRule rule) {
        return form.fields().stream()
                .map(field -> new GuideStep.Entry(field.label(), value(field, rule)))
                .toList();
    }

    private static Message value(RouterGuide.Field field, FormRule rule) {
        if (field.value().equals(DEVICE)) {
            return device(rule);
        }
        Map<String, String> known = Map.of(
                "{name}",
                rule.name(),
                "{protocol}",
                field.choice(rule.protocols()),
                "{address}",
                Addresses.text(rule.client()),
                DEVICE,
                device(rule).toString(),
                "{external}",
                FormRule.range(rule.external(), rule.lastExternal()),
                "{internal}",
                FormRule.range(rule.internal(), rule.lastInternal()),
                "{external_first}",
                rule.external().toString(),
                "{external_last}",
                rule.lastExternal().toString(),
                "{internal_first}",
                rule.internal().toString(),
                "{internal_last}",
                rule.lastInternal().toString());
        String text = field.value();
        for (Map.Entry<String, String> entry : known.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return PageWords.of(text);
    }

    private static Message device(FormRule rule) {
        String address = Addresses.text(rule.client());
        return rule.here()
                ? Message.of("guide.this-computer", "address", address)
                : Message.of("guide.device", "address", address);
    }

    private static GuideStep reservation(
            RouterGuide.Reservation reservation, List<FormRule> rules, Function<InetAddress, Optional<String>> cards) {
        Optional<InetAddress> device = rules.stream()
                .filter(rule -> !rule.here())
                .map(FormRule::client)
                .findFirst();
        String how = reservation.how();
        String ofDevice = device.isEmpty() ? how : how.replace("this computer", "the device");
        Message steps = Message.of("guide.keep-address", "menus", PageWords.path(reservation.path()), "how", ofDevice);
        // Other languages bend the words, so theirs cannot be replaced within a text: a sentence behind it says which
        // is meant.
        Message keep = ofDevice.equals(how) ? steps : Message.of("guide.keep-address-of-device", "keep", steps);
        Optional<String> card = device.flatMap(cards);
        return GuideStep.of(card.map(digits -> Message.of("guide.keep-address-of-card", "keep", keep, "card", digits))
                .orElse(keep));
    }

    private static GuideStep check(List<FormRule> rules) {
        String ports = String.join(" ", rules.stream().map(FormRule::typed).toList());
        return GuideStep.of(rules.stream()
                .filter(rule -> !rule.here())
                .findFirst()
                .map(rule -> Message.of(
                        "guide.tell-ajar-of-device", "ports", ports, "address", Addresses.text(rule.client())))
                .orElseGet(() -> Message.of("guide.tell-ajar", "ports", ports)));
    }
}
