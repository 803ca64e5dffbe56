// A window that says in its status line whether friends can reach the program. Closing the window closes the port.
//   java -cp target/repository/dev/ajar/ajar-core/0.1.0/ajar-core-0.1.0.jar examples/java/StatusLine.java 25565

import dev.ajar.api.Ajar;
import dev.ajar.api.OpenPort;
import dev.ajar.api.PortRequest;
import dev.ajar.api.PortState;
import java.awt.BorderLayout;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;

public class StatusLine {
    public static void main(String[] arguments) {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 25565;
        SwingUtilities.invokeLater(() -> show(port));
    }

    private static void show(int port) {
        JFrame window = new JFrame("My game");
        JLabel status = new JLabel("Asking the router");
        window.add(status, BorderLayout.SOUTH);
        window.setSize(480, 240);
        window.setDefaultCloseOperation(JFrame.EXIT_ON_CLOSE);
        window.setVisible(true);
        // Neither call waits, so the window does not freeze; the listener runs on another thread.
        Ajar ajar = Ajar.builder()
                .onChange((open, before, now) -> SwingUtilities.invokeLater(() -> status.setText(text(open, now))))
                .build();
        ajar.keepOpen(PortRequest.tcp(port).named("My game"));
    }

    static String text(OpenPort port, PortState now) {
        return switch (now) {
            case PortState.Opening opening -> "Asking the router";
            case PortState.Open open ->
                switch (open.reachability()) {
                    case PUBLIC -> "Friends join at " + port.joinAddress().orElse("the router's address");
                    case BEHIND_PROVIDER -> "The provider lets no friend in over IPv4";
                    case BEHIND_SECOND_ROUTER -> "Open, but a second router is in front";
                    case UNKNOWN -> "Open";
                };
            case PortState.Lost lost -> "The router has lost the port, asking again";
            case PortState.Refused refused -> refused.problem().sentence();
            case PortState.Closed closed -> "Closed";
        };
    }
}
