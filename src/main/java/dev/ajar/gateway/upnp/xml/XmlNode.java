package dev.ajar.gateway.upnp.xml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element.
 *
 * @param name without prefix, in the document's own letter case
 * @param text of the element itself, without its children's, stripped of white space around it
 */
public record XmlNode(String name, String text, List<XmlNode> children) {
    /** Routers write {@code faultCode} for {@code faultcode}, so names are compared without regard to case. */
    public boolean is(String wanted) {
        return name.equalsIgnoreCase(wanted);
    }

    public Optional<XmlNode> child(String wanted) {
        return children.stream().filter(child -> child.is(wanted)).findFirst();
    }

    /** The text of the first child of that name that has any; empty text otherwise. */
    public String textOf(String wanted) {
        return children.stream()
                .filter(child -> child.is(wanted) && !child.text.isEmpty())
                .findFirst()
                .map(XmlNode::text)
                .orElse("");
    }

    /** This element and all below it, in document order. */
    public Stream<XmlNode> tree() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(XmlNode::tree));
    }

    /** The first element of that name, at any depth. */
    public Optional<XmlNode> find(String wanted) {
        return tree().filter(node -> node.is(wanted)).findFirst();
    }
}
