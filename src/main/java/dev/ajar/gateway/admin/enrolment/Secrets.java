package dev.ajar.gateway.admin.enrolment;

import dev.ajar.gateway.admin.Secret;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.util.Optional;

/** Where the secrets of enrolled routers are kept. */
public interface Secrets {
    /** The name of the variable that may hold the secret, for containers. Children of this process do not get it. */
    String VARIABLE = "AJAR_ROUTER_PASSWORD";

    /** @return the secret, which the caller closes */
    Result<Secret> read(Enrolment enrolment);

    /**
     * Keeps the secret where it is safest here.
     *
     * @return where it is
     */
    Result<Enrolment.SecretPlace> keep(String card, Secret secret);

    Optional<Failure> forget(Enrolment enrolment);
}
