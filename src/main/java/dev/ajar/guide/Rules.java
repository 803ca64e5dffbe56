package dev.ajar.guide;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import dev.ajar.model.Target;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** As few rules as a router's form allows. */
final class Rules {
    private Rules() {}

    /**
     * @param here this machine's address
     * @param both whether one rule takes TCP and UDP
     * @param ranges whether one rule takes several ports
     */
    static List<Rule> of(List<Mapping> mappings, InetAddress here, boolean both, boolean ranges) {
        List<Rule> single =
                new ArrayList<>(mappings.stream().map(m -> rule(m, here)).toList());
        List<Rule> joined = both ? joined(single) : single;
        joined.sort(Comparator.comparing((Rule rule) -> rule.protocols().toString())
                .thenComparingInt(rule -> rule.external().number()));
        return ranges ? runs(joined) : List.copyOf(joined);
    }

    private static Rule rule(Mapping mapping, InetAddress here) {
        Endpoint inside = mapping.target().seenFrom(here);
        return new Rule(
                Set.of(mapping.protocol()),
                mapping.externalPort(),
                inside.port(),
                1,
                inside.address(),
                mapping.target() instanceof Target.ThisHost);
    }

    /** TCP and UDP of the same ports become one. */
    private static List<Rule> joined(List<Rule> single) {
        List<Rule> all = new ArrayList<>();
        for (Rule rule : single) {
            int twin = indexOfTwin(all, rule);
            if (twin < 0) {
                all.add(rule);
            } else {
                Set<Protocol> protocols = EnumSet.copyOf(all.get(twin).protocols());
                protocols.addAll(rule.protocols());
                all.set(twin, new Rule(protocols, rule.external(), rule.internal(), 1, rule.client(), rule.here()));
            }
        }
        return all;
    }

    private static int indexOfTwin(List<Rule> all, Rule rule) {
        for (int i = 0; i < all.size(); i++) {
            Rule other = all.get(i);
            Port external = other.external();
            if (external.equals(rule.external())
                    && other.internal().equals(rule.internal())
                    && other.client().equals(rule.client())) {
                return i;
            }
        }
        return -1;
    }

    private static List<Rule> runs(List<Rule> sorted) {
        List<Rule> all = new ArrayList<>();
        for (Rule rule : sorted) {
            if (!all.isEmpty() && all.getLast().isFollowedBy(rule)) {
                all.set(all.size() - 1, all.getLast().and(rule));
            } else {
                all.add(rule);
            }
        }
        return List.copyOf(all);
    }
}
