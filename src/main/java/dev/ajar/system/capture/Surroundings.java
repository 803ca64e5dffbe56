package dev.ajar.system.capture;

import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Translation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What this machine's own files say of what is around it. */
final class Surroundings {
    /** What the kubelet writes into a pod with a network of its own; on the node's network, more words follow. */
    private static final String OF_A_POD = "# Kubernetes-managed hosts file.";

    private static final String OF_WINDOWS = "microsoft";

    private Surroundings() {}

    static Optional<Translation> of(LinuxKernel kernel, List<Link> links) {
        boolean card = false;
        for (Link link : links) {
            card |= link.kind() == LinkKind.ETHERNET || link.kind() == LinkKind.WIFI;
        }
        // A pod has no network card; the file can be long on a machine that has one.
        if (!card) {
            boolean pod = kernel.file("/etc/hosts").orElse("").startsWith(OF_A_POD);
            return pod ? Optional.of(Translation.POD) : Optional.empty();
        }
        String release = kernel.file("/proc/sys/kernel/osrelease").orElse("");
        boolean windows = release.toLowerCase(Locale.ROOT).contains(OF_WINDOWS);
        return windows ? Optional.of(Translation.WSL) : Optional.empty();
    }
}
