package dev.ajar.gateway.upnp.soap;

import java.util.Locale;
import java.util.Map;

/** The names of the error codes, for routers that give the name alone (WANIPConnection:2, table 2-19). */
final class ErrorNames {
    /** No code at all: no standard has a meaning for it. */
    static final int NONE = 0;

    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("invalidaction", 401),
            Map.entry("invalidargs", 402),
            Map.entry("argumentvalueinvalid", 600),
            Map.entry("argumentvalueoutofrange", 601),
            Map.entry("optionalactionnotimplemented", 602),
            Map.entry("outofmemory", 603),
            Map.entry("stringargumenttoolong", 605),
            Map.entry("actionfailed", 501),
            Map.entry("actionnotauthorized", 606),
            Map.entry("notauthorized", 606),
            Map.entry("specifiedarrayindexinvalid", 713),
            Map.entry("nosuchentryinarray", 714),
            Map.entry("wildcardnotpermittedinsrcip", 715),
            Map.entry("wildcardnotpermittedinextport", 716),
            Map.entry("conflict", 718),
            Map.entry("conflictinmapping", 718),
            Map.entry("conflictinmappingentry", 718),
            Map.entry("sameportvaluesrequired", 724),
            Map.entry("onlypermanentleasessupported", 725),
            Map.entry("onlypermanentleasesupported", 725),
            Map.entry("remotehostonlysupportswildcard", 726),
            Map.entry("externalportonlysupportswildcard", 727),
            Map.entry("noportmapsavailable", 728),
            Map.entry("conflictwithothermechanisms", 729),
            Map.entry("portmappingnotfound", 730),
            Map.entry("readonly", 731),
            Map.entry("wildcardnotpermittedinintport", 732),
            Map.entry("inconsistentparameters", 733));

    private ErrorNames() {}

    static int code(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return CODES.getOrDefault(letters, NONE);
    }
}
