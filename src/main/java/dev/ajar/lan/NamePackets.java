package dev.ajar.lan;

import dev.ajar.model.RouterText;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Questions for the names of IPv4 addresses, and their answers, as multicast DNS (RFC 6762, sections 5.1 and 6.7) and
 * routers have them: pure. What devices send is not trusted.
 */
final class NamePackets {
    private static final int POINTER = 12;
    private static final int INTERNET = 1;

    /** In a question: answer to the one who asks alone. */
    private static final int UNICAST = 0x8000;

    private static final int ANSWER = 0x8000;
    private static final int HEADER = 12;
    private static final int MOST_RECORDS = 64;
    private static final int LONGEST_NAME = 255;
    private static final int MOST_JUMPS = 16;
    private static final String LOCAL = ".local";

    private NamePackets() {}

    /** One packet that asks for the names of all of them. */
    static byte[] question(List<Inet4Address> addresses) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {0, 0, 0, 0, 0, (byte) addresses.size(), 0, 0, 0, 0, 0, 0});
        for (Inet4Address address : addresses) {
            question(packet, address, UNICAST);
        }
        return packet.toByteArray();
    }

    /** A question to a router, in a packet of its own (RFC 1035, section 4.1): without the wish for recursion. */
    static byte[] routerQuestion(int number, Inet4Address address) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {(byte) (number >> 8), (byte) number, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        question(packet, address, 0);
        return packet.toByteArray();
    }

    private static void question(ByteArrayOutputStream packet, Inet4Address address, int flags) {
        for (String label : reverse(address).split("\\.")) {
            packet.write(label.length());
            packet.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        packet.writeBytes(new byte[] {0, 0, POINTER, (byte) (flags >> 8), INTERNET});
    }

    /** The number of the question that a packet answers; -1 for what is no packet. */
    static int number(byte[] packet) {
        return packet.length < HEADER ? -1 : ((packet[0] & 0xff) << 8) | (packet[1] & 0xff);
    }

    /**
     * The name that a router has for a device, without the name of the home's domain.
     *
     * @return empty also for names that are made of the address itself
     */
    static Optional<String> hostName(byte[] packet, Inet4Address device) {
        return name(packet, device)
                .map(name -> name.split("\\.", 2)[0])
                .filter(name -> !name.isBlank() && !repeats(name, device));
    }

    private static boolean repeats(String name, Inet4Address device) {
        byte[] bytes = device.getAddress();
        return name.replaceAll("\\D+", " ").contains((bytes[2] & 0xff) + " " + (bytes[3] & 0xff))
                || name.chars().noneMatch(Character::isLetter);
    }

    /** {@code 20.1.168.192.in-addr.arpa}. */
    private static String reverse(Inet4Address address) {
        byte[] bytes = address.getAddress();
        return (bytes[3] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[0] & 0xff)
                + ".in-addr.arpa";
    }

    /**
     * The name that a device tells of itself.
     *
     * @param sender of the packet; a name of another address is not believed
     * @return harmless text without the ending {@code .local}; empty for what is no answer
     */
    static Optional<String> name(byte[] packet, Inet4Address sender) {
        try {
            ByteBuffer in = ByteBuffer.wrap(packet);
            in.getShort();
            if (packet.length < HEADER || (in.getShort() & ANSWER) == 0) {
                return Optional.empty();
            }
            int questions = in.getShort() & 0xffff;
            int records = in.getShort() & 0xffff;
            in.position(HEADER);
            if (questions > MOST_RECORDS || records > MOST_RECORDS) {
                return Optional.empty();
            }
            for (int i = 0; i < questions; i++) {
                labels(in);
                in.getInt();
            }
            for (int i = 0; i < records; i++) {
                String owner = String.join(".", labels(in));
                int type = in.getShort() & 0xffff;
                in.getShort();
                in.getInt();
                int length = in.getShort() & 0xffff;
                int end = in.position() + length;
                if (type == POINTER && owner.equalsIgnoreCase(reverse(sender))) {
                    return shown(String.join(".", labels(in)));
                }
                in.position(end);
            }
            return Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> shown(String name) {
        String plain = new RouterText(name).display(DeviceNames.LONGEST);
        String bare = plain.endsWith(LOCAL) ? plain.substring(0, plain.length() - LOCAL.length()) : plain;
        return bare.isBlank() ? Optional.empty() : Optional.of(bare);
    }

    /** A name, which may go on elsewhere in the packet; behind it the buffer is at what follows. */
    private static List<String> labels(ByteBuffer in) {
        List<String> labels = new ArrayList<>();
        int behind = -1;
        int jumps = 0;
        int length = 0;
        for (int size = in.get() & 0xff; size != 0; size = in.get() & 0xff) {
            if ((size & 0xc0) == 0xc0) {
                int target = ((size & 0x3f) << 8) | (in.get() & 0xff);
                behind = behind < 0 ? in.position() : behind;
                if (++jumps > MOST_JUMPS) {
                    throw new IllegalArgumentException("the name has no end");
                }
                in.position(target);
            } else {
                length += size + 1;
                if (size > 63 || length > LONGEST_NAME) {
                    throw new IllegalArgumentException("the name is too long");
                }
                byte[] label = new byte[size];
                in.get(label);
                labels.add(new String(label, StandardCharsets.UTF_8));
            }
        }
        if (behind >= 0) {
            in.position(behind);
        }
        return labels;
    }
}
