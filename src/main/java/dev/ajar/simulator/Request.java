package dev.ajar.simulator;

import java.util.HexFormat;

/**
 * A request to the router, in the terms of the script.
 *
 * @param name a SOAP action's name, {@code description}, {@code ssdp}, {@code nat-pmp-address}, {@code nat-pmp-map},
 *     {@code pcp-announce} or {@code pcp-map}
 * @param kind what rules call all requests of its protocol: {@code soap}, {@code nat-pmp}, {@code pcp}, or its name
 *     again
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

    /** A datagram of NAT-PMP or PCP; its second byte is the opcode. */
    static Request pxp(byte[] datagram) {
        String kind = datagram[0] == 2 ? "pcp" : "nat-pmp";
        String general = datagram[0] == 2 ? "-announce" : "-address";
        String name = kind + ((datagram[1] & 0x7F) == 0 ? general : "-map");
        return new Request(name, kind, HexFormat.of().formatHex(datagram), "");
    }

    /** Whether a rule for {@code on} applies. */
    boolean is(String on) {
        return on.equals(name) || on.equals(kind) || (on.equals("http") && isHttp());
    }

    private boolean isHttp() {
        return kind.equals("soap") || kind.equals("description");
    }
}
