package dev.ajar.kubernetes.client;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import java.util.List;
import java.util.Optional;

/** The client's library, which comes along in the image alone: all others get it as an archive of its own. */
public final class AddOn {
    private static final String ONE_OF_ITS_CLASSES = "io/fabric8/kubernetes/client/KubernetesClient.class";

    private AddOn() {}

    /**
     * How to get it, where it is not there.
     *
     * @param classes where this program's classes come from
     * @param folder of this program
     */
    public static Optional<Failure> missing(ClassLoader classes, String folder) {
        return classes.getResource(ONE_OF_ITS_CLASSES) != null
                ? Optional.empty()
                : Optional.of(new Failure.BadState(
                        Message.of("kubernetes.no-add-on", "folder", folder),
                        List.of(Message.of("kubernetes.no-add-on-next", "folder", folder))));
    }
}
