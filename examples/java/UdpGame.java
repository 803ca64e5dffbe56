// A game server on UDP: it starts at once, and hears from the router when friends can join.
//   java -cp target/repository/dev/ajar/ajar-core/0.1.0/ajar-core-0.1.0.jar examples/java/UdpGame.java 27015

import dev.ajar.api.Ajar;
import dev.ajar.api.OpenPort;
import dev.ajar.api.PortRequest;
import dev.ajar.api.PortState;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;

public class UdpGame {
    public static void main(String[] arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 27015;
        try (DatagramSocket socket = new DatagramSocket(port);
                Ajar ajar = Ajar.builder().onChange(UdpGame::tell).build()) {
            OpenPort open = ajar.keepOpen(PortRequest.udp(port).named("UDP game"));
            System.out.println("The game runs; asking the router for " + open.request());
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = ("Welcome, " + text(packet)).getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        }
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static void tell(OpenPort port, PortState before, PortState now) {
        switch (now) {
            case PortState.Open open ->
                System.out.println("Friends join at " + port.joinAddress().orElse("the router's address"));
            case PortState.Lost lost ->
                System.out.println("Friends cannot join: " + lost.problem().sentence());
            case PortState.Refused refused -> {
                System.out.println("Friends cannot join: " + refused.problem().sentence());
                refused.problem().advice().forEach(System.out::println);
            }
            case PortState.Opening opening -> System.out.println("Asking the router");
            case PortState.Closed closed -> System.out.println("Closed");
        }
    }
}
