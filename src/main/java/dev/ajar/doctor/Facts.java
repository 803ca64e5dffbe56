package dev.ajar.doctor;

import dev.ajar.catalog.RouterGuide;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.MissingHome;
import dev.ajar.system.host.FirewallState;
import dev.ajar.system.machine.AnswerRoute;
import dev.ajar.system.machine.Translation;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that was found out.
 *
 * @param oneRouter whether all links to the internet are known to lead to the same router
 * @param missingHome why no home router can be on any network of this machine; empty where one can
 * @param detour how answers to the internet leave, where not by the router that lets connections in; empty where by it,
 *     or the way is not known
 * @param home the network a home router can be on; over IPv6 where there is none over IPv4
 * @param inside the NAT of the computer around this machine, where the signs of one are there
 * @param neighbourHeard whether this machine has seen the MAC address of its gateway
 * @param replies what this machine's firewall does with ajar's own requests and their answers
 * @param guide of the router's make; the generic one where the make is not known
 * @param barred the ports that ajar has opened to this machine and that its own firewall keeps closed
 * @param port what was found out about one port; empty where the user named none
 */
public record Facts(
        List<LocalRoute> routes,
        boolean oneRouter,
        Optional<MissingHome> missingHome,
        Optional<AnswersLeave> detour,
        Optional<LocalRoute> home,
        boolean container,
        Optional<Translation> inside,
        boolean neighbourHeard,
        RouterTraffic replies,
        RouterSurvey survey,
        RouterGuide guide,
        List<Barred> barred,
        Optional<OfPort> port) {
    public Facts {
        routes = List.copyOf(routes);
        barred = List.copyOf(barred);
    }

    /** @param alone whether the port is open over the other version of IP, too, and let in there */
    public record Barred(Port port, IpVersion ipVersion, boolean alone, FirewallState state) {}

    Facts with(OfPort one, Optional<AnswersLeave> itsDetour) {
        return new Facts(
                routes,
                oneRouter,
                missingHome,
                itsDetour,
                home,
                container,
                inside,
                neighbourHeard,
                replies,
                survey,
                guide,
                barred,
                Optional.of(one));
    }

    /** With the routers that concern the port. */
    Facts about(Mapping wanted) {
        return new Facts(
                routes,
                oneRouter,
                missingHome,
                detour,
                home,
                container,
                inside,
                neighbourHeard,
                replies,
                survey.about(wanted),
                guide,
                barred,
                port);
    }

    /**
     * @param own the address of this machine that the answers leave from
     * @param only the version of IP that it is so for, where the port is reached over the other
     */
    public record AnswersLeave(InetAddress own, AnswerRoute detour, Optional<IpVersion> only) {
        AnswerRouteText words() {
            AnswerRouteText words = AnswerRouteText.of(detour, own);
            return only.map(words::over).orElse(words);
        }
    }

    /** The rule that the user has made on the router's page. */
    Optional<ReportedMapping> manualRule(Mapping wanted) {
        return survey.manualRules().stream()
                .filter(rule -> rule.isFor(wanted.protocol(), wanted.externalPort()))
                .findFirst();
    }

    /**
     * Whether a router has granted ajar the external port over IPv4. What was asked for without an answer is no grant,
     * and the router cannot have dropped it. A pinhole in an IPv6 firewall says nothing of it, and is in no router's
     * list.
     */
    boolean isRecorded(Mapping wanted) {
        return survey.mappings().stream()
                .anyMatch(opened -> !opened.isPinhole()
                        && opened.status() == ReportedMapping.Status.OPEN
                        && opened.isFor(wanted.protocol(), wanted.externalPort()));
    }

    /** The mapping of the external port that ajar made and that leads to an address this machine no longer has. */
    Optional<ReportedMapping> former(Mapping wanted) {
        return survey.mappings().stream()
                .filter(opened -> !opened.isPinhole() && opened.status() == ReportedMapping.Status.FORMER_ADDRESS)
                .filter(opened -> opened.isFor(wanted.protocol(), wanted.externalPort()))
                .findFirst();
    }

    /** Whether ajar has opened the way over IPv6 to the port of this machine. */
    boolean isOpenOverIpv6(Mapping wanted) {
        return openOverIpv6(wanted).isPresent();
    }

    Optional<ReportedMapping> openOverIpv6(Mapping wanted) {
        return survey.mappings().stream()
                .filter(opened -> opened.isPinhole()
                        && opened.status() == ReportedMapping.Status.OPEN
                        && opened.isFor(wanted.protocol(), wanted.target().port()))
                .findFirst();
    }

    /** What ajar has opened over IPv6 to an address that this machine no longer has, and not anew. */
    Optional<ReportedMapping> formerOverIpv6(Mapping wanted) {
        return isOpenOverIpv6(wanted)
                ? Optional.empty()
                : survey.mappings().stream()
                        .filter(opened -> opened.isPinhole()
                                && opened.status() == ReportedMapping.Status.FORMER_ADDRESS
                                && opened.isFor(
                                        wanted.protocol(), wanted.target().port()))
                        .findFirst();
    }

    /** Whether this machine has a router over IPv6 and none over IPv4. */
    boolean isIpv6Alone() {
        return home.filter(route -> route.ipVersion() == IpVersion.IPV6).isPresent();
    }

    /** Whether it leads to one of these addresses. */
    static boolean isAt(ObservedMapping entry, Set<InetAddress> own) {
        return Addresses.parse(entry.internalClient().raw().strip())
                .filter(own::contains)
                .isPresent();
    }

    /** The entry for the external port in each gateway's list. */
    List<ObservedMapping> entries(Mapping wanted) {
        return survey.seen().stream()
                .flatMap(seen -> seen.table().stream())
                .flatMap(table -> table.entries().stream()
                        .filter(entry -> entry.protocol() == wanted.protocol())
                        .filter(entry -> entry.externalPort().equals(wanted.externalPort()))
                        .limit(1))
                .toList();
    }

    /** What the gateways list, of which not all can be read, and which may be the entry of the external port. */
    private Stream<PartialEntry> unreadable(Mapping wanted) {
        return survey.seen().stream()
                .flatMap(seen -> seen.table().stream())
                .flatMap(table -> table.partial().stream())
                .filter(entry -> entry.mayBe(wanted.protocol(), wanted.externalPort()));
    }

    /** The other device that an entry of the external port names, of which the rest cannot be read. */
    Optional<RouterText> otherClient(OfPort one) {
        return unreadable(one.wanted())
                .filter(entry ->
                        entry.protocol().isPresent() && entry.externalPort().isPresent())
                .map(PartialEntry::internalClient)
                .filter(client -> Addresses.parse(client.raw().strip())
                        .filter(address ->
                                !address.isAnyLocalAddress() && !one.own().contains(address))
                        .isPresent())
                .findFirst();
    }

    /**
     * Whether a gateway shows its list to the end, and all of it that may be the port's, so that what is not in it is
     * not there.
     */
    boolean isListWhole(Mapping wanted) {
        return survey.isListWhole() && unreadable(wanted).findAny().isEmpty();
    }

    /**
     * Whether ajar opened it in the protocol of a list that was read: another's list need not have it. What is not on
     * record counts as such.
     */
    boolean isOfList(Mapping wanted) {
        return survey.mappings().stream()
                .filter(opened -> !opened.isPinhole() && opened.isFor(wanted.protocol(), wanted.externalPort()))
                .flatMap(opened -> opened.gateway().stream())
                .allMatch(own -> survey.seen().stream()
                        .anyMatch(seen -> seen.table().isPresent()
                                && seen.info().id().method().equals(own.method())));
    }

    /**
     * Whether it is ajar's as far as can be read: the router lists a name or zeros in place of the client's address.
     */
    boolean hidesClient(ObservedMapping entry) {
        return entry.hidesClient() && survey.ownEntries().contains(entry);
    }

    /**
     * What was found out about one port.
     *
     * @param wanted where it should lead
     * @param here this machine's address on the home network
     * @param own all addresses of this machine that a rule for the port leads to, that one included
     * @param shutOverIpv6 what keeps friends with IPv6 out although ajar has opened the port over IPv6 beside IPv4
     */
    public record OfPort(
            Mapping wanted,
            InetAddress here,
            Set<InetAddress> own,
            ListenerState listening,
            FirewallState firewall,
            Optional<AnswerRouteText> shutOverIpv6,
            Trial trial) {
        public OfPort {
            own = Set.copyOf(own);
        }

        /** As the user types it: {@code 25565/udp}. */
        String typed() {
            return wanted.typed();
        }

        /** The arguments of a command that opens another external port to the same internal one. */
        String typedOutside(int another) {
            return wanted.onExternalPort(new Port(another)).typed();
        }

        Port external() {
            return wanted.externalPort();
        }

        Port internal() {
            return wanted.target().port();
        }

        /** Another external port that is easy to remember. */
        int another() {
            return external().number() % Port.MAX + 1;
        }

        boolean isHere(ObservedMapping entry) {
            return isAt(entry, own);
        }

        /** Whether the rule is meant for this machine and leads to an address that it no longer has. */
        boolean isMisdirected(ReportedMapping rule) {
            return rule.isMisdirected(own);
        }
    }

    /**
     * How the router answered when the port was opened for a moment.
     *
     * @param report empty where it was not tried
     * @param dangerous whether it was not tried because of what listens there
     * @param leftOpen whether it could not be closed again
     */
    public record Trial(Optional<OpenReport> report, boolean dangerous, boolean leftOpen) {
        static final Trial NONE = new Trial(Optional.empty(), false, false);
    }
}
