package dev.ajar.gateway.upnp.xml;

import dev.ajar.message.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Builds the tree while the reader goes through the text, within bounds. */
final class XmlTreeBuilder {
    private static final int DEEPEST = 32;
    private static final int MOST_ELEMENTS = 4000;
    private static final int LONGEST_TEXT = 1 << 17;

    private static final class Open {
        private final String name;
        private final StringBuilder text = new StringBuilder();
        private final List<XmlNode> children = new ArrayList<>();

        private Open(String name) {
            this.name = name;
        }

        private XmlNode node() {
            return new XmlNode(name, text.toString().strip(), List.copyOf(children));
        }
    }

    private final Deque<Open> stack = new ArrayDeque<>();
    private Optional<XmlNode> root = Optional.empty();
    private int elements;

    /** Whether the root element is still to begin or to end. */
    boolean isOpen() {
        return root.isEmpty();
    }

    /** @return why the document must be refused, if it must */
    Optional<Message> open(String name) {
        elements++;
        if (elements > MOST_ELEMENTS) {
            return Optional.of(Message.of("upnp.xml-too-many-elements", "most", MOST_ELEMENTS));
        }
        if (stack.size() >= DEEPEST) {
            return Optional.of(Message.of("upnp.xml-too-deep", "most", DEEPEST));
        }
        stack.push(new Open(name));
        return Optional.empty();
    }

    void addText(String text) {
        Open current = stack.peek();
        if (current != null && current.text.length() + text.length() <= LONGEST_TEXT) {
            current.text.append(text);
        }
    }

    /** Ends the innermost open element of that name and all within it; an end tag that matches none is ignored. */
    void close(String name) {
        if (stack.stream().noneMatch(open -> open.name.equalsIgnoreCase(name))) {
            return;
        }
        boolean matched = false;
        while (!matched) {
            matched = stack.element().name.equalsIgnoreCase(name);
            closeInnermost();
        }
    }

    private void closeInnermost() {
        XmlNode node = stack.pop().node();
        Open parent = stack.peek();
        if (parent == null) {
            root = Optional.of(node);
        } else {
            parent.children.add(node);
        }
    }

    /** The root element, ended where its end is missing. A last element whose text was cut off is dropped. */
    Optional<XmlNode> root() {
        if (stack.size() > 1 && stack.element().children.isEmpty()) {
            stack.pop();
        }
        while (!stack.isEmpty()) {
            closeInnermost();
        }
        return root;
    }
}
