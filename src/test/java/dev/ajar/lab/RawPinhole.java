package dev.ajar.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pinhole that {@code lan1} asks for, encoded here and not by ajar, so that a test can send invalid requests. */
record RawPinhole(String client, int port, int protocol, long lease) {
    static final int TCP = 6;

    static final String FIREWALL = "WANIPv6FirewallControl:1";
    static final String CONNECTION = "WANIPConnection:2";

    private static final String NONCE = "twelve bytes";
    private static final Pattern ERROR = Pattern.compile("<errorCode>(\\d+)</errorCode>");
    private static final Pattern ID = Pattern.compile("<UniqueID>(\\d+)</UniqueID>");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d+) ");

    /** The answer of a PCP server; code -1 without an answer. */
    record Granted(int code, long lease) {}

    static RawPinhole to(String client) {
        return new RawPinhole(client, 25_565, TCP, 600);
    }

    RawPinhole lasting(long seconds) {
        return new RawPinhole(client, port, protocol, seconds);
    }

    /** Asks by AddPinhole, for all remote hosts. */
    String byUpnp(String from) {
        return byUpnp(from, "");
    }

    String byUpnp(String from, String remoteHost) {
        return soap(
                from,
                FIREWALL,
                "AddPinhole",
                "RemoteHost=" + remoteHost,
                "RemotePort=0",
                "InternalClient=" + client,
                "InternalPort=" + port,
                "Protocol=" + protocol,
                "LeaseTime=" + lease);
    }

    /** Asks by a MAP request over the IP version of {@code from}. */
    Granted byPcp(String from) {
        return byPcp(from, NONCE, "");
    }

    /** @param options the bytes optionBytes the request, in hex */
    Granted byPcp(String from, String nonce, String options) {
        byte[] optionBytes = HexFormat.of().parseHex(options);
        byte[] request = ByteBuffer.allocate(60 + optionBytes.length)
                .put((byte) 2)
                .put((byte) 1)
                .putInt(4, (int) lease)
                .put(8, sixteen(client))
                .put(24, nonce.getBytes(StandardCharsets.US_ASCII))
                .put(36, (byte) protocol)
                .putShort(40, (short) port)
                .putShort(42, (short) port)
                .put(44, sixteen(client.contains(":") ? "::" : "0.0.0.0"))
                .put(60, optionBytes)
                .array();
        byte[] answer = send("udp", from, 5351, request);
        return answer.length < 24
                ? new Granted(-1, 0)
                : new Granted(
                        answer[3],
                        Integer.toUnsignedLong(ByteBuffer.wrap(answer).getInt(4)));
    }

    /** The rule of miniupnpd that lets all remote hosts in, as nft prints it. */
    String rule() {
        return "th dport %d @nh,192,128 0x%s @nh,48,8 0x%x accept".formatted(port, hex(client), protocol);
    }

    /** An action of the router, asked over the IP version of {@code from}; each argument is {@code name=value}. */
    static String soap(String from, String service, String action, String... arguments) {
        StringBuilder inside = new StringBuilder();
        for (String argument : arguments) {
            String name = argument.substring(0, argument.indexOf('='));
            String value = argument.substring(name.length() + 1);
            inside.append("<%s>%s</%s>".formatted(name, value, name));
        }
        String type = "urn:schemas-upnp-org:service:" + service;
        String body = """
                <?xml version="1.0"?>
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" \
                s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>\
                <u:%s xmlns:u="%s">%s</u:%s></s:Body></s:Envelope>
                """.formatted(action, type, inside, action);
        String head = "POST /ctl/%s HTTP/1.1\r\nHost: %s:5000\r\nConnection: close\r\nContent-Type: text/xml\r\n"
                        .formatted(
                                service.equals(FIREWALL) ? "IP6FCtl" : "IPConn",
                                from.contains(":") ? "[fe80::1]" : Lab.GATEWAY)
                + "SOAPAction: \"%s#%s\"\r\nContent-Length: %d\r\n\r\n".formatted(type, action, body.length());
        byte[] request = (head + body).getBytes(StandardCharsets.UTF_8);
        return new String(send("tcp", from, 5000, request), StandardCharsets.UTF_8);
    }

    /** The error code in the answer, else its HTTP status; -1 without an answer. */
    static int code(String answer) {
        for (Pattern pattern : new Pattern[] {ERROR, STATUS}) {
            Matcher matcher = pattern.matcher(answer);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        return -1;
    }

    /** The id that the router gave to the pinhole. */
    static int id(String answer) {
        Matcher matcher = ID.matcher(answer);
        if (!matcher.find()) {
            throw new AssertionError("not granted: " + answer);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** An address as nft prints it. */
    static String hex(String address) {
        return HexFormat.of().formatHex(bytes(address));
    }

    /** An address as PCP writes it. */
    static byte[] sixteen(String address) {
        byte[] bytes = bytes(address);
        if (bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        Arrays.fill(mapped, 10, 12, (byte) 0xff);
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] send(String protocol, String from, int port, byte[] bytes) {
        String to = from.contains(":") ? Lab.GATEWAY_V6 : Lab.GATEWAY;
        String hex = HexFormat.of().formatHex(bytes);
        String[] command = Lab.java(RawClient.class, protocol, from, to, Integer.toString(port), hex)
                .toArray(String[]::new);
        return HexFormat.of().parseHex(Lab.in("lan1", command).out().strip());
    }
}
