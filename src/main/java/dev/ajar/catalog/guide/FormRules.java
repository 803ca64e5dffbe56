package dev.ajar.catalog.guide;

import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes as few rules as a router's form allows. */
final class FormRules {
    private FormRules() {}

    /**
     * @param here this machine's address
     * @param both whether one rule takes TCP and UDP
     * @param ranges whether one rule takes several ports
     */
    static List<FormRule> of(List<Mapping> mappings, InetAddress here, boolean both, boolean ranges) {
        List<FormRule> single =
                new ArrayList<>(mappings.stream().map(m -> rule(m, here)).toList());
        List<FormRule> joined = both ? joined(single) : single;
        joined.sort(Comparator.comparing((FormRule rule) -> rule.protocols().toString())
                .thenComparingInt(rule -> rule.external().number()));
        return ranges ? runs(joined) : List.copyOf(joined);
    }

    private static FormRule rule(Mapping mapping, InetAddress here) {
        Endpoint inside = mapping.target().seenFrom(here);
        return new FormRule(
                Set.of(mapping.protocol()),
                mapping.externalPort(),
                inside.port(),
                1,
                inside.address(),
                mapping.target() instanceof Target.ThisHost,
                Optional.of(mapping.description()).filter(name -> !EntryName.isStandard(name)));
    }

    /** Joins the rules for TCP and UDP of the same ports. */
    private static List<FormRule> joined(List<FormRule> single) {
        List<FormRule> all = new ArrayList<>();
        for (FormRule rule : single) {
            int twin = indexOfTwin(all, rule);
            if (twin < 0) {
                all.add(rule);
            } else {
                Set<TransportProtocol> protocols = EnumSet.copyOf(all.get(twin).protocols());
                protocols.addAll(rule.protocols());
                all.set(
                        twin,
                        new FormRule(
                                protocols,
                                rule.external(),
                                rule.internal(),
                                1,
                                rule.client(),
                                rule.here(),
                                rule.called()));
            }
        }
        return all;
    }

    private static int indexOfTwin(List<FormRule> all, FormRule rule) {
        for (int i = 0; i < all.size(); i++) {
            FormRule other = all.get(i);
            Port external = other.external();
            if (external.equals(rule.external())
                    && other.internal().equals(rule.internal())
                    && other.client().equals(rule.client())) {
                return i;
            }
        }
        return -1;
    }

    private static List<FormRule> runs(List<FormRule> sorted) {
        List<FormRule> all = new ArrayList<>();
        for (FormRule rule : sorted) {
            if (!all.isEmpty() && all.getLast().isFollowedBy(rule)) {
                all.set(all.size() - 1, all.getLast().and(rule));
            } else {
                all.add(rule);
            }
        }
        return List.copyOf(all);
    }
}
