package dev.ajar.catalog.guide;

import dev.ajar.catalog.RouterGuide;
import dev.ajar.model.Mapping;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to forward ports by hand on one router.
 *
 * @param steps in order
 * @param usually whether the names on the page were not compared with a source
 */
public record Walkthrough(RouterGuide guide, List<FormRule> rules, List<GuideStep> steps, boolean usually) {
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
        boolean both = guide.form().map(RouterGuide.Form::takesBoth).orElse(true);
        boolean ranges = guide.form().map(RouterGuide.Form::ranges).orElse(true);
        List<FormRule> rules = FormRules.of(mappings, here, both, ranges);
        List<GuideStep> steps = new ArrayList<>();
        steps.add(GuideStep.of(arrival(guide, router)));
        guide.form().ifPresent(form -> steps.addAll(forwarding(form, rules)));
        guide.instead().ifPresent(text -> steps.add(GuideStep.of(text)));
        if (guide.form().isPresent()) {
            guide.reservation().ifPresent(tracked -> steps.add(reservation(tracked, rules)));
            steps.add(check(rules));
        }
        return new Walkthrough(guide, rules, steps, guide.verified().isEmpty());
    }

    /** Where UPnP is switched on, which saves all the rest; empty where the router has none. */
    public Optional<String> upnp() {
        return guide.upnp()
                .map(upnp -> path(upnp.path())
                        + ": set \""
                        + upnp.label()
                        + "\" to "
                        + upnp.value()
                        + upnp.then().map(button -> ", then press " + button).orElse("")
                        + "."
                        + upnp.note().map(note -> " " + note).orElse(""));
    }

    private static String path(List<String> menus) {
        return String.join(" > ", menus);
    }

    private static String arrival(RouterGuide guide, Optional<InetAddress> router) {
        RouterGuide.Admin admin = guide.admin();
        if (admin.addresses().isEmpty() && admin.app().isPresent()) {
            return "Open the " + admin.app().get() + " app. " + admin.login();
        }
        String usual = String.join(" or ", admin.addresses().stream().limit(2).toList());
        String page = router.map(address -> "http://" + address.getHostAddress())
                .or(() -> admin.addresses().stream()
                        .map(address -> "http://" + address)
                        .findFirst())
                .orElse("the router's page");
        boolean another =
                router.isPresent() && !admin.addresses().contains(router.get().getHostAddress());
        return "Connect this computer to the router by cable or Wi-Fi and open "
                + page
                + " in a browser"
                + (another && !usual.isEmpty() ? " (usually also " + usual + ")" : "")
                + ". "
                + admin.login();
    }

    private static List<GuideStep> forwarding(RouterGuide.Form form, List<FormRule> rules) {
        List<GuideStep> steps = new ArrayList<>();
        steps.add(GuideStep.of("Go to " + path(form.path()) + "."));
        for (int i = 0; i < rules.size(); i++) {
            FormRule rule = rules.get(i);
            String which = rules.size() > 1 ? "rule " + (i + 1) + " of " + rules.size() : "";
            String begin =
                    form.add().map(button -> "Press " + button + " and fill in").orElse("Fill in");
            String heading = which.isEmpty() ? begin + ":" : begin + " " + which + ":";
            steps.add(new GuideStep(heading, entries(form, rule)));
            steps.add(GuideStep.of("Press " + form.submit() + "."));
        }
        boolean needsSamePort =
                form.fields().stream().noneMatch(field -> field.value().contains("{internal"));
        if (needsSamePort && rules.stream().anyMatch(rule -> !rule.isSamePortInside())) {
            steps.add(
                    GuideStep.of(
                            "This page can only forward a port to the same port inside, so let the program listen on the external port."));
        }
        form.save().ifPresent(text -> steps.add(GuideStep.of(text)));
        form.note().ifPresent(text -> steps.add(GuideStep.of("Mind: " + text)));
        return steps;
    }

    private static List<GuideStep.Entry> entries(RouterGuide.Form form, FormRule rule) {
        return form.fields().stream()
                .map(field -> new GuideStep.Entry(field.label(), value(field, rule)))
                .toList();
    }

    private static String value(RouterGuide.Field field, FormRule rule) {
        Map<String, String> known = Map.of(
                "{name}", rule.name(),
                "{protocol}", field.choice(rule.protocols()),
                "{address}", rule.client().getHostAddress(),
                "{device}", device(rule),
                "{external}", FormRule.range(rule.external(), rule.lastExternal()),
                "{internal}", FormRule.range(rule.internal(), rule.lastInternal()),
                "{external_first}", rule.external().toString(),
                "{external_last}", rule.lastExternal().toString(),
                "{internal_first}", rule.internal().toString(),
                "{internal_last}", rule.lastInternal().toString());
        String text = field.value();
        for (Map.Entry<String, String> entry : known.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return text;
    }

    private static String device(FormRule rule) {
        String address = rule.client().getHostAddress();
        return (rule.here() ? "this computer (" : "the device (") + address + ")";
    }

    private static GuideStep reservation(RouterGuide.Reservation tracked, List<FormRule> rules) {
        boolean here = rules.stream().allMatch(FormRule::here);
        return GuideStep.of("So that the rule goes on leading to the same device, keep its address: "
                + path(tracked.path())
                + ". "
                + (here ? tracked.how() : tracked.how().replace("this computer", "the device")));
    }

    private static GuideStep check(List<FormRule> rules) {
        String ports = String.join(" ", rules.stream().map(FormRule::typed).toList());
        String device = rules.stream()
                .filter(rule -> !rule.here())
                .map(rule -> " --to " + rule.client().getHostAddress())
                .findFirst()
                .orElse("");
        String noted =
                "Tell ajar, and it watches where the rule leads: ajar open " + ports + device + " --method manual.";
        return GuideStep.of(device.isEmpty() ? noted + " Then check it: ajar check " + ports : noted);
    }
}
