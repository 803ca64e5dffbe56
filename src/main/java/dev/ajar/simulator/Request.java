package dev.ajar.simulator;

import java.util.HexFormat;

/**
 * What the router was asked, as the script speaks of it.
 *
 * @param name a SOAP action's name, {@code description}, {@code ssdp}, {@code nat-pmp-address}, {@code nat-pmp-map},
 *     {@code pcp-announce} or {@code pcp-map}
 * @param kind what rules may call all of its sort: {@code soap}, {@code nat-pmp}, {@code pcp}, or its name again
 * @param text the SOAP body, the search, or the datagram in hexadecimal
 * @param head of an HTTP request, its request line included
 */
record Request(String name, String kind, String text, String head) {
    static Request soap(String action, String head, String body) {
        return new Request(action, "soap", body, head);
    }

    static Request description(String head) {
        return new Request("description", "description", "", head);
    }

    static Request ssdp(String search) {
        return new Request("ssdp", "ssdp", search, "");
    }

    /** A datagram of NAT-PMP or PCP, whose second byte tells a question for all from one for a mapping. */
    static Request pxp(byte[] question) {
        String kind = question[0] == 2 ? "pcp" : "nat-pmp";
        String general = question[0] == 2 ? "-announce" : "-address";
        String name = kind + ((question[1] & 0x7F) == 0 ? general : "-map");
        return new Request(name, kind, HexFormat.of().formatHex(question), "");
    }

    /** Whether a rule for {@code on} applies. */
    boolean is(String on) {
        return on.equals(name) || on.equals(kind) || (on.equals("http") && isHttp());
    }

    private boolean isHttp() {
        return kind.equals("soap") || kind.equals("description");
    }
}
