package dev.ajar.lab;

import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/**
 * A program: {@code WindowUser CLASS ARGUMENT…} starts the example of that name, prints its window's text at every
 * change, and closes the window once a line comes in.
 */
final class WindowUser {
    private String seen = "";

    private WindowUser() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        String[] rest = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        WindowUser user = new WindowUser();
        new Timer(50, tick -> user.look()).start();
        if (System.in.read() >= 0) {
            SwingUtilities.invokeLater(() -> {
                for (Frame window : Frame.getFrames()) {
                    window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING));
                }
            });
        }
    }

    private void look() {
        String text = String.join(
                " ", Stream.of(Frame.getFrames()).flatMap(WindowUser::texts).toList());
        if (!text.equals(seen)) {
            System.out.println("the window says: " + text);
            seen = text;
        }
    }

    private static Stream<String> texts(Component part) {
        return switch (part) {
            case JLabel label -> Stream.of(label.getText());
            case Container parts -> Stream.of(parts.getComponents()).flatMap(WindowUser::texts);
            default -> Stream.of();
        };
    }
}
